"""有的评分要点没有提到。

## 查什么
得满分的末级指标，评分标准逐条列出并各有分数的要点，在正文和底稿的分析中是否都提到过（要点中的主要用词有没有出现）。

## 为什么
没有核查的要点照样给分，满分就没有依据。

## 怎么改
逐条写明每个要点的核查情况。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Criterion, Scorecard, Where
from hengji.scoring.operands import points

CODE = "s279"
_STOP = pattern(
    r"是否|项目|符合|规定|相关|要求|进行|具有|工作|情况|以及|必要|已经|按照|标准|评价|实施|专项资金|资金|绩效|准确|完整|有效|合理|规范|明确"
)
_PARTS = pattern(r"[,、;。:()“”《》及和与或的、/]|是否|已经过|经过")
_SHORTEST = 3
_FEWEST = 3


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Criteria with points, none of whose words stand in the analysis of a leaf with full marks."""
    for leaf in scorecard.leaves():
        full = full_marks(leaf)
        if full is None or not leaf.analyses:
            continue
        told = "".join(each.text for each in leaf.analyses)
        standard = next((each for each in leaf.standards if len(each.criteria) > 1), None)
        for criterion in standard.criteria if standard else ():
            if criterion.points is not None and _unspoken(criterion, told):
                found = f"{called(leaf)}得满分，其中一个要点（{points(criterion.points)}分）在分析中没有提到"
                fault = Fault(CODE, Severity.NOTE, found, "每个要点的核查情况", "逐条写明", "", Confidence.POSSIBLE)
                told_in = (record.analysis.span for record in leaf.of(Where.TEXT)[:1] if record.analysis)
                yield remark(reading, fault, criterion.span, full.span, *told_in)


def _unspoken(criterion: Criterion, told: str) -> bool:
    words = [word for word in (_STOP.sub("", part) for part in _PARTS.split(criterion.text)) if len(word) >= _SHORTEST]
    return len(words) >= _FEWEST and not any(_stands(word, told) for word in words)


def _stands(word: str, told: str) -> bool:
    """Whether a word, or its greater part, is told."""
    half = len(word) if len(word) == _SHORTEST else len(word) // 2 + 1
    return any(word[at : at + half] in told for at in range(len(word) - half + 1))
