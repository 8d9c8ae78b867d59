"""评分标准是另一个指标的。

## 查什么
同一指标在工作底稿或另一张表中的评分标准，与它自己在指标表中的不同，却与另一个指标的标准一字不差，而那个指标的名称与它不同。

## 为什么
多半是从上一张底稿复制后没有改；按别的指标的标准打分，得分没有依据。

## 怎么改
换回本指标的评分标准，并核对得分是按哪一个算的。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored, Wording

CODE = "s289"
_SAYS_NOTHING = pattern(r"评价(?:要点|标准)|[\s:。;,、*×]|</?p>")
_FEWEST = 12


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Standards of a second place that are those of another indicator in the first place."""
    leaves = [leaf for leaf in scorecard.leaves() if leaf.standards]
    owners: dict[str, list[Scored]] = {}
    for leaf in leaves:
        owners.setdefault(_bare(leaf.standards[0].wording), []).append(leaf)
    for leaf in leaves:
        own, *others = leaf.standards
        for other in others:
            words = _bare(other.wording)
            if len(words) < _FEWEST or words == _bare(own.wording):
                continue
            whose = owners.get(words, [])
            if len(whose) == 1 and whose[0].name != leaf.name:
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    f"{called(leaf)}这里的评分标准是“{whose[0].name}”的",
                    "本指标自己的评分标准",
                    "换回本指标的标准，核对得分",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, other.wording.span, *own.wording.spans)


def _bare(wording: Wording) -> str:
    return _SAYS_NOTHING.sub("", wording.text)
