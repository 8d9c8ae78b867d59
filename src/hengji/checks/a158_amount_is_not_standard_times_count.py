"""金额不等于标准乘数量。

## 查什么
同句写出补助标准（元/人次、每人每月……元）、数量和金额的，标准乘数量是否等于金额；每天的标准乘天数是否等于“即”每年的标准，
每处扣分乘处数是否等于扣分。另有比例、倍数、封顶或者几个标准、几个数量的句子不下结论。

## 为什么
金额与标准、数量矛盾，多付少付无从判断。

## 怎么改
逐项核对标准、数量、月数和金额，改正写错的数；有比例或封顶的写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a158"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Amounts that standard and count do not give."""
    telling = Telling(CODE, "金额", "按标准和数量计算不是这个数", "核对标准、数量和金额，改正写错的数")
    return tell(reading, telling, claims.of(Relation.PRODUCT))
