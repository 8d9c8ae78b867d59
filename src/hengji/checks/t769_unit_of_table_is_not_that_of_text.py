"""表的金额单位与正文不同。

## 查什么
表头、表名或“单位：”写的金额单位，与正文中相同的数所带的单位：表中几个数在正文里都带另一个单位（表写元，正文写万元），没有一个带表中的单位的，指出。单价、标准各栏不比。

## 为什么
单位差一个“万”字，金额差一万倍；引用这张表的人会照抄。

## 怎么改
核对账面金额，把表或正文的单位改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, contradicted
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading

CODE = "t769"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Units of tables in which nobody else tells the same amounts."""
    for claim in claims.of(Relation.UNIT):
        found = f"表的金额单位是{claim.about}，正文中同样的数单位是{claim.expected}：{claim.computation}"
        fault = Fault(CODE, Severity.WARNING, found, claim.expected, "核对单位", confidence=claim.confidence)
        yield contradicted(reading, claim, fault)
