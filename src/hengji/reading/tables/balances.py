"""Balances: a column of what is left is one column, or those under one heading (到位: 2021年, 2022年), less another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, permutations

from hengji.model.claim import Claim, Relation
from hengji.model.patterns import pattern
from hengji.reading.statements.verdicts import exactly, range_of, shown, total
from hengji.reading.tables.sheet import Line, Sheet, Total, named
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest, written

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
    others = others[:_MOST_COLUMNS]
    ones = [((whole,), gone) for whole, gone in permutations(others, 2)]
    groups = [(group, gone) for group in _families(others) for gone in others if gone not in group]
    best = likeliest(
        (_evidence(whole[0], gone), list(_along(sheet, column, whole, gone))) for whole, gone in chain(ones, groups)
    )
    yield from (claim for _, claim in judged(best[1] if best else ()))


def _families(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The columns under each heading that has several, none of which is their total."""
    under: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        if len(line.path) > 1 and line.total is Total.NONE:
            under.setdefault(line.path[:-1], []).append(line)
    return (tuple(each) for each in under.values() if len(each) > 1)


def _evidence(whole: Line, gone: Line) -> Evidence:
    told = _WHOLE.search(whole.name) and _GONE.search(gone.name) and not _WHOLE.search(gone.name)
    return Evidence.WORDS if told else Evidence.NUMBERS


def _along(sheet: Sheet, column: Line, whole: Sequence[Line], gone: Line) -> Iterator[Assertion]:
    for row in sheet.rows:
        stated = sheet.cells.get((row.number, column.number))
        part = sheet.cells.get((row.number, gone.number))
        added = [each for line in whole if (each := sheet.cells.get((row.number, line.number))) is not None]
        others = [*added, part] if part is not None else added
        if stated is None or not added or any(each.measure is not stated.measure for each in others):
            continue
        taken = exactly(0) if part is None else range_of(part)
        said = f"{written(added, '+')} - {'0' if part is None else shown(part)}"
        left = total(added) - taken
        yield Assertion(Relation.TABLE_DIFFERENCE, stated, others, left, said, named(row, column))
