"""评分标准只有“酌情”。

## 查什么
指标的各处评分标准中，除“酌情扣分”“酌情得分”之外，有没有可以照着打分的规则。

## 为什么
“酌情”没有尺度，不同的人打出不同的分，无法复核。

## 怎么改
把标准改为要素、分档或扣分办法；不能改的，写明得分理由和可比对象。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Manner, Scorecard
from hengji.scoring.operands import points

CODE = "s267"
_POINTS = pattern(r"\d分(?!钟)")
_SEVERAL = 2


def _has_elements(standard: str) -> bool:
    """Whether a standard gives points to several things, whatever it leaves open beside (经费落实2分,制度健全2分,部分落实的酌情给分)."""
    return len(_POINTS.findall(standard)) >= _SEVERAL


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators none of whose standards says more."""
    for leaf in scorecard.leaves():
        standards = leaf.standards
        if (
            standards
            and standards[0].manner is Manner.DISCRETIONARY
            and all(each.manner is not Manner.RUBRIC and not _has_elements(each.wording.text) for each in standards)
        ):
            weight = f"（{points(leaf.weight.value)}分）" if leaf.weight else ""
            found = f"{called(leaf)}{weight}的评分标准只写“酌情”，没有尺度"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "可以照着打分的规则",
                "把标准改为要素、分档或扣分办法；不能改的，写明得分理由和可比对象",
            )
            yield remark(reading, fault, standards[0].wording.span)
