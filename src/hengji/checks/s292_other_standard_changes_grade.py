"""按另一处的标准，等级不同。

## 查什么
同一指标在两处的评分标准不同（每处扣的分不同，或一处没有某一档）的，把得分按另一处的标准换算：扣几处仍扣几处，没有的那一档降到下一档；合计后的总分
按等级划分是不是另一等。

## 为什么
报告印了两套标准，按一套是“良”，按另一套是“中”，等级就站不住。

## 怎么改
确认评价方案用的是哪一套，统一标准后重新打分、定级。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.rubric import DefectDeductions, GradedJudgement
from hengji.model.scorecard import Manner, Scorecard, Scored
from hengji.reading.scores.literal import grade_of
from hengji.scoring.operands import points

CODE = "s292"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """A total whose grade is another one by the standards of the second place."""
    if not scorecard.totals:
        return
    changed = [
        (leaf, leaf.awarded.value, other)
        for leaf in scorecard.leaves()
        if leaf.awarded and (other := _otherwise(leaf)) is not None
    ]
    total = scorecard.totals[0]
    lost = sum((awarded - other for _, awarded, other in changed), Decimal(0))
    own, its = (grade_of(scorecard.bands, each) for each in (total.value, total.value - lost))
    if not (own and its) or own == its:
        return
    told = "；".join(f"{called(leaf)}{points(awarded)}分→{points(other)}分" for leaf, awarded, other in changed)
    found = f"按另一处印的评分标准，总分{points(total.value)}分成为{points(total.value - lost)}分，等级由“{own}”变为“{its}”（{told}）"
    fault = Fault(CODE, Severity.WARNING, found, "一套标准", "确认用哪一套标准，重新打分定级", told, Confidence.LIKELY)
    bands = [band.span for band in scorecard.bands if band.name == its]
    standards = [leaf.standards[-1].wording.span for leaf, _, _ in changed]
    yield remark(reading, fault, total.span, *bands, *standards)


def _otherwise(leaf: Scored) -> Decimal | None:
    """What the standard of another place gives for what was found; None where it is the same or does not decide."""
    awarded, weight = leaf.awarded, leaf.weight
    ruled = [each.rubric for each in leaf.standards if each.manner is Manner.RUBRIC and each.rubric is not None]
    if awarded is None or weight is None or not ruled:
        return None
    own = ruled[0]
    for other in ruled[1:]:
        result = None
        if isinstance(own, DefectDeductions) and isinstance(other, DefectDeductions) and own.deduction:
            defects, odd = divmod(weight.value - awarded.value, own.deduction)
            result = max(Decimal(0), weight.value - defects * other.deduction) if not odd else None
        elif isinstance(own, GradedJudgement) and isinstance(other, GradedJudgement):
            steps = [grade.points for grade in other.grades]
            below = [each for each in steps if each < awarded.value]
            result = max(below, default=None) if awarded.value not in steps else None
        if result is not None and result != awarded.value:
            return result
    return None
