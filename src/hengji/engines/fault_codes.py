"""What a row's data can make impossible, whichever engine computes it."""

from __future__ import annotations

from enum import Enum

LARGEST_TERM = 10**36
"""Numerator and denominator of a ratio stay below it, so that every engine can hold them in 128 bits."""


class FaultCode(Enum):
    """Codes of what a row's data makes impossible."""

    MISSING = "P201"
    ZERO = "P202"
    OVERFLOW = "P203"
    JOIN = "P204"
    LOOKUP = "P205"
    CALENDAR = "P206"
    WORD = "P207"
    SHARE = "P208"
    TABLE = "P210"
