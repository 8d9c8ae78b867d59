"""同一指标有两种评分标准。

## 查什么
指标表与工作底稿（或另一张表）中同一指标的评分标准，计分规则是否相同：每处扣几分、有哪几个等级、各给几分、各要点几分。只是措辞不同的不算。

## 为什么
同样的事实，按两种标准打出两个分。

## 怎么改
以确认的评价方案为准，把各处的标准改成一致，并按它重新打分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.rubric import Checklist, DefectDeductions, GradedJudgement, Rubric
from hengji.model.scorecard import Manner, Scorecard, Standard
from hengji.scoring.operands import points

CODE = "s263"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators whose standards give different points."""
    for leaf in scorecard.leaves():
        ruled = [each for each in leaf.standards if each.manner is Manner.RUBRIC and each.rubric is not None]
        for other in ruled[1:]:
            if _rule(other) and _rule(ruled[0]) and _rule(other) != _rule(ruled[0]):
                found = f"{called(leaf)}的评分标准一处是“{_rule(ruled[0])}”，另一处是“{_rule(other)}”"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "各处的标准相同",
                    "以确认的评价方案为准改成一致",
                    "",
                    Confidence.LIKELY,
                )
                yield remark(reading, fault, other.wording.span, *ruled[0].wording.spans)


def _rule(standard: Standard) -> str:
    """The points that a standard gives, in few words; empty for shapes whose words differ without a difference."""
    assert standard.rubric is not None
    return _shown(standard.rubric)


def _shown(rubric: Rubric) -> str:
    match rubric:
        case DefectDeductions():
            return f"每处扣{points(rubric.deduction)}分"
        case GradedJudgement():
            return "、".join(
                f"{points(each)}分" for each in sorted({grade.points for grade in rubric.grades}, reverse=True)
            )
        case Checklist():
            return "、".join(f"{points(element.points)}分" for element in rubric.elements)
        case _:
            return ""
