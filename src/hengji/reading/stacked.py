"""Tables whose cells stand each on a line of its own, as copied from a page: the heads, then row by row names and values.

How wide such a table is tell its own rows: as many values stand together in each, behind one name or, where cells on the left span
several rows, behind up to as many as in the first. With ``n`` names and ``m`` values in a row, the first value stands on line 2n + m.
Another row with as many names shows that the first line is rightly guessed. A table of which not every line is understood is none: a
blank cell has left no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.captions import is_numbered, unit_of
from hengji.reading.heads import is_value

_SENTENCE = pattern("[。；;]|[：:，,]$")
_ABOVE = pattern(r"^附[件表]|表(?:[（(].*[）)])?$|^[(（]?[一二三四五六七八九十]+[、)）]|^注[：:]")
_TOTAL = pattern(r"(?:合\s*计|总\s*计|共\s*计)")
_LONGEST = 24
_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_FULL, _FEWEST_VALUES = 3, 2, 1, 2
_MOST_NAMES, _MOST_HEADS = 4, 30
_FEWEST_LINES = _FEWEST_COLUMNS * (_FEWEST_ROWS + 1)

_Row = tuple[int | None, ...]


@record
class Stacked:
    """竖排的表: lines ``first`` up to but not including ``last``, and per row the line of each column, None where a cell above spans it."""

    first: int
    last: int
    rows: tuple[_Row, ...]


def stacked(lines: Sequence[str]) -> Iterator[Stacked]:
    """The tables among lines, in order. Time is linear in the lines."""
    at = 0
    while at + _FEWEST_LINES <= len(lines):
        begins = _is_cell(lines[at]) and (at == 0 or _parts(lines[at - 1]))
        table = _table(lines, at) if begins else None
        if table is not None:
            yield table
        at = at + 1 if table is None else table.last


def _parts(line: str) -> bool:
    """Whether a line is no cell: what stands above a table, or below it."""
    return not _is_cell(line) or is_numbered(line) or bool(_ABOVE.search(line) or unit_of(line))


def are_cells(around: Sequence[str], between: Sequence[str]) -> bool:
    """Whether numbers between two lines are cells, and no page numbers: several, or beside another value, among short lines."""
    beside = len(between) > 1 or any(map(is_value, around))
    return beside and all(map(_is_cell, around)) and all(map(is_value, between))


def goes_on(before: str, after: str) -> bool:
    """Whether a table goes on behind the end of a page."""
    return is_value(before) and not _parts(after)


def _is_cell(line: str) -> bool:
    return len(line) <= _LONGEST and not _SENTENCE.search(line)


def _table(lines: Sequence[str], first: int) -> Stacked | None:
    """The table that begins with a line; None where its rows are not alike, or go on in another way."""
    begin = _names(lines, first, first + _MOST_HEADS)
    rows = [*_numbered(lines, first, begin)] or [*_named(lines, first, begin)]
    last = 1 + max((cell for cell in rows[-1] if cell is not None), default=first) if rows else first
    whole = last == len(lines) or _parts(lines[last])
    full = sum(None not in row for row in rows)
    return Stacked(first, last, tuple(rows)) if whole and full > _FEWEST_FULL and len(rows) > _FEWEST_ROWS else None


def _named(lines: Sequence[str], first: int, begin: int) -> Iterator[_Row]:
    """The rows of a table whose first value stands on line ``begin``."""
    values = _values(lines, begin)
    width, odd = divmod(begin - first + values, 2)
    names = width - values
    if odd or values < _FEWEST_VALUES or width < _FEWEST_COLUMNS or not 1 <= names <= _MOST_NAMES:
        return
    yield tuple(range(first, first + width))
    at = first + width
    while (name := _names(lines, at, at + names)) > at and _values(lines, name) == values:
        told = list(range(at, name))
        blank = [None] * (names - len(told))
        total = _TOTAL.fullmatch(lines[at]) is not None
        yield (*(told if total else blank), *(blank if total else told), *range(name, name + values))
        at = name + values
        if lines[at : at + width] == lines[first : first + width]:
            at += width
    if lines[at : at + 1] == ["平均"] and _values(lines, at + 1) == 1:
        yield (at, *[None] * (width - 2), at + 1)


def _numbered(lines: Sequence[str], first: int, begin: int) -> Iterator[_Row]:
    """The rows of a table that are numbered from 1 on, the first on line ``begin``, each with names and values in the same places."""
    width = begin - first
    kinds = [is_value(line) for line in lines[begin : begin + width]]
    if width < _FEWEST_COLUMNS or lines[begin : begin + 1] != ["1"]:
        return
    yield tuple(range(first, begin))
    at = begin
    for number in range(1, len(lines)):
        row = lines[at : at + width]
        if row[:1] != [str(number)] or [is_value(line) for line in row] != kinds or not all(map(_is_cell, row)):
            break
        yield tuple(range(at, at + width))
        at += width
    total = at < len(lines) and _TOTAL.fullmatch(lines[at]) and all(kinds[2:])
    if total and _values(lines, at + 1) == width - 2:
        yield (at, None, *range(at + 1, at + width - 1))


def _names(lines: Sequence[str], at: int, end: int) -> int:
    """Where the names that begin on a line end."""
    while at < min(end, len(lines)) and _is_cell(lines[at]) and not is_value(lines[at]):
        at += 1
    return at


def _values(lines: Sequence[str], at: int) -> int:
    """How many values stand together from a line on."""
    end = at
    while end < len(lines) and is_value(lines[end]):
        end += 1
    return end - at
