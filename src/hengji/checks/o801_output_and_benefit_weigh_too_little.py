"""产出与效益的分值偏低。

## 查什么
项目评价中，类别为产出、效益的一级指标分值之和，是否达到评价规范所定的下限。下限及其出处取自评价规范。

## 为什么
评价要看花钱办成了什么事；产出和效益分值过低，管理过程就会掩盖结果。

## 怎么改
在评价方案中调高产出、效益指标的分值；地方另有规定的，在评价规范中写明下限和出处。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.subjects import INDICATORS
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import Dimension
from hengji.model.programme import Kind
from hengji.scoring.operands import points

CODE = "o801"
THRESHOLD = "产出与效益合计下限"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """A framework that weighs results too lightly; one whose level 1 has no dimension at all cannot be judged."""
    top = evaluation.dossier.framework.indicators
    if evaluation.dossier.head.kind is not Kind.PROJECT or all(each.dimension is Dimension.NONE for each in top):
        return
    least = evaluation.profile.threshold(THRESHOLD)
    results = (Dimension.OUTPUT, Dimension.BENEFIT)
    weight = sum((each.weight for each in top if each.dimension in results), Decimal(0))
    if weight < least.value:
        found = f"产出与效益指标合计{points(weight)}分"
        expected = f"不低于{points(least.value)}分（{least.source}）"
        yield Finding(CODE, Severity.WARNING, Place(INDICATORS), found, expected, "调高产出、效益指标的分值")
