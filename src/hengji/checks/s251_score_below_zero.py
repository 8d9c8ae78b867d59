"""得分或扣分为负数。

## 查什么
指标的得分、分值有没有小于 0。

## 为什么
扣完为止，得分最低是 0。

## 怎么改
改为 0，或核对扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, where
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s251"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Weights and scores below 0."""
    for node in scorecard.walk():
        for record in node.records:
            for value in (record.awarded, record.weight):
                if value is not None and value.value < 0:
                    found = f"{where(record)}中{called(node)}的分数为{points(value.value)}分"
                    yield remark(reading, Fault(CODE, Severity.ERROR, found, "不小于0分", "核对扣分和得分"), value.span)
