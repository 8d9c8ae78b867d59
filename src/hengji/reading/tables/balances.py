"""Balances: a column of what is left is one column less another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from hengji.model.claim import Claim, Relation
from hengji.model.patterns import pattern
from hengji.reading.statements.verdicts import exactly, range_of, shown
from hengji.reading.tables.sheet import Line, Sheet
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest

_LEFT = pattern(r"结余|结转|剩余|余额|差额|差异|缺口|尚未|未拨|未支付|未发放|未到位|未使用|未落实|核减|审减")
_WHOLE = pattern(r"预算|到位|下达|应[拨付发补]|收入|计划|指标")
_GONE = pattern(r"支出|拨付|支付|执行|使用|发放|[实已][拨付发]")
_MOST_COLUMNS = 14


def claims(sheet: Sheet) -> Iterator[Claim]:
    """Every column of balances."""
    for column in sheet.columns:
        if _LEFT.search(column.name) and sheet.down(column.number):
            yield from _balance(sheet, column)


def _balance(sheet: Sheet, column: Line) -> Iterator[Claim]:
    others = [each for each in sheet.columns if each is not column and sheet.adds(each) and sheet.down(each.number)]
    ways = permutations(others[:_MOST_COLUMNS], 2)
    best = likeliest((_evidence(whole, gone), list(_along(sheet, column, whole, gone))) for whole, gone in ways)
    yield from (claim for _, claim in judged(best[1] if best else ()))


def _evidence(whole: Line, gone: Line) -> Evidence:
    named = _WHOLE.search(whole.name) and _GONE.search(gone.name) and not _WHOLE.search(gone.name)
    return Evidence.WORDS if named else Evidence.NUMBERS


def _along(sheet: Sheet, column: Line, whole: Line, gone: Line) -> Iterator[Assertion]:
    for row in sheet.rows:
        cells = [sheet.cells.get((row.number, line.number)) for line in (column, whole, gone)]
        stated, all_, part = cells
        if stated is None or all_ is None or stated.measure is not all_.measure:
            continue
        if part is not None and part.measure is not all_.measure:
            continue
        taken = exactly(0) if part is None else range_of(part)
        said = f"{shown(all_)} - {'0' if part is None else shown(part)}"
        others = (all_,) if part is None else (all_, part)
        yield Assertion(
            Relation.TABLE_DIFFERENCE, stated, others, range_of(all_) - taken, said, f"{row.name}的{column.name}"
        )
