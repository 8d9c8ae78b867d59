"""表中合计与印出的各行差一个尾数。

## 查什么
表中金额的合计，与印出的各行相加不等，差额在四舍五入之内：按原数算也许成立，按印出的数算不成立。占比的尾数不算。整份报告只报一次，列出各处。

## 为什么
读者只有印出的数；对不上又没有说明，分不清是四舍五入还是写错。

## 怎么改
各行与合计用同样的小数位数；仍有尾差的，在表下注明“因四舍五入略有差异”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark
from hengji.model.claim import Claim, Claims, Hedge, Measure, Relation, Verdict
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.statements.verdicts import total

CODE = "t766"
_TOLD = pattern(r"四舍五入|尾差|尾数|进位")


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """The first total of amounts that holds only as the numbers are rounded, and all others; nothing where the report says so itself."""
    every = [claim for claim in claims.claims if claim.relation is Relation.TABLE_SUM and _is_off(claim)]
    if not every or _TOLD.search(reading.text):
        return
    first, *others = every
    called = f"“{first.about}”" if first.about else "合计"
    stated = reading.quote(first.quantities[0].span).strip()
    fault = Fault(
        CODE,
        Severity.NOTE,
        f"{called}写为{stated}，与印出的各行差一个尾数{how_often(every)}：{first.computation}",
        "印出的各行与合计相等，或注明四舍五入",
        "统一小数位数，核对原数",
        first.computation,
        Confidence.POSSIBLE,
    )
    places = (quantity.span for quantity in (*first.quantities[1:], *(each.quantities[0] for each in others)))
    yield remark(reading, fault, first.span, *places)


def _is_off(claim: Claim) -> bool:
    stated, *parts = claim.quantities
    if claim.verdict is not Verdict.HELD or stated.measure is not Measure.MONEY or not parts:
        return False
    added = total(parts)
    plain = all(each.hedge is Hedge.NONE for each in claim.quantities)
    return plain and added.value != stated.value and added.holds(stated)
