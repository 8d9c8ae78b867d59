"""The score that a printed standard gives, where it decides: computed from the report's own numbers, conceded by it, or accepted.

Nothing is guessed: where the awarded score is one that the standard can give, it is accepted; where it is not and the standard leaves
only one other, that one counts; otherwise it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.review import Rescore
from hengji.model.rubric import (
    AllOrNothing,
    BandDeductions,
    Bands,
    Checklist,
    GradedJudgement,
    Ratio,
    Rubric,
    Satisfaction,
    StepDeductions,
    ThresholdRatio,
)
from hengji.model.score import Result
from hengji.model.scorecard import Decided, GradeRange, Literal, Manner, Points, Scorecard, Scored, Standard
from hengji.reading.scores.inputs import Input, inputs_of
from hengji.scoring.rubrics import attainable, score

MEASURED = (Ratio, ThresholdRatio, Bands, BandDeductions, Satisfaction, StepDeductions)
_TWO = 2
_TENTHS, _HUNDREDTHS = Fraction(1, 20), Fraction(1, 200)
_DEFECT = pattern(
    r"不及时|未及时|未按(?:时|期|规定|要求|计划)|未(?:能)?完成|未见(?!超|违|挪|截|虚|异常|不|问题|明显|套取|挤占)|未提供|未建立|未制定|未编制|未归档|不符合|不规范|不完整|不健全|不完善|缺少|缺失|滞后|超期|逾期|不到位|未落实|违反"
)
_DENIED = pattern(r"(?:未发现|不存在|没有|未出现|无|未见)[^。;,]{0,16}$|是否[^。;,]{0,12}$|避免[^。;,]{0,8}$")


def rounding_of(roots: Sequence[Scored]) -> Fraction:
    """By how much a printed score may be off: half a tenth where no indicator's score has more decimals, else half a hundredth."""
    leaves = (node for root in roots for node in root.walk() if not node.children and node.awarded)
    places = max((-int(leaf.awarded.value.as_tuple().exponent) for leaf in leaves if leaf.awarded), default=0)
    return _TENTHS if places == 1 else _HUNDREDTHS


def literal_of(reading: Reading, leaf: Scored, tolerance: Fraction) -> Literal | None:
    """What its standard gives an indicator without children; None where no score of it is printed. Scores are rounded by ``tolerance``."""
    awarded, weight = leaf.awarded, leaf.weight
    if awarded is None or weight is None:
        return None
    ruled = [each for each in leaf.standards if each.rubric is not None and each.manner is Manner.RUBRIC]
    if not ruled:
        return Literal(awarded.value, Decided.ACCEPTED if leaf.standards else Decided.OPEN)
    for standard in ruled:
        computed = _computed(reading, leaf, standard, weight.value, awarded.value, tolerance)
        if computed is not None:
            return computed
    if any(_gives(standard, weight.value, awarded.value) for standard in ruled):
        return Literal(awarded.value, Decided.ACCEPTED, standard=ruled[0])
    return _impossible(ruled[0], weight, awarded)


def _gives(standard: Standard, weight: Decimal, awarded: Decimal) -> bool:
    assert standard.rubric is not None
    return awarded in attainable(standard.rubric, weight)


def _impossible(standard: Standard, weight: Points, awarded: Points) -> Literal:
    assert standard.rubric is not None
    can = attainable(standard.rubric, weight.value)
    top = max((*can.points, *(high for _, high in can.spans)), default=Decimal(0))
    if awarded.value > top:
        return Literal(top, Decided.CAPPED, f"标准最多给{top.normalize():f}分", standard)
    if _is_all_or_nothing(standard.rubric):
        return Literal(Decimal(0), Decided.CONCEDED, f"标准只能给{can}，没有给满分即为0分", standard)
    return Literal(None, Decided.OPEN, f"标准只能给{can}", standard)


def _is_all_or_nothing(rubric: Rubric) -> bool:
    if isinstance(rubric, GradedJudgement):
        return len(rubric.grades) == _TWO and any(grade.points == 0 for grade in rubric.grades)
    return isinstance(rubric, AllOrNothing) or (isinstance(rubric, Checklist) and len(rubric.elements) == 1)


def _computed(
    reading: Reading, leaf: Scored, standard: Standard, weight: Decimal, awarded: Decimal, tolerance: Fraction
) -> Literal | None:
    if not isinstance(standard.rubric, MEASURED):
        return None
    results = []
    for given in inputs_of(reading, leaf, standard):
        scores = [_score(standard.rubric, weight, rate) for rate in (given.low, given.rate, given.high)]
        low, middle, high = scores
        if low is None or middle is None or high is None:
            continue
        ends = sorted((low, high, *_other_ways(standard.rubric, weight, given.rate)))
        if Fraction(ends[0]) - tolerance <= Fraction(awarded) <= Fraction(ends[-1]) + tolerance:
            return Literal(awarded, Decided.COMPUTED, _sum(standard, weight, given, awarded), standard, given.spans)
        results.append((middle, given))
    if not results:
        return None
    middle, given = results[0]
    return Literal(middle, Decided.COMPUTED, _sum(standard, weight, given, middle), standard, given.spans)


def _other_ways(rubric: Rubric, weight: Decimal, rate: Fraction) -> list[Decimal]:
    """What else a standard may mean: a deduction for each point of percent with a part of one as none or as one; points in proportion
    to the threshold (未达到的按比例得分)."""
    if isinstance(rubric, ThresholdRatio):
        asked = Fraction(str(rubric.threshold).rstrip("%")) / 100
        return [round_to(Fraction(weight) * rate / asked, 2)] if rate < asked else []
    if not isinstance(rubric, StepDeductions):
        return []
    ends = (Fraction(floor(rate * 100), 100), Fraction(ceil(rate * 100), 100))
    return [found for each in ends if (found := _score(rubric, weight, each)) is not None]


def _sum(standard: Standard, weight: Decimal, given: Input, result: Decimal) -> str:
    if isinstance(standard.rubric, Ratio | Satisfaction):
        return f"{weight.normalize():f}分 × {given.shown} = {result.normalize():f}分"
    return f"{given.shown}，按标准得{result.normalize():f}分"


def _score(rubric: Rubric, weight: Decimal, rate: Fraction) -> Decimal | None:
    percent = Decimal(rate.numerator * 10**12 // rate.denominator).scaleb(-10)
    operand = f"{max(percent, Decimal(0)):f}%"
    assert isinstance(rubric, MEASURED)
    result = score(replace(rubric, actual=operand), weight, None, {})
    return result.score if isinstance(result, Result) else None


def defects_in(text: str) -> list[re.Match[str]]:
    """The places where a text says that something is wrong, not that nothing is."""
    return [
        match
        for match in _DEFECT.finditer(text)
        if not _DENIED.search(text[max(0, match.start() - 20) : match.start()])
    ]


def rescored(card: Scorecard) -> Rescore | None:
    """The total and grade awarded, and those that the printed standards give; None where no total is printed."""
    if not card.totals:
        return None
    awarded = card.totals[0].value
    leaves = list(card.leaves())
    literal = None
    decided = [leaf.literal for leaf in leaves]
    if any(each and each.standard for each in decided) and all(each and each.score is not None for each in decided):
        literal = round_to(
            Fraction(sum((each.score for each in decided if each and each.score is not None), Decimal(0))), 2
        )
    given = next((grade for grade in card.grades if grade.points and grade.points.value == awarded), None)
    grade = given.name if given else ""
    own = grade_of(card.bands, awarded)
    if literal is None:
        return Rescore(awarded, None, grade or own)
    its = grade_of(card.bands, literal)
    return Rescore(awarded, literal, grade or own, (grade or own) if its == own else its)


def grade_of(bands: tuple[GradeRange, ...], points: Decimal) -> str:
    """The declared grade of a number of points; empty where none is certain."""
    return next((band.name for band in bands if points in band.interval), "")
