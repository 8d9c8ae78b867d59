"""Tables without ruling lines: rows whose words stand under each other in columns.

Places count from left to right in any unit: points on a page of a PDF, half-width characters in a line of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.heads import is_value

_VALUE = pattern(
    r"[-+−]?[\d０-９][\d０-９,，.．]*\s*(?:%|％|[一-龥/²㎡]{1,4})?|[-—–－/]{1,2}|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_RUN_ON = pattern(r"(?P<name>.*[一-龥）)])[ \u3000](?P<value>[\d][\d,.]*)")
"""A long name with one blank before the number of the next column."""
_SENTENCE = pattern("[。；;]")
FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3
_SHORTEST_ROW = 2
_TOO_FEW = 4
"""Rows of which not even most need be full: the first ones of a table, above a page's end."""
_LONGEST_PIECE = 40
_FULL = 0.6
_VALUES = 0.4
_TRIES = 3
_MOST_ROWS = 400


@record
class Piece:
    """词块: words that stand together on a line, from ``left`` to ``right``; ``start`` is where they begin in the text."""

    words: str
    left: float
    right: float
    start: int = 0


@record
class Aligned:
    """对齐的行: rows ``first`` up to but not including ``last``, and per row the piece of each column, None where it is blank."""

    first: int
    last: int
    rows: tuple[tuple[Piece | None, ...], ...]


def aligned(rows: Sequence[Sequence[Piece]]) -> Iterator[Aligned]:
    """The tables among rows, in order. Time is linear in the pieces."""
    first = 0
    while first < len(rows):
        last = first
        while last < len(rows) and last - first < _MOST_ROWS and _may_be(rows[last]):
            last += 1
        found = _within(rows, first, last)
        if found is not None:
            yield found
        first = max(last, first + 1)


def _may_be(row: Sequence[Piece]) -> bool:
    return len(row) >= _SHORTEST_ROW and all(
        len(piece.words) <= _LONGEST_PIECE and not _SENTENCE.search(piece.words) for piece in row
    )


def _within(rows: Sequence[Sequence[Piece]], first: int, last: int) -> Aligned | None:
    """The table that some rows are, but for a few before it."""
    for start in range(first, min(first + _TRIES, last - FEWEST_ROWS + 1)):
        placed = _placed(rows[start:last]) if _names(rows[start]) else None
        if placed is not None:
            return Aligned(start, last, placed)
    return None


def _names(row: Sequence[Piece]) -> bool:
    """Whether a row can be the header: what begins with values is the rest of a table that wrapped lines cut."""
    return len(row) >= _FEWEST_COLUMNS and not any(is_value(piece.words) for piece in row)


def _placed(rows: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece | None, ...], ...] | None:
    """Each piece in its column; None where the rows do not stand in columns or hold too few values."""
    times = Counter(map(len, rows))
    wide, often = max(times.items(), key=lambda each: (each[1], each[0]))
    if max(times) > wide and (times[max(times)] >= FEWEST_ROWS + 1 or len(rows[0]) == wide + 1 == max(times)):
        wide, often = max(times), len(rows) - 1
    body = [piece for row in rows[1:] for piece in row[1:]]
    values = sum(bool(_VALUE.fullmatch(piece.words)) for piece in body)
    if values < len(body) * _VALUES and not _are_numbered(rows):
        return None
    if wide < _FEWEST_COLUMNS or often < len(rows) * _FULL or max(times) > wide:
        return _under_head(rows) if len(rows) <= _TOO_FEW else None
    full = [row for row in rows if len(row) == wide]
    columns = _columns(full) or (_columns(full[1:]) if len(rows[0]) == wide and len(full) > _SHORTEST_ROW else None)
    if columns is None:
        return tuple(map(tuple, rows)) if often == len(rows) else None
    placed = [tuple(row) if len(row) == wide else _in_columns(row, columns) for row in rows]
    return tuple(row for row in placed if row is not None) if None not in placed else None


def _under_head(rows: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece | None, ...], ...] | None:
    """Each piece under the name of its column, where rows have blanks in different places; None where one stands under none or two."""
    head, *body = rows
    if len(head) < _FEWEST_COLUMNS:
        return None
    placed: list[tuple[Piece | None, ...]] = [tuple(head)]
    for row in body:
        found: list[Piece | None] = [None] * len(head)
        for piece in row:
            above = [n for n, name in enumerate(head) if piece.left < name.right and name.left < piece.right]
            if len(above) != 1 or found[above[0]] is not None:
                return None
            found[above[0]] = piece
        placed.append(tuple(found))
    return tuple(placed)


def _are_numbered(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the rows below the header count from number to number."""
    numbers = [int(words) for row in rows[1:] if (words := row[0].words).isdecimal()]
    return len(numbers) == len(rows) - 1 and all(one + 1 == other for one, other in pairwise(numbers))


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[float, float]] | None:
    """From where to where the pieces of full rows stand; None where those of two columns overlap, as heads that are wider than all below."""
    columns = [
        (min(piece.left for piece in each), max(piece.right for piece in each)) for each in zip(*rows, strict=True)
    ]
    return columns if all(one[1] <= other[0] for one, other in pairwise(columns)) else None


def _in_columns(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> tuple[Piece | None, ...] | None:
    """A row with its pieces in the nearest columns; None where two are nearest to one."""
    found: list[Piece | None] = [None] * len(columns)
    for piece in row:
        middle = (piece.left + piece.right) / 2
        column = min(range(len(columns)), key=lambda n: _distance(middle, piece, columns[n]))
        if found[column] is not None:
            return None
        found[column] = piece
    for number, name in enumerate(found[:-1]):
        match = _RUN_ON.fullmatch(name.words) if name is not None and found[number + 1] is None else None
        if name is not None and match is not None:
            middle = name.left + (name.right - name.left) * match.start("value") / len(name.words)
            found[number] = Piece(match["name"], name.left, middle, name.start)
            found[number + 1] = Piece(match["value"], middle, name.right, name.start + match.start("value"))
    return tuple(found)


def _distance(middle: float, piece: Piece, column: tuple[float, float]) -> tuple[float, float]:
    """How far a piece stands from a column: less than nothing where they overlap."""
    left, right = column
    overlap = min(piece.right, right) - max(piece.left, left)
    return -overlap, abs(middle - (left + right) / 2)
