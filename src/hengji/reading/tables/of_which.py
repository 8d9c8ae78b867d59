"""Rows that make up the row before them: 一、建设补贴, 其中：新建床位, 改建床位, 二、运营补贴.

The parts begin with 其中 and end before the next row that is marked as the whole is. They may be only some of the whole: only where one column adds
up is it asked of the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.verdicts import total
from hengji.reading.tables.sheet import Line, Sheet, Total, named
from hengji.reading.tables.telling import Assertion, written

_WITHIN = pattern(r"^其中[:：]?")
_MARK = pattern(
    r"^(?:(?P<chinese>[一二三四五六七八九十]+、)|(?P<bracketed>\([一二三四五六七八九十\d]+\))|(?P<plain>\d{1,2}[.、]?))"
)
_FEWEST, _MOST = 2, 12


def claims(sheet: Sheet) -> Iterator[Claim]:
    """The sums of parts that are told right below their whole."""
    for at, row in enumerate(sheet.rows):
        whole = sheet.rows[at - 1]
        if at and _WITHIN.match(_first(row)) and whole.total is not Total.GRAND and not _WITHIN.match(_first(whole)):
            yield from _claims(sheet, whole, _parts(sheet, at))


def _first(row: Line) -> str:
    return next((text for text in row.path if not text.isdecimal()), "")


def _mark(sheet: Sheet, row: Line) -> str:
    """As what kind of item a row is marked, in its first cell or its name."""
    match = _MARK.match(sheet.words.get((row.number, 0), "")) or _MARK.match(_first(row))
    return match.lastgroup or "" if match else ""


def _parts(sheet: Sheet, at: int) -> list[Line]:
    whole = _mark(sheet, sheet.rows[at - 1])
    found = [sheet.rows[at]]
    for row in sheet.rows[at + 1 : at + _MOST]:
        if row.total is not Total.NONE or (whole and _mark(sheet, row) == whole):
            return found
        if not whole and not _WITHIN.match(_first(row)):
            return found
        found.append(row)
    return found


def _claims(sheet: Sheet, whole: Line, parts: list[Line]) -> Iterator[Claim]:
    if len(parts) < _FEWEST:
        return
    found: list[Assertion] = []
    for column in sheet.columns:
        stated = sheet.cells.get((whole.number, column.number))
        cells = [cell for each in parts if (cell := sheet.cells.get((each.number, column.number))) is not None]
        if stated is None or len(cells) < len(parts) or not sheet.adds(column):
            continue
        if any(cell.unit != stated.unit for cell in cells) or sum(cell.value != 0 for cell in cells) < _FEWEST:
            continue
        said = written(cells, "+")
        found.append(Assertion(Relation.TABLE_SUM, stated, cells, total(cells), said, named(whole, column)))
    held = sum(each.held for each in found)
    if held:
        for each in found:
            yield each.claim(Confidence.CERTAIN if held >= _FEWEST else Confidence.LIKELY)
