"""Tables that a converter put down line by line with two blanks between cells: a blank cell leaves two blanks more.

Such rows do not stand under each other, as those of ``alignment`` do; what tells their columns is how wide each gap is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from hengji.model.record import record
from hengji.reading.alignment import Aligned, Piece, aligned
from hengji.reading.heads import is_value

_GAP = 2
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2
_LONGEST_NAME = 20
_MOST_ROWS = 400
_FULL, _VALUES = 0.5, 0.3

_Row = tuple[Piece | None, ...]


@record
class _Line:
    """一行: its words and its cells; of those behind the first, how many are filled, and how many of these hold values."""

    words: tuple[str, ...]
    cells: _Row
    filled: int
    values: int


def tables_in(rows: Sequence[Sequence[Piece]]) -> Iterator[Aligned]:
    """The tables among rows of either kind, in order. Time is linear in the pieces."""
    line = cache(lambda at: _line(rows[at]))
    at = first = 0
    while first < len(rows):
        table = _table(len(rows), line, first) if _is_head(rows[first]) else None
        if table is None:
            first += 1
            continue
        yield from _between(rows, at, first)
        yield table
        at = first = table.last
    yield from _between(rows, at, len(rows))


def _line(row: Sequence[Piece]) -> _Line:
    cells = _cells(row)
    filled = [cell for cell in cells[1:] if cell is not None]
    values = sum(is_value(cell.words) for cell in filled)
    return _Line(tuple(piece.words for piece in row), cells, len(filled), values)


def _between(rows: Sequence[Sequence[Piece]], first: int, last: int) -> Iterator[Aligned]:
    for table in aligned(rows[first:last]):
        yield Aligned(first + table.first, first + table.last, table.rows)


def _is_head(row: Sequence[Piece]) -> bool:
    """Whether a row can name columns: short words, no values, two blanks between them."""
    return (
        len(row) >= _FEWEST_COLUMNS
        and len(_cells(row)) == len(row)
        and not any(is_value(piece.words) or len(piece.words) > _LONGEST_NAME for piece in row)
    )


def _table(rows: int, line: Callable[[int], _Line], first: int) -> Aligned | None:
    """The table under a head; None where too few rows below have its columns, or too few cells hold values."""
    head = line(first)
    body: list[_Line] = []
    last = first + 1
    while last < rows and len(body) < _MOST_ROWS and _GAP <= len((each := line(last)).cells) <= len(head.cells):
        if each.words != head.words:
            body.append(each)
        last += 1
    full = sum(len(each.cells) == len(head.cells) for each in body)
    filled, values = sum(each.filled for each in body), sum(each.values for each in body)
    if len(body) < _FEWEST_ROWS or full < len(body) * _FULL or values < filled * _VALUES:
        return None
    blank = [None] * len(head.cells)
    return Aligned(first, last, tuple((*each.cells, *blank[len(each.cells) :]) for each in (head, *body)))


def _cells(row: Sequence[Piece]) -> _Row:
    """The cells of a row by its gaps, those left blank as None; none at all where a gap is no whole number of cells."""
    cells: list[Piece | None] = []
    at = -float(_GAP)
    for piece in row:
        blank, odd = divmod(piece.left - at - _GAP, _GAP)
        if odd or blank < 0:
            return ()
        cells += [*[None] * int(blank), piece]
        at = piece.right
    return tuple(cells)
