"""Tables that a converter put down line by line with two blanks between cells: a blank cell leaves two blanks more.

Such rows do not stand under each other, as those of ``alignment`` do; what tells their columns is how wide each gap is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.reading.alignment import Aligned, Piece, aligned
from hengji.reading.heads import is_value

_GAP = 2
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3
_LONGEST_NAME = 20
_MOST_ROWS = 400
_FULL, _VALUES = 0.5, 0.3

_Row = tuple[Piece | None, ...]


def tables_in(rows: Sequence[Sequence[Piece]]) -> Iterator[Aligned]:
    """The tables among rows of either kind, in order. Time is linear in the pieces."""
    at = first = 0
    while first < len(rows):
        table = _table(rows, first) if _is_head(rows[first]) else None
        if table is None:
            first += 1
            continue
        yield from _between(rows, at, first)
        yield table
        at = first = table.last
    yield from _between(rows, at, len(rows))


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


def _table(rows: Sequence[Sequence[Piece]], first: int) -> Aligned | None:
    """The table under a head; None where too few rows below have its columns, or too few cells hold values."""
    head = [piece.words for piece in rows[first]]
    found: list[_Row] = [tuple(rows[first])]
    full, last = 0, first + 1
    while last < len(rows) and len(found) < _MOST_ROWS:
        cells = _cells(rows[last])
        if not _GAP <= len(cells) <= len(head):
            break
        if [piece.words for piece in rows[last]] != head:
            found.append((*cells, *[None] * (len(head) - len(cells))))
            full += len(cells) == len(head)
        last += 1
    body = [cell for row in found[1:] for cell in row[1:] if cell is not None]
    values = sum(is_value(cell.words) for cell in body)
    if len(found) < _FEWEST_ROWS or full < (len(found) - 1) * _FULL or values < len(body) * _VALUES:
        return None
    return Aligned(first, last, tuple(found))


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
