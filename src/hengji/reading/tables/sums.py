"""Totals of rows and columns. What a total adds up is taken from the table itself: the reading under which most of its numbers hold.

A total row may add up all rows, those since the last subtotal, or the subtotals; a total column those beside it or those under the
same heading. Where no reading holds for most, nothing is asserted but what the words alone say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.reading.statements.verdicts import range_of, total
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.tables.telling import Assertion, written

_AMOUNT = re.compile(r"金额|资金[(]|资金$|经费|支出")
_MOST = 3 / 5
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Reading:
    """一种加法: which rows a total row adds up; ``plain`` where the words alone say so."""

    rows: tuple[int, ...]
    plain: bool


def row_totals(sheet: Sheet) -> Iterator[Claim]:
    """Every total row, column by column."""
    for row in sheet.rows:
        if row.total is not Total.NONE:
            yield from _row_total(sheet, row)


def _row_total(sheet: Sheet, row: Line) -> Iterator[Claim]:
    columns = [column for column in sheet.columns if (row.number, column.number) in sheet.cells and sheet.adds(column)]
    best: tuple[int, _Reading, list[Assertion]] | None = None
    for reading in _readings(sheet, row):
        found = [each for column in columns if (each := _down(sheet, row, column, reading.rows)) is not None]
        held = sum(each.held for each in found)
        if found and (best is None or held > best[0]):
            best = held, reading, found
    if best is None:
        return
    held, reading, found = best
    if held == 0 and not reading.plain:
        return
    for each in found:
        others = held - each.held
        sure = reading.plain or others >= _ENOUGH or (others and len(found) <= _ENOUGH + 1)
        yield each.claim(Confidence.CERTAIN if sure else Confidence.LIKELY)


def _readings(sheet: Sheet, row: Line) -> Iterator[_Reading]:
    """What the row may add up, the likeliest first."""
    above = [each for each in sheet.rows if each.number < row.number]
    below = [each for each in sheet.rows if each.number > row.number]
    details = tuple(each.number for each in above if each.total is Total.NONE)
    last = max((each.number for each in above if each.total is not Total.NONE), default=-1)
    since = tuple(number for number in details if number > last)
    subtotals = tuple(each.number for each in above if each.total is Total.SUB)
    alone = not subtotals and last < 0 and not any(each.total is not Total.NONE for each in below) and len(below) <= 1
    if row.total is Total.GRAND:
        yield _Reading(details, plain=alone)
        yield _Reading(tuple(each.number for each in above if _AMOUNT.search(each.name)), plain=False)
        yield _Reading(subtotals, plain=False)
        yield _Reading((*subtotals, *since), plain=False)
    yield _Reading(since, plain=row.total is Total.SUB)
    until = min((each.number for each in below if each.total is not Total.NONE), default=sheet.grid.height)
    yield _Reading(tuple(each.number for each in below if each.number < until), plain=False)
    yield _Reading(tuple(each.number for each in below if each.total is Total.NONE), plain=False)
    yield _Reading(tuple(each.number for each in below if each.total is Total.SUB), plain=False)


def _down(sheet: Sheet, row: Line, column: Line, rows: Sequence[int]) -> Assertion | None:
    parts = [quantity for number in rows if (quantity := sheet.cells.get((number, column.number))) is not None]
    return _added(sheet.cells[row.number, column.number], parts, f"{column.name}的{row.name}")


def _added(stated: Quantity, parts: Sequence[Quantity], about: str) -> Assertion | None:
    if stated.measure is Measure.BARE and parts:
        stated = _in_unit_of(stated, parts[0])
    alike = [part for part in parts if part.measure is stated.measure]
    if len(alike) < _ENOUGH or len(alike) < len(parts):
        return None
    return Assertion(Relation.TABLE_SUM, stated, alike, total(alike), written(alike, "+"), about)


def _in_unit_of(bare: Quantity, part: Quantity) -> Quantity:
    """A total without a unit has that of its parts."""
    scale = part.value / Fraction(part.number) if part.number else Fraction(1)
    ends = (bare.value * scale, bare.low * scale, bare.high * scale)
    return replace(bare, unit=part.unit, measure=part.measure, value=ends[0], low=ends[1], high=ends[2])


def column_totals(sheet: Sheet) -> Iterator[Claim]:
    """Every total column, row by row."""
    for column in sheet.columns:
        if column.total is not Total.NONE:
            yield from _column_total(sheet, column)


def _column_total(sheet: Sheet, column: Line) -> Iterator[Claim]:
    best: tuple[int, list[Assertion]] | None = None
    for columns in _beside(sheet, column):
        found = [each for row in sheet.rows if (each := _across(sheet, row, column, columns)) is not None]
        found = [each for each in found if each.stated.value or each.computed.value]
        held = sum(each.held for each in found)
        if found and (best is None or held > best[0]):
            best = held, found
    if best is None:
        return
    held, found = best
    if held >= max(_ENOUGH, len(found) * _MOST):
        for each in found:
            yield each.claim(Confidence.CERTAIN if held - each.held >= _ENOUGH else Confidence.LIKELY)


def _beside(sheet: Sheet, column: Line) -> Iterator[tuple[int, ...]]:
    """Columns that a total column may add up: those under its own heading, then runs that end or begin beside it."""
    family = [each.number for each in sheet.columns if len(each.path) > 1 and each.path[:-1] == column.path[:-1]]
    if len(family) > _ENOUGH:
        yield tuple(number for number in family if number != column.number)
    usable = {
        each.number for each in sheet.columns if each.addable and each.total is Total.NONE and sheet.down(each.number)
    }
    run: list[int] = []
    for number in range(column.number - 1, -1, -1):
        if number not in usable:
            break
        run.insert(0, number)
        if len(run) >= _ENOUGH:
            yield tuple(run)
    run = []
    for number in range(column.number + 1, sheet.grid.width):
        if number not in usable:
            break
        run.append(number)
        if len(run) >= _ENOUGH:
            yield tuple(run)


def _across(sheet: Sheet, row: Line, column: Line, columns: Sequence[int]) -> Assertion | None:
    stated = sheet.cells.get((row.number, column.number))
    if stated is None:
        return None
    parts = [quantity for number in columns if (quantity := sheet.cells.get((row.number, number))) is not None]
    about = f"{row.name}的{column.name}"
    if len(parts) == 1 and len(columns) > 1 and parts[0].measure is stated.measure:
        return Assertion(Relation.TABLE_SUM, stated, parts, range_of(parts[0]), written(parts, "+"), about)
    return _added(stated, parts, about)
