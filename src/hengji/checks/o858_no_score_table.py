"""没有附得分表。

## 查什么
报告给出总分的，有没有一张列出各指标得分的表。

## 为什么
没有得分表，谁也无法复核总分是怎样来的；提纲要求附相关评分表。

## 怎么改
附上逐个指标的得分表。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Where

CODE = "o858"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """A total without a table of scores."""
    if scorecard.totals and not any(record.awarded for node in scorecard.walk() for record in node.of(Where.TABLE)):
        fault = Fault(CODE, Severity.WARNING, "给出了总分，没有附得分表", "逐个指标的得分表", "附上得分表")
        yield remark(reading, fault, scorecard.totals[0].span)
