"""The sign between the cells of a text table: mostly a comma, but programs also write semicolons, tabs and bars."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from io import StringIO
from types import MappingProxyType

COMMA = ","
SEPARATORS: Mapping[str, str] = MappingProxyType({COMMA: "逗号", ";": "分号", "\t": "制表符", "|": "竖线"})
"""What each is called."""
SAMPLE = 65_536
"""So many characters at the beginning of a file tell."""


def separator_of(head: str) -> str:
    """The sign by which most lines of ``head`` have one and the same number of cells; the comma unless that is most of all lines.

    What is longer than SAMPLE is told by its first lines, the last of which may be cut.
    """
    if not any(sign in head for sign in SEPARATORS if sign != COMMA):
        return COMMA
    lines = sum(map(bool, map(str.strip, head.splitlines())))
    agreeing = {sign: _agreeing(head, sign) for sign in SEPARATORS}
    likeliest = max(agreeing, key=lambda sign: agreeing[sign])
    return likeliest if 2 * agreeing[likeliest] > lines else COMMA


def _agreeing(head: str, sign: str) -> int:
    """How many records have as many cells, of two or more, as most have."""
    widths = Counter(len(row) for row in csv.reader(StringIO(head, newline=""), delimiter=sign) if len(row) > 1)
    return max(widths.values(), default=0)
