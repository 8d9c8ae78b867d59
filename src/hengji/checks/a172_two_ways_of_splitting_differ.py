"""两种分法的合计不同。

## 查什么
紧接着的两种分法（“按地区分，……；按类别分，……”）各部分之和是否相同，不论总数是否写出。相差很大的多半不是同一个总数，不查。

## 为什么
同一批对象怎么分，加起来都应当一样；不一样，必有一处漏了或者写错。

## 怎么改
对照清单核对两种分法的各部分；范围不同的，写明范围。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import SEVERITIES
from hengji.checks.remarks import Fault, contradicted
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a172"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Two lists of the parts of one thing that do not come to the same."""
    for claim in claims.of(Relation.PARTITION):
        found = f"两种分法（{claim.about}）的合计不同：{claim.computation}"
        remedy = "核对两种分法的各部分，或写明范围"
        severity = SEVERITIES[claim.confidence]
        fault = Fault(CODE, severity, found, "两种分法合计相同", remedy, claim.computation, claim.confidence)
        yield contradicted(reading, claim, fault)
