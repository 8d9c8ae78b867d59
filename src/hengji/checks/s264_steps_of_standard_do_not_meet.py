"""评分标准的分档有空档、重叠或端点不明。

## 查什么
评分标准分档给分的，相邻两档是否首尾相接：中间有没有空档、有没有重叠、端点归哪一档是否写明。“超过95%…低于95%…”这样两头都不含的，也算空档；“80%-90%以下”不知含不含80%的，作为提示。

## 为什么
数值恰在端点或落在空档时，同一事实可以打出两个分，或打不出分。

## 怎么改
写明端点“含”还是“不含”，补上缺少的档。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scales import meetings
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.rubric import ThresholdRatio
from hengji.model.scorecard import Scorecard, Scored, Standard
from hengji.reading.folding import fold

CODE = "s264"
_N = r"\d+(?:\.\d+)?(?:%|分)?"
_TWO_WAYS = pattern(rf"(?P<low>{_N})(?:-|~|—|至|到)(?P<high>{_N})以下(?!\()")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Steps of a standard that leave values open; a standard that stands in several places is told once."""
    for leaf in scorecard.leaves():
        told: set[str] = set()
        for standard in leaf.standards:
            if standard.wording.text not in told:
                told.add(standard.wording.text)
                yield from _of(reading, leaf, standard)


def _of(reading: Reading, leaf: Scored, standard: Standard) -> Iterator[Finding]:
    rubric = standard.rubric
    if isinstance(rubric, ThresholdRatio):
        if rubric.edge is None and standard.steps:
            found = f"{called(leaf)}的评分标准没有写明恰为{rubric.threshold}时怎样得分"
            fault = Fault(CODE, Severity.WARNING, found, "每个数值恰属一档", "写明端点含在哪一档")
            yield remark(reading, fault, standard.wording.spans[-1])
        return
    steps = standard.steps
    for low, high, word in meetings(tuple(step.interval for step in steps)):
        found = f"{called(leaf)}的评分标准分档不严密：{word}"
        fault = Fault(CODE, Severity.WARNING, found, "每个数值恰属一档", "写明端点含在哪一档，补上缺少的档")
        yield remark(reading, fault, steps[low].span, steps[high].span)
    for step in steps:
        words = _TWO_WAYS.match(fold(reading.text, step.span).text)
        if words:
            found = f"{called(leaf)}的评分标准写作“{words[0]}”，含不含{words['low']}、含不含{words['high']}没有写明"
            fault = Fault(
                CODE, Severity.NOTE, found, "每个数值恰属一档", "写明端点含在哪一档", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, step.span)
