"""得分超过分值。

## 查什么
表格、正文、底稿中，每个指标写明的得分有没有大于它自己的分值。

## 为什么
得分以分值为限；超出的分会一路加进总分。

## 怎么改
核对是得分写错，还是分值写错；改正后重新合计。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, where
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Scorecard, Scored
from hengji.scoring.operands import points

CODE = "s250"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records with a score above the weight printed with it, or else above the indicator's."""
    for node in scorecard.walk():
        for record in node.records:
            weight = record.weight or node.weight
            if record.awarded is None or weight is None or record.awarded.value <= weight.value:
                continue
            sums = f"{points(record.awarded.value)}分 > {points(weight.value)}分"
            found = (
                f"{where(record)}中{called(node)}得{points(record.awarded.value)}分，而分值只有{points(weight.value)}分"
            )
            fault = Fault(CODE, Severity.ERROR, found, f"不超过{points(weight.value)}分", "核对得分和分值", sums)
            yield remark(reading, fault, record.awarded.span, weight.span, *_within(node, weight.value))


def _within(node: Scored, weight: Decimal) -> Iterator[Span]:
    """The first score of an indicator elsewhere that its weight allows: most likely the right one."""
    allowed = (each.awarded for each in node.records if each.awarded is not None and each.awarded.value <= weight)
    yield from (each.span for each in islice(allowed, 1))
