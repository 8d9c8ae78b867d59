"""评分标准所列分数合计不等于分值。

## 查什么
评分标准中各要点的分数之和，或所列的最高一档，是否等于指标的分值。

## 为什么
照标准打不出满分，或会超过满分，得分因此说不清。

## 怎么改
调整分值或标准所列分数，使两者一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, disclosed
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.rubric import Checklist
from hengji.model.scorecard import Manner, Record, Scorecard, Scored, Standard
from hengji.scoring.operands import points
from hengji.scoring.rubrics import printed_points

CODE = "s261"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Standards whose printed points come to more or less than the weight; one that stands in several places is told once."""
    for leaf in scorecard.leaves():
        told: set[str] = set()
        for record in leaf.records:
            weight = record.weight or leaf.weight
            standard = record.standard
            if (
                standard is None
                or weight is None
                or standard.manner is not Manner.RUBRIC
                or standard.rubric is None
                or standard.full
            ):
                continue
            printed = printed_points(standard.rubric)
            if printed is None or printed == weight.value or standard.wording.text in told:
                continue
            told.add(standard.wording.text)
            yield _finding(reading, leaf, record, standard)


def _finding(reading: Reading, leaf: Scored, record: Record, standard: Standard) -> Finding:
    weight = record.weight or leaf.weight
    assert weight is not None
    assert standard.rubric is not None
    printed = printed_points(standard.rubric)
    assert printed is not None
    sums = f"{points(printed)}分 ≠ {points(weight.value)}分"
    sure = standard.confidence is Confidence.CERTAIN
    if isinstance(standard.rubric, Checklist):
        sums = f"{' + '.join(f'{points(each.points)}分' for each in standard.rubric.elements)} = {sums}"
    found = f"{called(leaf)}分值{points(weight.value)}分，评分标准所列分数合计（最高）{points(printed)}分"
    severity = Severity.NOTE if disclosed(leaf) else Severity.ERROR if sure else Severity.WARNING
    fault = Fault(
        CODE, severity, found, f"{points(weight.value)}分", "使标准所列分数与分值一致", sums, standard.confidence
    )
    return remark(reading, fault, standard.wording.span, weight.span)
