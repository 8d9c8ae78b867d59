"""自评得分与执行率、完成值不符。

## 查什么
绩效自评表（项目支出、部门整体支出）中：预算执行率的得分是否等于分值×执行率（最高得满分）；每个指标的得分是否超过分值；完成值低于指标值、
或者超过了不应超过的指标值的，是否仍得满分；与指标值相同却扣了分的，是否写明原因；表中多数未完成的指标按完成比例得分的，是否都按比例。报告自己写明执行率、完成率分档计分的，不按比例核对。

## 为什么
自评得分由表内的数算出，算不出这个分，自评就要退回重填。

## 怎么改
按分值、执行率和完成值重算得分；另有计分办法的，在偏差原因中写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claim, Claims, Relation
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.reading import Reading

CODE = "s286"
_EXECUTED, _COMPLETED = "执行", "完成"
_IN_STEPS = pattern(
    rf"(?P<of>{_EXECUTED}|{_COMPLETED})(?:率|比例|程度|值|情况)[^。；;\n]{{0,24}}?(?:以上|达到|不低于|大于|超过|[≥>])[^。；;\n]{{0,24}}?(?:满分|[得计]\s*\d)"
)
"""A rule that gives points by steps: 完成率达到80%的按满分计."""


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Scores of a form of self-assessment that its own numbers do not give."""
    telling = Telling(CODE, "自评表中{about}得分", "按表中的数算出的不是这个分", "重算得分，核对执行率和完成值")
    wrong = claims.of(Relation.POINTS)
    in_steps = {match["of"] for match in _IN_STEPS.finditer(reading.text)} if wrong else frozenset()
    return tell(
        reading, telling, [each for each in wrong if not (_by_proportion(each) and _scored_by(each) in in_steps)]
    )


def _by_proportion(claim: Claim) -> bool:
    """Whether points were to be in proportion to a rate, not only no more than the weight."""
    return "×" in claim.computation


def _scored_by(claim: Claim) -> str:
    """What the points are for: how much was spent, or how much was done."""
    return _EXECUTED if claim.about.endswith("执行率") else _COMPLETED
