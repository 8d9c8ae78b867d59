"""百分点误作百分比。

## 查什么
两个比率之差写成“提高……%”“下降……%”，而这个数正是两者相差的百分点，按百分比计算并不相符。

## 为什么
“提高5%”和“提高5个百分点”是两回事，混用会误读。

## 怎么改
比率之差写“个百分点”；要写百分比的，用差除以原来的比率。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a157"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Differences of two rates that are called percent."""
    telling = Telling(CODE, "变化", "是两个比率相差的百分点，按百分比计算不是这个数", "改写为“个百分点”")
    return tell(reading, telling, claims.of(Relation.PERCENT))
