"""Rates, means and shares: a column of percentages is one column over another, or over the total of its own column; a column of means
is one column over another too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import permutations, product

from hengji.model.claim import Claim, Measure, Quantity, Relation
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.verdicts import exactly, range_of, shown
from hengji.reading.tables.sheet import Line, Sheet, Total, named
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest
from hengji.reading.units import unit_named

_RATE = pattern(r"率|占|比例|比重|进度|%|满意度$|^(?:完成|实际)值$")
_GROWTH = pattern(r"增长|增幅|变动|同比|增减|涨幅")
_FALL = pattern(r"下浮|降幅|下降|节约|节支|核减|审减|结余率")
_NOT_OURS = pattern(r"得分率")
_REACHED = pattern(r"^(?:完成|实际)值$")
_POINTS = pattern(r"分值|得分|权重|满分|标准分")
"""What no value that was reached is a quotient of."""
_NAMED = pattern(r"执行率|到位率|完成率|使用率|支付率|拨付率|支出率|落实率")
_DONE = pattern(r"支出|拨付|支付|执行|使用|到位|完成|实际|已")
_PLANNED = pattern(r"预算|计划|应|到位|下达|目标|任务")
_MEAN = pattern(r"[人户亩床校均场次村]均|平均")
_SCALES = (Fraction(1), Fraction(10_000), Fraction(1, 10_000))
_MOST_COLUMNS = 14


class _Way(Enum):
    """算法: what a rate is of two columns."""

    QUOTIENT = "相除"
    GROWTH = "增长"
    FALL = "下降"


def claims(sheet: Sheet) -> Iterator[Claim]:
    """Every column of rates; rates of points and of satisfaction are read elsewhere."""
    for column in sheet.columns:
        if _RATE.search(column.name) and not _NOT_OURS.search(column.name):
            yield from _rate(sheet, column)
        elif _MEAN.search(column.name):
            yield from _mean(sheet, column)


def _mean(sheet: Sheet, column: Line) -> Iterator[Claim]:
    """A column of means: of the pairs of columns the one whose quotients most of them are, at a scale that the units leave open."""
    stated = sheet.down(column.number)
    others = [each for each in sheet.columns if each is not column and sheet.adds(each) and sheet.down(each.number)]
    ways = [
        (_evidence(sheet, column, pair), list(_means(sheet, column, stated, pair, scale)))
        for pair in permutations(others[:_MOST_COLUMNS], 2)
        for scale in _SCALES
    ]
    best = likeliest(ways)
    yield from (claim for _, claim in judged(best[1] if best else ()))


def _evidence(sheet: Sheet, mean: Line, pair: tuple[Line, Line]) -> Evidence:
    """Whether a mean is called one of the first column (亩均用水量, 用水量) per what the second counts (亩)."""
    match = re.fullmatch(rf"(?P<per>{HAN})均(?P<of>{HAN}{{2,}})(?:\(.*\))?", mean.name)
    if match is None or not pair[0].name.startswith(match["of"]):
        return Evidence.NUMBERS
    per = unit_named(match["per"])
    units = {unit.kind for each in sheet.down(pair[1].number).values() if (unit := unit_named(each.unit))}
    return Evidence.WORDS if per is not None and units == {per.kind} else Evidence.NUMBERS


def _means(
    sheet: Sheet, column: Line, stated: Mapping[int, Quantity], pair: tuple[Line, Line], scale: Fraction
) -> Iterator[Assertion]:
    for row, mean in stated.items():
        above, below = (sheet.cells.get((row, line.number)) for line in pair)
        if above is None or below is None or not mean.value or mean.measure is Measure.RATE:
            continue
        found = range_of(above).over_by(range_of(below))
        if found is not None:
            said = f"{shown(above)} ÷ {shown(below)}"
            scaled = found * exactly(scale)
            yield Assertion(Relation.TABLE_RATIO, mean, (above, below), scaled, said, named(sheet.row(row), column))


def _rate(sheet: Sheet, column: Line) -> Iterator[Claim]:
    stated = {row: each for row, each in sheet.down(column.number).items() if each.measure is Measure.RATE}
    if not stated:
        return
    others = [
        each
        for each in sheet.columns
        if each is not column
        and not (_REACHED.search(column.name) and _POINTS.search(each.name))
        and any(cell.measure is not Measure.RATE for cell in sheet.down(each.number).values())
    ][:_MOST_COLUMNS]
    best = likeliest(_ways(sheet, column, stated, others))
    yield from (claim for _, claim in judged(best[1] if best else ()))


def _ways(
    sheet: Sheet, column: Line, stated: Mapping[int, Quantity], others: Sequence[Line]
) -> Iterator[tuple[Evidence, list[Assertion]]]:
    """What the rates may be: one column over another, how much one is more or less than another, or each over its column's total."""
    growth = _Way.GROWTH if _GROWTH.search(column.name) else _Way.QUOTIENT
    ways = (_Way.FALL, _Way.QUOTIENT) if _FALL.search(column.name) else (growth,)
    for way, (above, below) in product(ways, permutations(others, 2)):
        found = [
            each
            for row in sheet.rows
            if row.number in stated
            and (each := _quotient(sheet, row, column, (above, below), stated[row.number], way)) is not None
        ]
        told = _NAMED.search(column.name) and _DONE.search(above.name) and _PLANNED.search(below.name)
        yield (Evidence.WORDS if told else Evidence.NUMBERS), found
    whole = next((row for row in sheet.rows if row.total is Total.GRAND), None)
    if whole is None:
        return
    for above in others:
        base = sheet.cells.get((whole.number, above.number))
        if base is not None and base.low > 0:
            parts = [(stated[row], part) for row, part in sheet.down(above.number).items() if row in stated]
            yield (
                Evidence.NUMBERS,
                [
                    Assertion(
                        Relation.TABLE_RATIO,
                        share,
                        (part, base),
                        quotient,
                        f"{shown(part)} ÷ {shown(base)}",
                        column.name,
                    )
                    for share, part in parts
                    if part is not base and (quotient := range_of(part).over_by(range_of(base))) is not None
                ],
            )


def _quotient(
    sheet: Sheet, row: Line, column: Line, pair: tuple[Line, Line], stated: Quantity, way: _Way
) -> Assertion | None:
    above, below = (sheet.cells.get((row.number, line.number)) for line in pair)
    if above is None or below is None or above.measure is not below.measure:
        return None
    found = range_of(above).over_by(range_of(below))
    if found is None:
        return None
    said = f"{shown(above)} ÷ {shown(below)}"
    if way is _Way.GROWTH:
        found, said = found - exactly(1), f"{said} - 1"
    if way is _Way.FALL:
        found, said = exactly(1) - found, f"1 - {said}"
    return Assertion(Relation.TABLE_RATIO, stated, (above, below), found, said, named(row, column))
