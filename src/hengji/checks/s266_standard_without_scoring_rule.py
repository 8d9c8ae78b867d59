"""评分标准没有计分规则。

## 查什么
指标的各处评分标准中，有没有至少一处写明得分、扣分的规则。

## 为什么
没有规则的标准打出的分无法复核，满分也一样。

## 怎么改
写明要点和各自的分数，或分档、扣分办法。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Manner, Scorecard
from hengji.scoring.operands import points

CODE = "s266"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators none of whose standards says more."""
    for leaf in scorecard.leaves():
        standards = leaf.standards
        if (
            standards
            and standards[0].manner is Manner.SILENT
            and all(each.manner is not Manner.RUBRIC for each in standards)
        ):
            weight = f"（{points(leaf.weight.value)}分）" if leaf.weight else ""
            found = f"{called(leaf)}{weight}的评分标准没有写怎样得分、怎样扣分"
            fault = Fault(CODE, Severity.WARNING, found, "可以照着打分的规则", "写明要点和各自的分数，或分档、扣分办法")
            yield remark(reading, fault, standards[0].wording.span)
