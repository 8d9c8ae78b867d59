"""产出与效益的分值偏低（报告）。

## 查什么
一级指标中产出、效益（效果、满意度）的分值之和，是否达到评价规范所定的下限；部门整体支出、政策评价不查。

## 为什么
评价要看花钱办成了什么事；产出和效益分值过低，管理过程就会掩盖结果。

## 怎么改
调高产出、效益指标的分值；地方另有规定的，在评价规范中写明下限和出处。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.field import evaluates_project
from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import added, spans_of, total
from hengji.model.finding import Finding, Severity
from hengji.model.profile import Profile
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "o852"


THRESHOLD = "产出与效益合计下限"
_OUTPUT = "产出"
_RESULTS = (_OUTPUT, "效益", "效果", "影响", "满意度")


def find(reading: Reading, scorecard: Scorecard, profile: Profile) -> Iterator[Finding]:
    """A tree that weighs results too lightly."""
    top = scorecard.indicators
    if (
        not evaluates_project(reading)
        or not any(_OUTPUT in each.name for each in top)
        or any(each.weight is None for each in top)
    ):
        return
    least = profile.threshold(THRESHOLD)
    weights = [each.weight for each in top if each.weight and any(word in each.name for word in _RESULTS)]
    if total(weights) < least.value:
        found = f"产出与效益指标合计{points(total(weights))}分"
        expected = f"不低于{points(least.value)}分（{least.source}）"
        fault = Fault(CODE, Severity.WARNING, found, expected, "调高产出、效益指标的分值", added(weights))
        yield remark(reading, fault, weights[0].span, *spans_of(weights[1:]))
