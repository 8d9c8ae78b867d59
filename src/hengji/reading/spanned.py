"""Rows of a TAB table that are too short: copied from a page, where a merged cell leaves no trace in the other rows that it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.blocks import Area
from hengji.reading.heads import is_value

_TOTAL = pattern(r"(?:合\s*计|总\s*计|共\s*计)(?:[（(][^（()）]{1,6}[)）])?")
_WIDEST = 40
"""No score table has more columns; beyond them every place of every row would be tried."""

_HEADS = 2


class _Kind(Enum):
    """What a cell holds."""

    NOTHING = "空"
    WORDS = "文字"
    VALUE = "数值"


@record
class _Cell:
    span: Span
    kind: _Kind


_Row = Sequence[_Cell]


def spanning(text: str, rows: Sequence[Sequence[Span]]) -> Iterator[list[Area]]:
    """The cells of each row at their columns: a row that lost its first cells begins with blank ones, 合计 spans the names it leaves out.

    A head over several others spans these, and the heads beside it both rows.
    """
    if len({len(row) for row in rows}) == 1:
        yield from ([Area(span) for span in row] for row in rows)
        return
    cells = [[_Cell(span, _kind(text[span.start : span.end])) for span in row] for row in rows]
    usual = Counter(map(len, cells)).most_common(1)[0][0]
    names = _names([row for row in cells if len(row) == usual], usual)
    wide = max(map(len, cells))
    columns = _columns([row for row in cells[1:] if len(row) == wide]) if wide <= _WIDEST else []
    over = _over(cells, columns)
    if over is not None:
        yield [
            Area(cell.span, columns=len(cells[1])) if at == over else Area(cell.span, rows=2)
            for at, cell in enumerate(cells[0])
        ]
        yield [Area(cell.span) for cell in cells[1]]
    for row in cells if over is None else cells[2:]:
        missing = usual - len(row)
        told = 0 < missing < names and len(row) > 1 and row[1].kind is not _Kind.NOTHING
        if told and _TOTAL.fullmatch(text, *row[0].span):
            yield [Area(cell.span, columns=1 + missing if cell is row[0] else 1) for cell in row]
        else:
            before = Area(Span(row[0].span.start, row[0].span.start))
            yield [*[before] * _lost(row, columns), *(Area(cell.span) for cell in row)]


def _kind(words: str) -> _Kind:
    if not words:
        return _Kind.NOTHING
    return _Kind.VALUE if is_value(words) else _Kind.WORDS


def _names(rows: Sequence[_Row], wide: int) -> int:
    """How many columns from the left hold names."""
    return next((at for at in range(1, wide) if any(row[at].kind is _Kind.VALUE for row in rows)), wide)


def _columns(rows: Sequence[_Row]) -> list[_Kind]:
    """What the columns hold by the rows that have them all; nothing said of one in which these disagree."""
    kinds = [{cell.kind for cell in column} - {_Kind.NOTHING} for column in zip(*rows, strict=True)]
    return [each.pop() if len(each) == 1 else _Kind.NOTHING for each in kinds]


def _over(rows: Sequence[_Row], columns: Sequence[_Kind]) -> int | None:
    """Which head of the first row stands over those of the second: the last one that they then have values below them."""
    first, second = (rows[0], rows[1]) if len(rows) > _HEADS else ((), ())
    heads = all(cell.kind is _Kind.WORDS for cell in (*first, *second))
    if not heads or len(first) == 1 or len(second) == 1 or len(first) - 1 + len(second) != len(columns):
        return None
    below = (columns[at : at + len(second)] for at in reversed(range(len(first))))
    return next((len(first) - 1 - at for at, kinds in enumerate(below) if set(kinds) == {_Kind.VALUE}), None)


def _lost(row: _Row, columns: Sequence[_Kind]) -> int:
    """How many cells a row lost at its beginning: none unless its cells fit the columns so, each of them, and as it stands do not."""
    missing = len(columns) - len(row)
    if missing <= 0 or row[0].kind is _Kind.NOTHING or _fits(row, columns, 0):
        return 0
    return next((each for each in range(missing, 0, -1) if _fits(row, columns, each)), 0)


def _fits(row: _Row, columns: Sequence[_Kind], lost: int) -> bool:
    """Whether no cell of a row contradicts its column."""
    pairs = zip(row, columns[lost:], strict=False)
    return all(_Kind.NOTHING in (cell.kind, kind) or cell.kind is kind for cell, kind in pairs)
