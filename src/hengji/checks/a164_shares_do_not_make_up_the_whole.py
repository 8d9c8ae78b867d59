"""各项占比之和不等于100%。

## 查什么
一句话里列出几项各占百分之几，而且看来列全了的，占比之和是否为100%（四舍五入的误差除外）。

## 为什么
占比之和不是100%，说明漏列一项或者有一项算错。

## 怎么改
补齐没有列出的一项，或者重算占比。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a164"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Lists of shares that do not add up to all."""
    telling = Telling(CODE, "最后一项占比", "各项占比相加不是100%", "补齐漏列的一项，或者重算占比")
    return tell(reading, telling, claims.of(Relation.COMPOSITION))
