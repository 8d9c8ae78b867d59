"""What is done with good rows beside faulty ones; apart, because what calculates need not load what takes in."""

from __future__ import annotations

from enum import Enum


class OnFault(Enum):
    """有错误时: whether good rows are written when other rows have faults."""

    STOP = "都不写出"
    KEEP_GOOD = "合格的行写出"
