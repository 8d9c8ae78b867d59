"""平均数不等于总数除以个数。

## 查什么
人均、户均、平均每、每千人等平均数，与同句写出的总数和个数相除的结果是否一致；总数在前一句的，只差一个数字才提出。几个比率的平均，写明简单平均的重算，其余只看是否在最低和最高之间。

## 为什么
平均数用来比较水平，算错会得出相反的结论。

## 怎么改
用总数除以个数重算，改正写错的数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a159"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Means that total and count do not give."""
    telling = Telling(CODE, "平均数", "按文中的数计算不是这个数", "重算平均数，或者改正总数、个数")
    return tell(reading, telling, claims.of(Relation.AVERAGE))
