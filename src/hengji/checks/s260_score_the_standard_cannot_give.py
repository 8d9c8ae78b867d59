"""标准给不出这个得分。

## 查什么
评分标准能识别出计分规则的，写明的得分是不是这个标准可能给出的分数：一票式只有满分和 0 分，要素得分只有各要素分数的组合，分档和等级只有所列的分数。底稿另有标准的，用底稿的标准查底稿的得分。报告自己说明了改分的，只作提示。

## 为什么
得分不在标准给得出的分数之中，说明打分时没有用这个标准。

## 怎么改
按标准重新打分；标准确需变通的，修改标准并报委托方确认，在报告中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, disclosed, where
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.rubric import BandDeductions, Bands
from hengji.model.scorecard import Manner, Points, Record, Scorecard, Scored, Standard
from hengji.reading.scores.literal import MEASURED
from hengji.scoring.operands import points
from hengji.scoring.rubrics import attainable

CODE = "s260"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Awarded scores that are none of those that the standard printed beside them, or the indicator's first, can give."""
    for leaf in scorecard.leaves():
        first = next((each for each in leaf.standards if _is_ruled(each)), None)
        told: set[int] = set()
        for record in leaf.records:
            standard = record.standard or first
            weight = record.weight or leaf.weight
            if record.awarded is None or weight is None or standard is None or not _is_ruled(standard):
                continue
            if id(standard) in told or _can(standard, weight, record.awarded):
                continue
            told.add(id(standard))
            yield _finding(reading, leaf, record, standard)


def _is_ruled(standard: Standard) -> bool:
    """Whether a standard leaves only certain scores; a rate can give any."""
    rubric = standard.rubric
    return (
        standard.manner is Manner.RUBRIC
        and rubric is not None
        and (not isinstance(rubric, MEASURED) or isinstance(rubric, Bands | BandDeductions))
    )


def _can(standard: Standard, weight: Points, awarded: Points) -> bool:
    assert standard.rubric is not None
    return (
        weight.value <= 0 or awarded.value > weight.value or awarded.value in attainable(standard.rubric, weight.value)
    )


def _finding(reading: Reading, leaf: Scored, record: Record, standard: Standard) -> Finding:
    weight = record.weight or leaf.weight
    assert record.awarded is not None
    assert weight is not None
    assert standard.rubric is not None
    can = attainable(standard.rubric, weight.value)
    sure = standard.confidence is Confidence.CERTAIN
    found = f"{where(record)}中{called(leaf)}得{points(record.awarded.value)}分，而评分标准只给得出{can}"
    fault = Fault(
        CODE,
        Severity.NOTE if disclosed(leaf) else Severity.ERROR if sure else Severity.WARNING,
        found,
        str(can),
        "按标准重新打分，或修改标准并说明",
        f"{points(record.awarded.value)}分 ∉ {{{can}}}",
        standard.confidence,
    )
    return remark(reading, fault, record.awarded.span, *standard.wording.spans)
