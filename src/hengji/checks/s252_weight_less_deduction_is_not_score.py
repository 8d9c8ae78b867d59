"""分值减扣分不等于得分。

## 查什么
同一处写明分值、扣分、得分三个数的，分值减扣分是否等于得分；只写扣分和得分的，按别处写明的分值算，作警告。

## 为什么
三个数有一个写错，读者不知道以哪个为准，汇总也会错。

## 怎么改
核对扣分原因，改正其中写错的一个。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, less
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s252"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records that print all three numbers and do not agree with themselves."""
    for node in scorecard.walk():
        for record in node.records:
            weight, deducted, awarded = record.weight or node.weight, record.deducted, record.awarded
            if weight is None or deducted is None or awarded is None or weight.value - deducted.value == awarded.value:
                continue
            right = weight.value - deducted.value
            sums = f"{less(weight, deducted)} ≠ {points(awarded.value)}分"
            found = f"{called(node)}分值{points(weight.value)}分、扣{points(deducted.value)}分，却得{points(awarded.value)}分"
            here = record.weight is not None
            severity, confidence = (
                (Severity.ERROR, Confidence.CERTAIN) if here else (Severity.WARNING, Confidence.LIKELY)
            )
            fault = Fault(CODE, severity, found, f"得{points(right)}分", "核对分值、扣分和得分", sums, confidence)
            yield remark(reading, fault, awarded.span, weight.span, deducted.span)
