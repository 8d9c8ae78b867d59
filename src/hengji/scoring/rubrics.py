"""Rubrics: from figures and judgements to points, for every shape of standard.

For all shapes: a score is never below 0 (扣完为止) nor above the weight (以分值为限), it is exact until it is rounded
once to two decimals, half-up, and every operand must be had, or there are findings instead of a score. What each
shape does where its formula stops to have a meaning:

- 比例, 超额调减, 汇总完成: a target of 0 or less gives no score (R206); more than 100 % gives the weight.
- 正向完成 (≥): reaching the target gives the weight whatever its sign, so a target of 0 is met by 0; missing a target
  of 0 or less gives no score, since the proportion means nothing.
- 反向完成 (≤): an actual of 0, or any up to the target, gives the weight; above a target of 0 the score is 0; a
  negative target gives no score unless ``upper`` makes the scale linear.
- 等值: with a target of 0 anything else gives 0, the relative deviation being undefined.
- 门槛比例: exactly at a threshold that the standard does not assign gives no score.
- 分档 and its kin: a value in no band, or in two bands of different points, gives no score.
- 及时率, 准确率: a total of 0, or a part larger than its total, gives no score. 应补尽补率: paying more than is due
  gives the weight and no more.
- 逐级扣分, 逾期扣分: a begun unit counts whole; nothing short or late gives the weight.
- 成本节约, 变动率: a plan or base of 0 or less gives no score.
- 专家评分: 去最高最低平均 needs five experts; each score within 0 and the weight.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hengji.model.figure import Figures
from hengji.model.finding import Finding, Place
from hengji.model.indicator import Judgement
from hengji.model.money import Rounding, round_to
from hengji.model.rubric import (
    AllOrNothing,
    Checklist,
    DefectDeductions,
    Discretionary,
    ExpertPanel,
    GradedJudgement,
    MissDeductions,
    PartialCredit,
    QualitativeTiers,
    Rubric,
)
from hengji.model.score import Attainable, Result
from hengji.scoring import banded, elements, judged, measured, stepped  # noqa: F401  they register the shapes
from hengji.scoring.faults import IMPOSSIBLE, NOT_JUDGED, POINTS_DIFFER
from hengji.scoring.operands import points, read_alike
from hengji.scoring.shape import Award, Case, Findings, award, flaws, most, operands, reach

PLACES = 2
NOWHERE = Place()
JUDGED = (
    Checklist,
    MissDeductions,
    AllOrNothing,
    PartialCredit,
    GradedJudgement,
    DefectDeductions,
    Discretionary,
    QualitativeTiers,
    ExpertPanel,
)


def score(
    rubric: Rubric,
    weight: Decimal,
    judgement: Judgement | None,
    figures: Figures,
    place: Place = NOWHERE,
    paper: Place | None = None,
    rounding: Rounding = Rounding.HALF_UP,
) -> Result | Findings:
    """The points that the standard gives, with the computation as a sentence; or everything that stands in the way.

    ``place`` is where the standard stands, ``paper`` where the judgement does (default: the same).
    """
    paper = paper or place
    if isinstance(rubric, JUDGED) and judgement is None:
        return (NOT_JUDGED.at(paper, "没有评判"),)
    read = [read_alike(group, figures, place) for group in operands(rubric)]
    findings = tuple(finding for _, found in read for finding in found)
    if findings:
        return findings
    values = tuple(group for group, _ in read)
    case = Case(weight, judgement or Judgement(by=""), values, place, paper)
    given = award(rubric, case)
    if isinstance(given, Finding):
        return (given,)
    inputs = dict.fromkeys(value.figure for group in values for value in group if value.figure)
    return _result(given, weight, rounding, tuple(inputs))


def _result(given: Award, weight: Decimal, rounding: Rounding, inputs: tuple[str, ...]) -> Result:
    exact = _held(given.points, weight)
    rounded = round_to(exact, PLACES, rounding)
    limit = "，扣完为止" if given.points < exact else "，以分值为限" if given.points > exact else ""
    lost = f"，扣{points(weight - rounded)}分" if rounded < weight else ""
    return Result(exact, rounded, f"{given.because}{limit}，得{points(rounded)}分{lost}", inputs)


def _held(given: Fraction | Decimal, weight: Decimal) -> Fraction:
    """Never below 0, never above the weight."""
    return max(Fraction(0), min(Fraction(weight), Fraction(given)))


def attainable(rubric: Rubric, weight: Decimal, rounding: Rounding = Rounding.HALF_UP) -> Attainable:
    """The scores that the standard can give, held within 0 and the weight and rounded as scores are."""

    def printed(given: Decimal) -> Decimal:
        return round_to(_held(given, weight), PLACES, rounding)

    reached = reach(rubric, weight)
    spans = tuple((printed(low), printed(high)) for low, high in reached.spans)
    singles = {printed(point) for point in reached.points}
    return Attainable(tuple(sorted(p for p in singles if not any(low <= p <= high for low, high in spans))), spans)


def printed_points(rubric: Rubric) -> Decimal | None:
    """The most that the printed points add up to; None where the standard prints no points of its own."""
    return most(rubric)


def faults(rubric: Rubric, weight: Decimal, place: Place = NOWHERE) -> Findings:
    """What is wrong with the standard itself: errors where it can give no score, warnings where it is only printed badly."""
    findings = [flaw.fault.at(place, flaw.found, flaw.expected) for flaw in flaws(rubric, weight)]
    if weight <= 0:
        findings.append(IMPOSSIBLE.at(place, f"分值为{points(weight)}分", "大于 0 的分值"))
    printed = most(rubric)
    if printed is not None and printed != weight:
        found = f"标准所列分数合计（最高）{points(printed)}分，分值{points(weight)}分"
        findings.append(POINTS_DIFFER.at(place, found, f"{points(weight)}分"))
    return tuple(findings)
