"""评分标准只写了满分的情形。

## 查什么
评分标准是否只有“……得满分”一句，没有“否则”。这样的指标有几个，合在一处说。

## 为什么
没有达到的时候扣多少，标准没有说，只能由打分人决定。

## 怎么改
补上“否则”怎样得分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Manner, Scorecard, Scored
from hengji.scoring.operands import points

CODE = "s282"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators none of whose standards says more, all told together: who writes one so writes others so."""
    leaves = [leaf for leaf in scorecard.leaves() if _is_one_sided(leaf)]
    if not leaves:
        return
    first = leaves[0]
    weight = f"（{points(first.weight.value)}分）" if first.weight else ""
    more = f"等{len(leaves)}个指标" if len(leaves) > 1 else ""
    found = f"{called(first)}{weight}{more}的评分标准只写了什么情形得满分，没有写其他情形怎样得分"
    fault = Fault(CODE, Severity.WARNING, found, "可以照着打分的规则", "补上“否则”怎样得分")
    yield remark(reading, fault, *(leaf.standards[0].wording.span for leaf in leaves))


def _is_one_sided(leaf: Scored) -> bool:
    standards = leaf.standards
    return (
        bool(standards)
        and standards[0].manner is Manner.ONE_SIDED
        and all(each.manner is not Manner.RUBRIC for each in standards)
    )
