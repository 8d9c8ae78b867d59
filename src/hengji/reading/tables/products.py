"""Amounts that are a rate times a count, in three columns or in three rows: 单价, 数量, 总价; 补助标准, 人次, 补助资金."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hengji.model.claim import Claim, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.statements.verdicts import Range, exactly, range_of, shown
from hengji.reading.tables.sheet import Line, Sheet, Total
from hengji.reading.tables.sums import column_totals, row_totals
from hengji.reading.tables.telling import Assertion, Evidence, judged, likeliest, written

_RATE = pattern(r"单价|标准|价格|均价|/(?:人|张|家|月|年|户|次|处|个|亩|平方米|套|台|床|件)")
_AMOUNT = pattern(r"金额|资金|总价|总额|合计|小计|合价|补助|补贴|奖补|支出|费用?$|费[(（]")
_NO_AMOUNT = pattern(r"标准|单价|人数|数量|面积|次数|户数")
_TIME = pattern(r"[月日天季]")
_FAR = 4
_NEAR = 8
_SCALE = 10_000
_ROUND = 20
"""Shares come in twentieths."""


def claims(sheet: Sheet) -> Iterator[Claim]:
    """The products of columns and those of rows, and the totals that they come to exactly."""
    found = [*_products(sheet, sheet.grid.width), *_products(sheet.turned(), _FAR)]
    yield from (claim for claim, _ in found)
    exact = {claim.quantities[0].span: value for claim, value in found if value is not None}
    if exact:
        yield from _exact_totals(sheet, exact)


def _exact_totals(sheet: Sheet, exact: Mapping[Span, Fraction]) -> Iterator[Claim]:
    """Totals that fit the printed amounts, but not the amounts that rates and counts give exactly."""
    for claim in [*row_totals(sheet), *column_totals(sheet)]:
        stated, *parts = claim.quantities
        values = [exact[part.span] for part in parts if part.span in exact]
        if claim.verdict is Verdict.HELD and parts and len(values) == len(parts):
            said = f"按标准和数量逐项复算后相加（{written(parts, '+')}）"
            found = Assertion(Relation.TABLE_PRODUCT, stated, parts, exactly(sum(values)), said, claim.about)
            if not found.held:
                yield found.claim(Confidence.LIKELY)


def _products(sheet: Sheet, far: int) -> Iterator[tuple[Claim, Fraction | None]]:
    """Of each column of amounts the pair before it that makes most of it; ``far`` is how many columns before it are looked at."""
    rates = [each for each in sheet.columns if _RATE.search(each.name) and sheet.down(each.number)]
    if not rates:
        return
    for amount in sheet.columns:
        if not _AMOUNT.search(amount.name) or _NO_AMOUNT.search(amount.name) or not sheet.down(amount.number):
            continue
        near = [each for each in sheet.columns if 0 < abs(amount.number - each.number) <= min(far, _NEAR)]
        counts = [each for each in near if each not in rates and _counts(sheet, each)]
        pairs = product([each for each in rates if each in near], counts)
        best = likeliest(
            (_evidence(sheet, rate, count), list(_along(sheet, amount, rate, count))) for rate, count in pairs
        )
        for each, claim in judged(best[1] if best else ()):
            computed = each.computed
            told = replace(claim, confidence=Confidence.LIKELY) if _is_share(each) else claim
            yield told, computed.value if computed.low == computed.high else None


def _is_share(each: Assertion) -> bool:
    """Whether the amount is a round part of the product: a share (40%) may be told elsewhere."""
    whole = each.computed.value
    return whole > each.stated.value > 0 and (each.stated.value / whole * _ROUND).denominator == 1


def _evidence(sheet: Sheet, rate: Line, count: Line) -> Evidence:
    """Whether the rate is said to be one per what is counted: 元/人次 and 人次, 单价 and 数量."""
    counted = {each.unit for each in sheet.down(count.number).values()} - {""}
    per = {each.unit.partition("/")[2] for each in sheet.down(rate.number).values()} - {""}
    named = "单价" in rate.name and "数量" in count.name
    return Evidence.WORDS if named or counted & per else Evidence.NUMBERS


def _counts(sheet: Sheet, line: Line) -> bool:
    """Whether a column holds numbers of things."""
    return all(each.measure in {Measure.COUNT, Measure.BARE, Measure.DAYS} for each in sheet.down(line.number).values())


def _along(sheet: Sheet, amount: Line, rate: Line, count: Line) -> Iterator[Assertion]:
    for row in sheet.rows:
        cells = [sheet.cells.get((row.number, line.number)) for line in (amount, rate, count)]
        stated, price, number = cells
        if row.total is not Total.NONE or stated is None or price is None or number is None or not stated.value:
            continue
        whole = exactly(number.value) if number.number == int(number.number) else range_of(number)
        per = exactly(price.value) if _is_exact(price) else range_of(price)
        computed = _scaled(per * whole, stated)
        said = f"{shown(price)} × {shown(number)}"
        about = "的".join(part for part in (row.name, amount.name) if part)
        found = Assertion(Relation.TABLE_PRODUCT, stated, (price, number), computed, said, about)
        if found.held or not _lacks_time(price, number):
            yield found


def _lacks_time(price: Quantity, number: Quantity) -> bool:
    """Whether a rate is one per month or day (元/人·月) of things that are counted without: for how long each is unsaid."""
    time = _TIME.search(price.unit.partition("/")[2])
    return time is not None and time[0] not in number.unit


def _is_exact(price: Quantity) -> bool:
    """A rate in whole yuan is meant exactly."""
    return "." not in price.printed and "万" not in price.unit


def _scaled(found: Range, stated: Quantity) -> Range:
    """Where a unit is left out, at the scale that fits: a table in 万元 seldom says so in every column."""
    if stated.measure is not Measure.MONEY or found.holds(stated):
        return found
    scaled = found * exactly(_SCALE)
    return scaled if scaled.holds(stated) else found
