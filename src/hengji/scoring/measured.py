"""Shapes that compare figures and give a proportion of the weight (M05, M06, M12–M17, M19, M21, M23, M24, M29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengji.model.band import Edge, Operand
from hengji.model.finding import Finding
from hengji.model.rubric import (
    Accuracy,
    Coverage,
    Equality,
    Forward,
    Interpolation,
    Inverse,
    OnTimeShare,
    OverFulfilment,
    Ratio,
    RecipientMethod,
    RecipientTotals,
    Satisfaction,
    SurveyComposite,
    ThresholdRatio,
)
from hengji.model.score import Attainable
from hengji.scoring.faults import DISCONTINUOUS, EDGE_UNCLEAR, IMPOSSIBLE, NO_SCORE
from hengji.scoring.operands import Measure, Value, literal, percent, points
from hengji.scoring.shape import Award, Case, Flaw, Groups, award, flaws, full, nothing, operands, proportional, reach

A_RATE: Operand = "100%"  # stands in a group to say that the others must be rates
ONE = Fraction(1)


def divided(part: Value, whole: Value) -> str:
    """补贴机构数35家 ÷ 计划数36家 = 97.22%; a rate against 100 % needs no division."""
    if whole.measure is Measure.RATE and whole.exact == 1:
        return part.told
    return f"{part.told} ÷ {whole.told} = {percent(part.exact / whole.exact)}"


def not_positive(operand: Operand, name: str) -> Iterator[Flaw]:
    """A literal divisor must be above 0."""
    value = literal(operand)
    if value is not None and value.exact <= 0:
        yield Flaw(IMPOSSIBLE, f"{name}写作{value.shown}", "大于 0 的数")


@operands.register(Ratio)
def _(rubric: Ratio) -> Groups:
    return ((rubric.actual, rubric.target),)


@award.register(Ratio)
def _(_rubric: Ratio, case: Case) -> Award | Finding:
    ((actual, target),) = case.values
    if target.exact <= 0:
        return NO_SCORE.at(case.place, f"{target.told}不大于 0，比例没有意义", "大于 0 的目标，或把指标列为不适用")
    return proportional(case, actual.exact / target.exact, divided(actual, target))


@flaws.register(Ratio)
def _(rubric: Ratio, _weight: Decimal) -> Iterator[Flaw]:
    yield from not_positive(rubric.target, "目标")


@operands.register(ThresholdRatio)
def _(rubric: ThresholdRatio) -> Groups:
    return ((rubric.actual, rubric.threshold, A_RATE),)


@award.register(ThresholdRatio)
def _(rubric: ThresholdRatio, case: Case) -> Award | Finding:
    ((actual, threshold, _),) = case.values
    if actual.exact == threshold.exact and rubric.edge is None:
        return NO_SCORE.at(case.place, f"{actual.told}，恰在门槛，标准没有规定", f"写明门槛{threshold.shown}含或不含")
    if actual.exact > threshold.exact or (actual.exact == threshold.exact and rubric.edge is Edge.INCLUDED):
        return full(case, f"{actual.told}，{'≥' if rubric.edge is Edge.INCLUDED else '>'}{threshold.shown}")
    return proportional(case, actual.exact, f"{actual.told}，未达{threshold.shown}")


@reach.register(ThresholdRatio)
def _(rubric: ThresholdRatio, weight: Decimal) -> Attainable:
    threshold = literal(rubric.threshold)
    most = ONE if threshold is None else min(ONE, max(Fraction(0), threshold.exact))
    return Attainable((weight,), ((Decimal(0), weight * Decimal(most.numerator) / Decimal(most.denominator)),))


@flaws.register(ThresholdRatio)
def _(rubric: ThresholdRatio, weight: Decimal) -> Iterator[Flaw]:
    threshold = literal(rubric.threshold)
    at = threshold.shown if threshold else rubric.threshold
    if rubric.edge is None:
        yield Flaw(EDGE_UNCLEAR, f"没有写明恰为{at}时得满分还是按比例得分")
    if threshold is not None and threshold.exact < 1:
        below = Fraction(weight) * threshold.exact
        yield Flaw(DISCONTINUOUS, f"达到{at}得{points(weight)}分，稍低只得{points(below)}分")


@operands.register(Satisfaction)
def _(rubric: Satisfaction) -> Groups:
    return ((rubric.actual, A_RATE),)


@operands.register(SurveyComposite)
def _(rubric: SurveyComposite) -> Groups:
    return ((f"问卷.{rubric.survey}.综合满意率", A_RATE),)


@award.register(Satisfaction)
@award.register(SurveyComposite)
def _(_rubric: Satisfaction | SurveyComposite, case: Case) -> Award | Finding:
    ((actual, _),) = case.values
    return proportional(case, actual.exact, actual.told)


@operands.register(Forward)
def _(rubric: Forward) -> Groups:
    return ((rubric.actual, rubric.target),)


@award.register(Forward)
def _(_rubric: Forward, case: Case) -> Award | Finding:
    ((actual, target),) = case.values
    if actual.exact >= target.exact:
        return full(case, f"{actual.told}，达到目标≥{target.shown}")
    if target.exact <= 0:
        return NO_SCORE.at(
            case.place, f"{actual.told}，未达目标≥{target.shown}，目标不大于 0，完成比例没有意义", "大于 0 的目标"
        )
    return proportional(case, actual.exact / target.exact, divided(actual, target))


@operands.register(Inverse)
def _(rubric: Inverse) -> Groups:
    return ((rubric.actual, rubric.target, *((rubric.upper,) if rubric.upper is not None else ())),)


@award.register(Inverse)
def _(_rubric: Inverse, case: Case) -> Award | Finding:
    ((actual, target, *upper),) = case.values
    if actual.exact <= target.exact:
        return full(case, f"{actual.told}，不超过目标≤{target.shown}")
    if upper:
        (most,) = upper
        if most.exact <= target.exact:
            return NO_SCORE.at(case.place, f"上限{most.told}不大于目标{target.told}", "大于目标的上限")
        told = f"{actual.told}，超过目标≤{target.shown}，自目标至上限{most.shown}按直线递减"
        return proportional(case, (most.exact - actual.exact) / (most.exact - target.exact), told)
    if target.exact < 0:
        return NO_SCORE.at(
            case.place, f"{actual.told}，目标{target.told}为负数，完成比例没有意义", "不小于 0 的目标，或写明上限"
        )
    told = f"{actual.told}，超过目标≤{target.shown}，目标 ÷ 实际 = {percent(target.exact / actual.exact)}"
    return proportional(case, target.exact / actual.exact, told)


@flaws.register(Inverse)
def _(rubric: Inverse, _weight: Decimal) -> Iterator[Flaw]:
    target, upper = literal(rubric.target), literal(rubric.upper or "")
    if target is not None and upper is not None and upper.exact <= target.exact:
        yield Flaw(IMPOSSIBLE, f"上限{upper.shown}不大于目标{target.shown}", "大于目标的上限")


@operands.register(OverFulfilment)
def _(rubric: OverFulfilment) -> Groups:
    return ((rubric.actual, rubric.target), (rubric.tolerance,), (rubric.slope,), (rubric.least,))


@award.register(OverFulfilment)
def _(_rubric: OverFulfilment, case: Case) -> Award | Finding:
    (actual, target), (tolerance,), (slope,), (least,) = case.values
    if target.exact <= 0:
        return NO_SCORE.at(case.place, f"{target.told}不大于 0，比例没有意义", "大于 0 的目标")
    ratio = actual.exact / target.exact
    told = divided(actual, target)
    if ratio < 1:
        return proportional(case, ratio, told)
    allowed = 1 + tolerance.exact
    if ratio <= allowed:
        return full(case, f"{told}，在{percent(allowed)}以内")
    share = max(least.exact, 1 - slope.exact * (ratio - allowed))
    return proportional(case, share, f"{told}，超出{percent(allowed)}，按超出幅度的{slope.shown}倍调减")


@flaws.register(OverFulfilment)
def _(rubric: OverFulfilment, _weight: Decimal) -> Iterator[Flaw]:
    yield from not_positive(rubric.target, "目标")
    for name, operand in (("容许幅度", rubric.tolerance), ("调减系数", rubric.slope), ("最低比例", rubric.least)):
        value = literal(operand)
        if value is not None and value.exact < 0:
            yield Flaw(IMPOSSIBLE, f"{name}写作{value.shown}", "不小于 0 的数")
    least = literal(rubric.least)
    if least is not None and least.exact > 1:
        yield Flaw(IMPOSSIBLE, f"最低比例写作{least.shown}", "不大于 1 的数")


@operands.register(Equality)
def _(rubric: Equality) -> Groups:
    return ((rubric.actual, rubric.target), (rubric.factor,))


@award.register(Equality)
def _(_rubric: Equality, case: Case) -> Award | Finding:
    (actual, target), (factor,) = case.values
    if actual.exact == target.exact:
        return full(case, f"{actual.told}，等于目标{target.shown}")
    if target.exact == 0:
        return nothing(f"{actual.told}，目标为 0，不等即不得分")
    deviation = abs(actual.exact - target.exact) / abs(target.exact)
    told = f"{actual.told}，目标{target.shown}，偏差{percent(deviation)}"
    return proportional(case, max(Fraction(0), 1 - factor.exact * deviation), told)


@flaws.register(Equality)
def _(rubric: Equality, _weight: Decimal) -> Iterator[Flaw]:
    yield from not_positive(rubric.factor, "偏差系数")


@operands.register(Interpolation)
def _(rubric: Interpolation) -> Groups:
    return ((rubric.actual, rubric.floor, rubric.full),)


@award.register(Interpolation)
def _(_rubric: Interpolation, case: Case) -> Award | Finding:
    ((actual, floor, ceiling),) = case.values
    if floor.exact == ceiling.exact:
        return NO_SCORE.at(case.place, f"零分点与满分点同为{floor.shown}", "两个不同的数")
    share = (actual.exact - floor.exact) / (ceiling.exact - floor.exact)
    told = f"{actual.told}，{floor.shown}得0分、{ceiling.shown}得满分，其间按直线插值"
    return proportional(case, max(Fraction(0), share), told)


@flaws.register(Interpolation)
def _(rubric: Interpolation, _weight: Decimal) -> Iterator[Flaw]:
    floor, ceiling = literal(rubric.floor), literal(rubric.full)
    if floor is not None and ceiling is not None and floor.exact == ceiling.exact:
        yield Flaw(IMPOSSIBLE, f"零分点与满分点同为{floor.shown}", "两个不同的数")


def part_of(case: Case, part: Value, whole: Value) -> Finding | Fraction:
    """The share of a part in its whole; a finding when there is no whole or the part exceeds it."""
    if whole.exact <= 0:
        return NO_SCORE.at(case.place, f"{whole.told}，没有可计算的总数", "大于 0 的总数，或把指标列为不适用")
    if not 0 <= part.exact <= whole.exact:
        return NO_SCORE.at(case.place, f"{part.told}，不在 0 与总数{whole.shown}之间", "部分不大于总数")
    return part.exact / whole.exact


@operands.register(OnTimeShare)
def _(rubric: OnTimeShare) -> Groups:
    return ((rubric.on_time, rubric.total),)


@award.register(OnTimeShare)
def _(_rubric: OnTimeShare, case: Case) -> Award | Finding:
    ((on_time, total),) = case.values
    share = part_of(case, on_time, total)
    return share if isinstance(share, Finding) else proportional(case, share, divided(on_time, total))


@operands.register(Accuracy)
def _(rubric: Accuracy) -> Groups:
    return ((rubric.wrong, rubric.checked),)


@award.register(Accuracy)
def _(_rubric: Accuracy, case: Case) -> Award | Finding:
    ((wrong, checked),) = case.values
    share = part_of(case, wrong, checked)
    if isinstance(share, Finding):
        return share
    return proportional(case, 1 - share, f"差错率 = {divided(wrong, checked)}，准确率{percent(1 - share)}")


@operands.register(Coverage)
def _(rubric: Coverage) -> Groups:
    return ((rubric.paid, rubric.entitled),)


@award.register(Coverage)
def _(_rubric: Coverage, case: Case) -> Award | Finding:
    ((paid, entitled),) = case.values
    if paid.exact > entitled.exact > 0:
        return full(case, f"{divided(paid, entitled)}，多付部分另计，不抵少付")
    share = part_of(case, paid, entitled)
    return share if isinstance(share, Finding) else proportional(case, share, divided(paid, entitled))


@operands.register(RecipientTotals)
def _(rubric: RecipientTotals) -> Groups:
    compared = tuple(operand for each in rubric.recipients for operand in (each.actual, each.target))
    return (compared, tuple(each.money for each in rubric.recipients))


@award.register(RecipientTotals)
def _(rubric: RecipientTotals, case: Case) -> Award | Finding:
    compared, money = case.values
    weights = [ONE] * len(money) if rubric.method is RecipientMethod.ABSOLUTE else [value.exact for value in money]
    actual, target = _weighted(compared[::2], weights), _weighted(compared[1::2], weights)
    if target <= 0 or min(weights) < 0:
        return NO_SCORE.at(case.place, "各受益单位的目标汇总后不大于 0，或有负的资金", "大于 0 的目标和资金")
    how = "相加" if rubric.method is RecipientMethod.ABSOLUTE else "按资金加权"
    told = f"{len(rubric.recipients)}个受益单位{how}，完成率 = {percent(actual / target)}"
    return proportional(case, actual / target, told)


def _weighted(values: Sequence[Value], weights: Sequence[Fraction]) -> Fraction:
    return sum((value.exact * weight for value, weight in zip(values, weights, strict=True)), Fraction(0))


@flaws.register(RecipientTotals)
def _(rubric: RecipientTotals, _weight: Decimal) -> Iterator[Flaw]:
    if not rubric.recipients:
        yield Flaw(IMPOSSIBLE, "没有列出受益单位", "至少一个受益单位")
