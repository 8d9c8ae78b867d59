"""A table laid on its grid: where each cell stands, how it is aligned, what an empty one shows.

Writers share it so that a merged header covers the same places in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hengji.model.cell_state import CellState
from hengji.model.document import Align, Cell, Emphasis, Inline, Row, RowKind, Table, Text, plain_text
from hengji.model.record import record
from hengji.reports.widths import width

_SHORT = 12  # half-width places; a column of words as short as 优 or 已到位 is centred
_SHOWN = {CellState.EMPTY: "—", CellState.NOT_APPLICABLE: "/"}


@record
class Placed:
    """A cell at its 0-based place; ``columns`` and ``rows`` never reach beyond the grid."""

    cell: Cell
    row: int
    column: int
    columns: int
    rows: int
    align: Align


@record
class Line:
    """A row of the grid: the cells that begin in it."""

    kind: RowKind
    cells: tuple[Placed, ...]


@record
class Grid:
    """Head and body count their rows from 0 each; ``widths`` has one entry per column."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    widths: tuple[int, ...]


def lay(table: Table) -> Grid:
    """Lay a table; rows that are longer than ``widths`` widen the grid instead of losing cells."""
    head = tuple(_places(table.head))
    body = tuple(_places(table.body))
    count = max([len(table.widths), *(at + cell.columns for row in (*head, *body) for at, cell in row)], default=0)
    widths = table.widths + (1,) * (count - len(table.widths))
    usual = _usual(body, count)
    return Grid(
        _lines(table.head, head, lambda cell, _: cell.align or Align.CENTRE),
        _lines(table.body, body, lambda cell, at: _align(cell, usual[at])),
        widths,
    )


def shown(cell: Cell) -> tuple[Inline, ...]:
    """What is printed: an empty cell shows a dash and one that does not apply a stroke, never 0."""
    if cell.inlines or cell.state not in _SHOWN:
        return cell.inlines
    return (Text(_SHOWN[cell.state], Emphasis.QUIET),)


def text_of(cell: Cell) -> str:
    return plain_text(shown(cell))


def _places(rows: tuple[Row, ...]) -> Iterator[tuple[tuple[int, Cell], ...]]:
    covered: dict[int, int] = {}  # column → rows below that are still covered from above
    for row in rows:
        placed: list[tuple[int, Cell]] = []
        at = 0
        open_above = {column for column, left in covered.items() if left > 0}
        covered = {column: left - 1 for column, left in covered.items() if left > 0}
        for cell in row.cells:
            while at in open_above:
                at += 1
            placed.append((at, cell))
            if cell.rows > 1:
                covered |= dict.fromkeys(range(at, at + cell.columns), cell.rows - 1)
            at += cell.columns
        yield tuple(placed)


def _usual(body: tuple[tuple[tuple[int, Cell], ...], ...], count: int) -> tuple[Align, ...]:
    columns: list[list[Cell]] = [[] for _ in range(count)]
    for row in body:
        for at, cell in row:
            if cell.columns == 1:
                columns[at].append(cell)
    return tuple(map(_of_column, columns))


def _of_column(cells: list[Cell]) -> Align:
    if any(cell.number is not None for cell in cells):
        return Align.RIGHT
    return Align.CENTRE if all(width(text_of(cell)) <= _SHORT for cell in cells) else Align.LEFT


def _align(cell: Cell, usual: Align) -> Align:
    if cell.align is not None:
        return cell.align
    if cell.number is not None:
        return Align.RIGHT
    if cell.state is not CellState.FILLED:
        return Align.RIGHT if usual is Align.RIGHT else Align.CENTRE
    if width(text_of(cell)) > _SHORT:
        return Align.LEFT
    return Align.CENTRE if usual is Align.RIGHT else usual  # words in a column of numbers


def _lines(
    rows: tuple[Row, ...], placed: tuple[tuple[tuple[int, Cell], ...], ...], align: Callable[[Cell, int], Align]
) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.kind,
            tuple(
                Placed(cell, index, at, cell.columns, min(cell.rows, len(rows) - index), align(cell, at))
                for at, cell in cells
            ),
        )
        for index, (row, cells) in enumerate(zip(rows, placed, strict=True))
    )
