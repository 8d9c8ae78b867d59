"""Tables as data: every cell at its place, columns wide enough that no number is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hengji.model.document import Align, Emphasis, Inline, RowKind, Table
from hengji.reports.grid import Grid, Line, Placed, lay, shown, text_of
from hengji.reports.widths import width

_ALIGNED = {Align.LEFT: "left", Align.CENTRE: "centre", Align.RIGHT: "right", Align.JUSTIFY: "justify"}
_ROWS = {RowKind.BODY: "body", RowKind.SUBTOTAL: "subtotal", RowKind.TOTAL: "total"}
_EMPHASES = {Emphasis.PLAIN: "plain", Emphasis.STRONG: "strong", Emphasis.QUIET: "quiet"}

_INSET = 4.0  # points left and right of a cell's words
_SMALLEST = 7.5  # points
_HALF = 0.56  # of the size: half-width places are a little wider than half a character
_LEADING = 1.45  # of the size: from one line of a cell to the next
_SHORT = 300  # points; a table of at most that height is not parted between pages
_TALL = 24  # lines; a row of more may be parted between pages
_GROUP = 12  # lines; rows beside one merged cell may be parted when they have more together


def runs(inlines: Iterable[Inline]) -> list[list[str]]:
    """Each run as its words and the name of its emphasis."""
    return [[run.text, _EMPHASES[run.emphasis]] for run in inlines]


def table(block: Table, room: float, size: float) -> dict[str, object]:
    """The table ``room`` points wide; numbers that do not fit make the words smaller, down to 7.5 points."""
    grid = lay(block)
    least = _least(grid, size)
    while sum(least) > room and size > _SMALLEST:
        size -= 0.5
        least = _least(grid, size)
    widths = _widths(grid.widths, least, room)
    heights = [_row(line, widths, size) for line in grid.body]
    return {
        "size": size,
        "short": _height(grid, widths, size) <= _SHORT,
        "widths": widths,
        "head": [_cell(cell, "head", 0, widths, size, _TALL) for line in grid.head for cell in line.cells],
        "body": [
            _cell(cell, _ROWS[line.kind], len(grid.head), widths, size, sum(heights[cell.row : cell.row + cell.rows]))
            for line in grid.body
            for cell in line.cells
        ],
        "ties": [{"y": len(grid.head) + first, "rows": rows} for first, rows in _ties(grid.body, heights)],
    }


def _ties(lines: tuple[Line, ...], heights: list[float]) -> Iterator[tuple[int, int]]:
    """Rows that stay on one page, each by the first and how many: sums with the row above them."""
    sums = [at for at, line in enumerate(lines) if line.kind is not RowKind.BODY and at]
    firsts = [at - 1 for at in sums if at - 1 not in sums]
    for first in firsts:
        rows = next((at for at in range(first + 1, len(lines)) if at not in sums), len(lines)) - first
        if sum(heights[first : first + rows]) <= _GROUP:
            yield first, rows


def _least(grid: Grid, size: float) -> list[float]:
    """The points that each column needs for its longest number, and for two characters of anything else."""
    least = [2 * size + 2 * _INSET] * len(grid.widths)
    for line in (*grid.head, *grid.body):
        for placed in line.cells:
            if placed.columns == 1:
                least[placed.column] = max(least[placed.column], _needed(placed, size))
    return least


def _needed(placed: Placed, size: float) -> float:
    words = text_of(placed.cell)
    places = width(words) if placed.cell.number is not None else min(width(words), 4)
    return places * size * _HALF + 2 * _INSET


def _widths(shares: tuple[int, ...], least: list[float], room: float) -> list[float]:
    """Points by share, but none below its least as long as there is room for all of them."""
    whole = sum(shares) or 1
    wanted = [room * share / whole for share in shares]
    if sum(least) >= room:
        return [room * each / sum(least) for each in least]
    short = sum(max(need - want, 0) for need, want in zip(least, wanted, strict=True))
    spare = sum(max(want - need, 0) for need, want in zip(least, wanted, strict=True))
    given = 1 - short / spare if spare else 1.0
    return [round(need + max(want - need, 0) * given, 2) for need, want in zip(least, wanted, strict=True)]


def _height(grid: Grid, widths: list[float], size: float) -> float:
    """About how many points high the table stands."""
    lines = [_row(line, widths, size) for line in (*grid.head, *grid.body)]
    return sum(each * size * _LEADING + 2 * _INSET for each in lines)


def _row(line: Line, widths: list[float], size: float) -> float:
    return max((_lines(placed, widths, size) / placed.rows for placed in line.cells), default=1)


def _lines(placed: Placed, widths: list[float], size: float) -> float:
    room = sum(widths[placed.column : placed.column + placed.columns]) - 2 * _INSET
    return sum(max(1, -(-width(line) * size * _HALF // room)) for line in text_of(placed.cell).split("\n"))


def _cell(placed: Placed, kind: str, above: int, widths: list[float], size: float, high: float) -> dict[str, object]:
    """``high`` is how many lines its rows have together."""
    room = sum(widths[placed.column : placed.column + placed.columns]) - 2 * _INSET
    words = text_of(placed.cell)
    return {
        "x": placed.column,
        "y": placed.row + above,
        "columns": placed.columns,
        "rows": placed.rows,
        "align": _ALIGNED[placed.align],
        "kind": kind,
        "parted": high > (_GROUP if placed.rows > 1 else _TALL),
        "whole": placed.cell.number is not None and width(words) * size * _HALF <= room,
        "runs": runs(shown(placed.cell)),
    }
