"""Aligned columns on a terminal, where a Chinese character takes two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from hengji.reports.widths import width

_GAP = "  "


class Side(Enum):
    """On which side of its column a cell stands."""

    LEFT = "左"
    RIGHT = "右"


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[Side] = (Side.LEFT,)
) -> Iterator[str]:
    """Lines of a table. ``sides`` are those of the first columns; the others, which are numbers, stand to the right."""
    table = [header, *rows]
    widths = [max(width(row[position]) for row in table) for position in range(len(header))]
    for row in table:
        cells = []
        for position, cell in enumerate(row):
            blank = " " * (widths[position] - width(cell))
            left = position < len(sides) and sides[position] is Side.LEFT
            cells.append(cell + blank if left else blank + cell)
        yield _GAP.join(cells).rstrip()
