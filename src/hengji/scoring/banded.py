"""Shapes that look a value up in bands (M07, M08, M22, M30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.model.band import Band, Edge, Operand
from hengji.model.finding import Finding
from hengji.model.rubric import BandDeductions, Bands, ChangeRate, CostSaving
from hengji.model.score import Attainable
from hengji.scoring.faults import IMPOSSIBLE, NO_SCORE, NOT_MONOTONE
from hengji.scoring.intervals import End, Interval, ascending, misfits
from hengji.scoring.measured import A_RATE, not_positive
from hengji.scoring.operands import Measure, Value, literal, percent, points
from hengji.scoring.shape import Award, Case, Flaw, Groups, award, bad_deduction, flaws, most, operands, reach

ZERO, WHOLE = Fraction(0), Fraction(1)


def _edges(bands: Sequence[Band]) -> tuple[Operand, ...]:
    return tuple(end for band in bands for end in (band.low, band.high) if end is not None)


def intervals(bands: Sequence[Band], edges: Sequence[Value]) -> tuple[Interval, ...]:
    """The bands with the values of their edges, which stand in the order of ``_edges``."""
    values = iter(edges)

    def end(operand: Operand | None, edge: Edge) -> End | None:
        if operand is None:
            return None
        value = next(values)
        return End(value.exact, value.shown, edge)

    return tuple(Interval(end(band.low, band.low_edge), end(band.high, band.high_edge)) for band in bands)


def _found(case: Case, bands: Sequence[Band], edges: Sequence[Value], value: Fraction, told: str) -> Finding | Band:
    """The band of a value; where several hold it they must give the same points."""
    within = [
        (band, interval) for band, interval in zip(bands, intervals(bands, edges), strict=True) if value in interval
    ]
    if not within:
        return NO_SCORE.at(case.place, f"{told}，不属于任何一档", "覆盖该数值的一档")
    if len({band.points for band, _ in within}) > 1:
        listed = "、".join(f"“{interval}”" for _, interval in within)
        return NO_SCORE.at(case.place, f"{told}，同属{listed}", "只属于一档")
    return within[0][0]


def _shown(bands: Sequence[Band], edges: Sequence[Value], band: Band) -> str:
    return str(intervals(bands, edges)[bands.index(band)])


def _by_band(case: Case, bands: Sequence[Band], edges: Sequence[Value], value: Fraction, told: str) -> Award | Finding:
    band = _found(case, bands, edges, value, told)
    if isinstance(band, Finding):
        return band
    return Award(Fraction(band.points), f"{told}，在“{_shown(bands, edges, band)}”档")


@operands.register(Bands)
@operands.register(BandDeductions)
def _(rubric: Bands | BandDeductions) -> Groups:
    return ((rubric.actual, *_edges(rubric.bands)),)


@award.register(Bands)
def _(rubric: Bands, case: Case) -> Award | Finding:
    ((actual, *edges),) = case.values
    return _by_band(case, rubric.bands, edges, actual.exact, actual.told)


@award.register(BandDeductions)
def _(rubric: BandDeductions, case: Case) -> Award | Finding:
    ((actual, *edges),) = case.values
    given = _by_band(case, rubric.bands, edges, actual.exact, actual.told)
    return given if isinstance(given, Finding) else Award(Fraction(case.weight) - given.points, given.because)


@operands.register(CostSaving)
def _(rubric: CostSaving) -> Groups:
    return ((rubric.planned, rubric.actual), (A_RATE, *_edges(rubric.bands)))


@award.register(CostSaving)
def _(rubric: CostSaving, case: Case) -> Award | Finding:
    (planned, actual), (_, *edges) = case.values
    if planned.exact <= 0:
        return NO_SCORE.at(case.place, f"计划成本{planned.told}不大于 0，节约率没有意义", "大于 0 的计划成本")
    rate = (planned.exact - actual.exact) / planned.exact
    told = f"成本节约率 = （{planned.told} − {actual.told}）÷ {planned.shown} = {percent(rate)}"
    return _by_band(case, rubric.bands, edges, rate, told + ("，超支" if rate < 0 else ""))


@operands.register(ChangeRate)
def _(rubric: ChangeRate) -> Groups:
    return ((rubric.actual, rubric.base), (A_RATE, *_edges(rubric.bands)))


@award.register(ChangeRate)
def _(rubric: ChangeRate, case: Case) -> Award | Finding:
    (actual, base), (_, *edges) = case.values
    if base.exact <= 0:
        return NO_SCORE.at(case.place, f"基期{base.told}不大于 0，变动率没有意义", "大于 0 的基期数")
    rate = (actual.exact - base.exact) / base.exact
    told = f"变动率 = （{actual.told} − {base.told}）÷ {base.shown} = {percent(rate)}"
    return _by_band(case, rubric.bands, edges, rate, told)


@reach.register(Bands)
@reach.register(CostSaving)
@reach.register(ChangeRate)
def _(rubric: Bands | CostSaving | ChangeRate, _weight: Decimal) -> Attainable:
    return Attainable(tuple(band.points for band in rubric.bands))


@reach.register(BandDeductions)
def _(rubric: BandDeductions, weight: Decimal) -> Attainable:
    return Attainable(tuple(weight - band.points for band in rubric.bands))


@most.register(Bands)
@most.register(CostSaving)
@most.register(ChangeRate)
def _(rubric: Bands | CostSaving | ChangeRate) -> Decimal | None:
    return max((band.points for band in rubric.bands), default=Decimal(0))


@flaws.register(Bands)
def _(rubric: Bands, _weight: Decimal) -> Iterator[Flaw]:
    yield from _band_flaws(rubric.bands, ZERO, _natural_end(rubric.bands))
    yield from _zigzag(rubric.bands)


@flaws.register(BandDeductions)
def _(rubric: BandDeductions, weight: Decimal) -> Iterator[Flaw]:
    yield from _band_flaws(rubric.bands, ZERO, _natural_end(rubric.bands))
    yield from _zigzag(rubric.bands)
    for band in rubric.bands:
        if band.points > weight:
            yield from bad_deduction(band.points, weight)
    if rubric.bands and min(band.points for band in rubric.bands) > 0:
        yield Flaw(IMPOSSIBLE, "每一档都扣分，没有一档得满分", "有一档扣 0 分")


@flaws.register(CostSaving)
def _(rubric: CostSaving, _weight: Decimal) -> Iterator[Flaw]:
    yield from not_positive(rubric.planned, "计划成本")
    yield from _band_flaws(rubric.bands, None, WHOLE)  # nobody saves more than everything


@flaws.register(ChangeRate)
def _(rubric: ChangeRate, _weight: Decimal) -> Iterator[Flaw]:
    yield from not_positive(rubric.base, "基期数")
    yield from _band_flaws(rubric.bands, None, None)


def _natural_end(bands: Sequence[Band]) -> Fraction | None:
    """Rates are taken to end at 100 %; amounts and counts do not end."""
    values = [literal(edge) for edge in _edges(bands)]
    return WHOLE if all(value is not None and value.measure is Measure.RATE for value in values) else None


def _band_flaws(bands: Sequence[Band], floor: Fraction | None, ceiling: Fraction | None) -> Iterator[Flaw]:
    """No bands, negative points, gaps and overlaps; edges that are figures are not known before there are figures."""
    if not bands:
        yield Flaw(IMPOSSIBLE, "标准没有列出档次", "至少两档")
    for band in bands:
        if band.points < 0:
            yield Flaw(IMPOSSIBLE, f"有一档写作{points(band.points)}分", "不小于 0 的分数")
    written = _written(bands)
    if written is not None:
        yield from misfits(written, floor, ceiling)


def _zigzag(bands: Sequence[Band]) -> Iterator[Flaw]:
    """Points that rise and fall again along the scale."""
    written = _written(bands)
    if written is None:
        return
    steps = [band.points for _, band in sorted(zip(written, bands, strict=True), key=lambda pair: ascending(pair[0]))]
    if steps not in (sorted(steps), sorted(steps, reverse=True)):
        yield Flaw(NOT_MONOTONE, "各档分数由低到高依次为" + "、".join(points(step) for step in steps))


def _written(bands: Sequence[Band]) -> tuple[Interval, ...] | None:
    values = [literal(edge) for edge in _edges(bands)]
    known = [value for value in values if value is not None]
    return intervals(bands, known) if len(known) == len(values) else None
