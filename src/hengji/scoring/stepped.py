"""Shapes that take points off step by step, or all at once when late (M10, M20, M21)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.model.finding import Finding
from hengji.model.rubric import DefectDeductions, LateDays, OnTime, StepDeductions
from hengji.model.score import Attainable
from hengji.scoring.faults import NO_SCORE
from hengji.scoring.measured import not_positive
from hengji.scoring.operands import points
from hengji.scoring.shape import Award, Case, Flaw, Groups, award, bad_deduction, flaws, full, nothing, operands, reach


def stepped(case: Case, deduction: Decimal, steps: int, because: str) -> Award:
    """The weight less ``deduction`` a step; it may fall below 0, where the score stops (扣完为止)."""
    return Award(Fraction(case.weight - deduction * steps), f"{because}，每次扣{points(deduction)}分")


def begun(excess: Fraction, unit: Fraction) -> int:
    """How many units an excess takes up, a begun one counting whole."""
    return -(-excess // unit)


@award.register(DefectDeductions)
def _(rubric: DefectDeductions, case: Case) -> Award | Finding:
    found = case.judgement.defects
    if not found:
        return full(case, "未发现不符合之处")
    listed = "；".join(f"{number}. {defect.text.rstrip('；;。')}" for number, defect in enumerate(found, 1))
    return stepped(case, rubric.deduction, len(found), f"发现{len(found)}处不符合（{listed}）")


@flaws.register(DefectDeductions)
def _(rubric: DefectDeductions, weight: Decimal) -> Iterator[Flaw]:
    yield from bad_deduction(rubric.deduction, weight)


@operands.register(StepDeductions)
def _(rubric: StepDeductions) -> Groups:
    return ((rubric.actual, rubric.target, rubric.unit),)


@award.register(StepDeductions)
def _(rubric: StepDeductions, case: Case) -> Award | Finding:
    ((actual, target, unit),) = case.values
    if unit.exact <= 0:
        return NO_SCORE.at(case.place, f"扣分单位{unit.told}不大于 0", "大于 0 的单位")
    if actual.exact >= target.exact:
        return full(case, f"{actual.told}，达到{target.shown}")
    steps = begun(target.exact - actual.exact, unit.exact)
    return stepped(
        case, rubric.deduction, steps, f"{actual.told}，低于{target.shown}，每低{unit.shown}计1次，计{steps}次"
    )


@operands.register(LateDays)
def _(rubric: LateDays) -> Groups:
    return ((rubric.late, rubric.unit),)


@award.register(LateDays)
def _(rubric: LateDays, case: Case) -> Award | Finding:
    ((late, unit),) = case.values
    if unit.exact <= 0:
        return NO_SCORE.at(case.place, f"扣分单位{unit.told}不大于 0", "大于 0 的单位")
    if late.exact <= 0:
        return full(case, f"{late.told}，没有逾期")
    steps = begun(late.exact, unit.exact)
    days = unit.shown if unit.figure else f"{unit.shown}天"
    return stepped(case, rubric.deduction, steps, f"{late.told}，每逾期{days}计1次，计{steps}次")


@flaws.register(StepDeductions)
@flaws.register(LateDays)
def _(rubric: StepDeductions | LateDays, weight: Decimal) -> Iterator[Flaw]:
    yield from bad_deduction(rubric.deduction, weight)
    yield from not_positive(rubric.unit, "扣分单位")


@reach.register(DefectDeductions)
@reach.register(StepDeductions)
@reach.register(LateDays)
def _(rubric: DefectDeductions | StepDeductions | LateDays, weight: Decimal) -> Attainable:
    if rubric.deduction <= 0:
        return Attainable((weight,))
    most = begun(Fraction(weight), Fraction(rubric.deduction))
    return Attainable(tuple(weight - rubric.deduction * steps for steps in range(most + 1)))


@operands.register(OnTime)
def _(rubric: OnTime) -> Groups:
    return ((rubric.late,),)


@award.register(OnTime)
def _(_rubric: OnTime, case: Case) -> Award | Finding:
    ((late,),) = case.values
    if late.exact <= 0:
        return full(case, f"{late.told}，没有逾期")
    return nothing(f"{late.told}，逾期即不得分")


@reach.register(OnTime)
def _(_rubric: OnTime, weight: Decimal) -> Attainable:
    return Attainable((Decimal(0), weight))
