"""增减率与前后两数不符。

## 查什么
增长率、下降率与文中写出的前后两数，或者增减额与基数相除的结果是否一致。

## 为什么
增减率算错常见于分母用错，会夸大或缩小变化。

## 怎么改
以变化前的数为分母重算；比较的基数不止一个时，写明与什么相比。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a156"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates of change that their amounts do not give."""
    telling = Telling(CODE, "增减率", "按文中的数计算不是这个数", "以变化前的数为分母重算")
    return tell(reading, telling, claims.of(Relation.GROWTH))
