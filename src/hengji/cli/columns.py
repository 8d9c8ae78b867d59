"""Aligned columns on a terminal, where a Chinese character takes two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.reports.widths import width

_GAP = "  "


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table: the first column to the left, the others, which are numbers, to the right."""
    table = [header, *rows]
    widths = [max(width(row[position]) for row in table) for position in range(len(header))]
    for row in table:
        first = row[0] + " " * (widths[0] - width(row[0]))
        rest = (" " * (places - width(cell)) + cell for places, cell in zip(widths[1:], row[1:], strict=True))
        yield _GAP.join([first, *rest])
