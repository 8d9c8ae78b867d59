"""补助金额与文中标准不符。

## 查什么
文中写出的补助金额除以数量，是否等于文中写出的同类标准之一（每张床位、每人次若干元）。同类金额至少有一笔与标准相符时才查。

## 为什么
标准、数量、金额三者必须相合；不合的，或者分期、分级只付了一部分而没有说明，或者多付、少付。

## 怎么改
按标准和数量重算；分期或分级承担的，写明各期、各级的比例和尚未支付的数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.payments import unfitting
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.subsidy import StatedPayment, StatedStandard, Subsidies
from hengji.reading.statements.verdicts import as_printed, shown

CODE = "p350"
_NEAREST = 5
"""How many of the standards are told, the nearest first."""


def find(reading: Reading, subsidies: Subsidies) -> Iterator[Finding]:
    """Payments that no stated standard gives."""
    return (_told(reading, payment, standards) for payment, standards in unfitting(subsidies))


def _told(reading: Reading, payment: StatedPayment, standards: list[StatedStandard]) -> Finding:
    each_got = payment.amount.value / payment.count.value
    rate = as_printed(each_got, standards[0].amount)
    every = {standard.amount.value: standard for standard in standards}.values()
    distinct = sorted(every, key=lambda each: abs(each.amount.value - each_got))[:_NEAREST]
    due = "、".join(as_printed(each.amount.value * payment.count.value, payment.amount) for each in distinct)
    fault = Fault(
        CODE,
        Severity.WARNING,
        f"{shown(payment.count)}补助{shown(payment.amount)}，合每{payment.per}{rate}，与文中每{payment.per}的标准都不相符",
        f"按文中标准为{due}之一，或说明分期、分级的比例",
        "核对标准、数量和实付金额",
        f"{shown(payment.amount)} ÷ {shown(payment.count)} = {rate}",
        Confidence.LIKELY,
    )
    return remark(reading, fault, payment.span, *(each.span for each in distinct))
