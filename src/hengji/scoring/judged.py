"""Shapes in which a person judges: grades, discretion, tiers, experts; and scores that are only known (M09, M11, M18, M25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from hengji.model.band import Edge, QualitativeTier
from hengji.model.finding import Finding
from hengji.model.indicator import ExpertScore
from hengji.model.rubric import Discretionary, ExpertMethod, ExpertPanel, GradedJudgement, QualitativeTiers, Stated
from hengji.model.score import Attainable
from hengji.scoring.faults import IMPOSSIBLE, JUDGEMENT_MISFIT, NOT_JUDGED, NOT_OPERABLE
from hengji.scoring.intervals import End, Interval, misfits
from hengji.scoring.operands import points
from hengji.scoring.shape import Award, Case, Flaw, award, flaws, most, reach

FEWEST_TO_TRIM = 5


@award.register(GradedJudgement)
def _(rubric: GradedJudgement, case: Case) -> Award | Finding:
    names = "、".join(grade.name for grade in rubric.grades)
    if not case.judgement.grade:
        return NOT_JUDGED.at(case.paper, "没有评定等次", names)
    for grade in rubric.grades:
        if grade.name == case.judgement.grade:
            why = f"（{case.judgement.reason.rstrip('。')}）" if case.judgement.reason else ""
            return Award(Fraction(grade.points), f"评定为“{grade.name}”{why}")
    return JUDGEMENT_MISFIT.at(case.paper, f"评定的等次“{case.judgement.grade}”不在标准之内", names)


@reach.register(GradedJudgement)
def _(rubric: GradedJudgement, _weight: Decimal) -> Attainable:
    return Attainable(tuple(grade.points for grade in rubric.grades))


@most.register(GradedJudgement)
def _(rubric: GradedJudgement) -> Decimal | None:
    return max((grade.points for grade in rubric.grades), default=Decimal(0))


@flaws.register(GradedJudgement)
def _(rubric: GradedJudgement, _weight: Decimal) -> Iterator[Flaw]:
    if not rubric.grades:
        yield Flaw(IMPOSSIBLE, "标准没有列出等次", "至少两个等次")
    for name, count in Counter(grade.name for grade in rubric.grades).items():
        if count > 1:
            yield Flaw(IMPOSSIBLE, f"等次“{name}”列了{count}次", "等次名称各不相同")
    for grade in rubric.grades:
        if grade.points < 0:
            yield Flaw(IMPOSSIBLE, f"等次“{grade.name}”的分数是{points(grade.points)}", "0 分以上")


@award.register(Discretionary)
def _(_rubric: Discretionary, case: Case) -> Award | Finding:
    chosen, reason = case.judgement.score, case.judgement.reason
    if chosen is None or not reason:
        return NOT_JUDGED.at(case.paper, "酌情打分没有写明分数或理由", "分数和理由")
    if not 0 <= chosen <= case.weight:
        return JUDGEMENT_MISFIT.at(case.paper, f"酌情打{points(chosen)}分", f"0～{points(case.weight)}分")
    return Award(Fraction(chosen), f"酌情评定（{reason.rstrip('。')}）")


@flaws.register(Discretionary)
def _(_rubric: Discretionary, _weight: Decimal) -> Iterator[Flaw]:
    yield Flaw(NOT_OPERABLE, "标准只说酌情打分，没有尺度")


@award.register(QualitativeTiers)
def _(rubric: QualitativeTiers, case: Case) -> Award | Finding:
    judgement = case.judgement
    tiers = {tier.name: tier for tier in rubric.tiers}
    if not judgement.grade:
        return NOT_JUDGED.at(case.paper, "没有评定档次", "、".join(tiers))
    if judgement.grade not in tiers:
        return JUDGEMENT_MISFIT.at(case.paper, f"评定的档次“{judgement.grade}”不在标准之内", "、".join(tiers))
    tier = tiers[judgement.grade]
    coefficient = tier.low if judgement.coefficient is None and tier.low == tier.high else judgement.coefficient
    if coefficient is None:
        return NOT_JUDGED.at(case.paper, f"没有写明“{tier.name}”档内的系数", f"系数{_range(tier)}")
    if Fraction(coefficient) not in _range(tier):
        return JUDGEMENT_MISFIT.at(case.paper, f"系数{coefficient}不在“{tier.name}”档之内", f"系数{_range(tier)}")
    why = f"（{judgement.reason.rstrip('。')}）" if judgement.reason else ""
    told = f"评定为“{tier.name}”{why}，{points(case.weight)}分×{coefficient}"
    return Award(Fraction(case.weight * coefficient), told)


def _range(tier: QualitativeTier) -> Interval:
    low = End(Fraction(tier.low), f"{tier.low}", Edge.INCLUDED)
    return Interval(low, End(Fraction(tier.high), f"{tier.high}", tier.high_edge))


@reach.register(QualitativeTiers)
def _(rubric: QualitativeTiers, weight: Decimal) -> Attainable:
    # an excluded end is reached by rounding: 10 × 0.79999 is 8.00
    return Attainable(spans=tuple((weight * tier.low, weight * tier.high) for tier in rubric.tiers))


@flaws.register(QualitativeTiers)
def _(rubric: QualitativeTiers, _weight: Decimal) -> Iterator[Flaw]:
    if not rubric.tiers:
        yield Flaw(IMPOSSIBLE, "标准没有列出档次", "至少两个档次")
    for tier in rubric.tiers:
        if not 0 <= tier.low <= tier.high <= 1:
            yield Flaw(IMPOSSIBLE, f"“{tier.name}”档的系数从{tier.low}到{tier.high}", "在 0 与 1 之间，由小到大")
    yield from misfits((_range(tier) for tier in rubric.tiers), Fraction(0), Fraction(1))


@award.register(ExpertPanel)
def _(rubric: ExpertPanel, case: Case) -> Award | Finding:
    given = case.judgement.experts
    if not given:
        return NOT_JUDGED.at(case.paper, "没有专家评分", "逐位专家的评分")
    scores = sorted(expert.score for expert in given)
    if scores[0] < 0 or scores[-1] > case.weight:
        spread = f"{points(scores[0])}～{points(scores[-1])}分"
        return JUDGEMENT_MISFIT.at(case.paper, f"专家评分在{spread}之间", f"0～{points(case.weight)}分")
    if rubric.method is ExpertMethod.TRIMMED and len(scores) < FEWEST_TO_TRIM:
        return JUDGEMENT_MISFIT.at(case.paper, f"只有{len(scores)}位专家，不能去最高最低", f"{FEWEST_TO_TRIM}位以上")
    if rubric.method is ExpertMethod.WEIGHTED and (
        min(e.weight for e in given) < 0 or not sum(e.weight for e in given)
    ):
        return JUDGEMENT_MISFIT.at(case.paper, "专家权重有负数或全部为 0", "合计大于 0 的权重")
    told = f"{len(scores)}位专家评分{points(scores[0])}～{points(scores[-1])}分，标准差{_deviation(scores)}"
    return Award(_together(rubric.method, given), f"{told}，取{rubric.method.value}")


def _together(method: ExpertMethod, given: Sequence[ExpertScore]) -> Fraction:
    scores = sorted(Fraction(expert.score) for expert in given)
    match method:
        case ExpertMethod.MEAN:
            return sum(scores, Fraction(0)) / len(scores)
        case ExpertMethod.MEDIAN:
            from statistics import median

            return median(scores)
        case ExpertMethod.TRIMMED:
            return sum(scores[1:-1], Fraction(0)) / (len(scores) - 2)
        case ExpertMethod.WEIGHTED:
            weighted = sum((Fraction(expert.score * expert.weight) for expert in given), Fraction(0))
            return weighted / sum((Fraction(expert.weight) for expert in given), Fraction(0))


def _deviation(scores: Sequence[Decimal]) -> str:
    """The sample standard deviation; 0 for a single expert."""
    if len(scores) == 1:
        return "0"
    exact = [Fraction(score) for score in scores]
    mean = sum(exact, Fraction(0)) / len(exact)
    variance = sum(((score - mean) ** 2 for score in exact), Fraction(0)) / (len(exact) - 1)
    with localcontext(prec=40):
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return points(root)


@award.register(Stated)
def _(rubric: Stated, _case: Case) -> Award | Finding:
    return Award(Fraction(rubric.score), f"已公布得分，来源：{rubric.source}，标准未公布，不能复算")


@reach.register(Stated)
def _(rubric: Stated, _weight: Decimal) -> Attainable:
    return Attainable((rubric.score,))


@flaws.register(Stated)
def _(rubric: Stated, weight: Decimal) -> Iterator[Flaw]:
    if not 0 <= rubric.score <= weight:
        yield Flaw(IMPOSSIBLE, f"已公布得分{points(rubric.score)}分，分值{points(weight)}分", "得分在 0 与分值之间")
    if not rubric.source:
        yield Flaw(NOT_OPERABLE, "已公布得分没有写明来源", "文件和页次")
