"""A judgement that gives a published score by a standard, or an override where the standard cannot give it."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from hengji.model.indicator import Defect, ElementVerdict, Judgement, Override, Verdict
from hengji.model.rubric import AllOrNothing, Checklist, DefectDeductions, Discretionary, GradedJudgement, Rubric

BY = "公布的报告"
_UNSAID = "报告没有逐项说明，按得分反推，待核"
_MOST_ELEMENTS = 12
_ZERO = Decimal(0)
Judged = tuple[Judgement | None, Override | None, str]


def judged(rubric: Rubric, weight: Decimal, score: Decimal, source: str) -> Judged:
    """The judgement, the override where one is needed, and what a person should look at; empty when nothing."""
    match rubric:
        case Discretionary():
            return Judgement(BY, source, score=score), None, ""
        case Checklist(elements=elements):
            return _elements(tuple(each.points for each in elements), min(score, weight), score, source)
        case AllOrNothing(elements=elements):
            met = score >= weight
            verdicts = tuple(ElementVerdict(Verdict.MET if met else Verdict.MISSED, source) for _ in elements)
            return _overridden(Judgement(BY, source, elements=verdicts), weight if met else _ZERO, score, source)
        case GradedJudgement(grades=grades):
            grade = min(grades, key=lambda each: (abs(each.points - score), -each.points))
            return _overridden(Judgement(BY, source, grade=grade.name), grade.points, score, source)
        case DefectDeductions(deduction=deduction) if deduction > 0:
            count = max(int((weight - score) / deduction), 0)
            defects = tuple(Defect(f"（待核：第{number}处，报告没有逐处列出）") for number in range(1, count + 1))
            given = max(weight - deduction * count, _ZERO)
            return _overridden(
                Judgement(BY, source, defects=defects), given, score, source, "的缺陷处数按得分反推" if count else ""
            )
        case _:
            return None, Override(score, f"按公布的得分记录；{source}", BY), ""


def _elements(points: tuple[Decimal, ...], wanted: Decimal, score: Decimal, source: str) -> Judged:
    """Verdicts whose points come to the score, or as near below it as they can."""
    met = set(_choice(points, wanted))
    verdicts = tuple(
        ElementVerdict(Verdict.MET if index in met else Verdict.MISSED, source if len(met) == len(points) else _UNSAID)
        for index in range(len(points))
    )
    given = sum((points[index] for index in met), _ZERO)
    doubt = "哪些要点不符合按得分反推" if 0 < len(met) < len(points) else ""
    return _overridden(Judgement(BY, source, elements=verdicts), given, score, source, doubt)


def _choice(points: tuple[Decimal, ...], wanted: Decimal) -> tuple[int, ...]:
    """The elements that come nearest to what is wanted without going over; of equals, the first ones."""
    if len(points) > _MOST_ELEMENTS:
        return tuple(range(len(points))) if sum(points, _ZERO) <= wanted else ()
    every = (each for size in range(len(points), -1, -1) for each in combinations(range(len(points)), size))
    sums = ((sum((points[index] for index in each), _ZERO), each) for each in every)
    return max((each for each in sums if each[0] <= wanted), key=lambda each: each[0], default=(_ZERO, ()))[1]


def _overridden(judgement: Judgement, given: Decimal, score: Decimal, source: str, doubt: str = "") -> Judged:
    if given == score:
        return judgement, None, doubt
    return (
        judgement,
        Override(score, f"标准给{given.normalize():f}分，按公布的得分记录；{source}", BY),
        f"的得分{score.normalize():f}分不是标准给得出的，记为人工改分",
    )
