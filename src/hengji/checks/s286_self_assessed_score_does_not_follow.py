"""自评得分与执行率、完成值不符。

## 查什么
绩效自评表（项目支出、部门整体支出）中：预算执行率的得分是否等于分值×执行率（最高得满分）；每个指标的得分是否超过分值；完成值低于指标值的，
是否仍得满分，表中多数未完成的指标按完成比例得分的，是否都按比例。

## 为什么
自评得分由表内的数算出，算不出这个分，自评就要退回重填。

## 怎么改
按分值、执行率和完成值重算得分；另有计分办法的，在偏差原因中写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "s286"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Scores of a form of self-assessment that its own numbers do not give."""
    telling = Telling(CODE, "自评表中{about}得分", "按表中的数算出的不是这个分", "重算得分，核对执行率和完成值")
    return tell(reading, telling, claims.of(Relation.POINTS))
