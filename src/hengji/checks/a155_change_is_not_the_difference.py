"""增减额不等于前后两数之差。

## 查什么
“由……增加到……，增加……”“比上年增加……”中写出的增减额，是否等于前后两个数之差；比预算、比应到位数多少的，百分点的增减，比规定的天数少几天、超几天，同样比较。

## 为什么
增减额说明效果，与前后两数矛盾时效果无法采信。

## 怎么改
用后一个数减前一个数重算，改正写错的数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a155"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Changes that are not the difference of their two amounts."""
    telling = Telling(CODE, "增减额", "按前后两数计算不是这个数", "重算增减额，或者改正前后两数")
    return tell(reading, telling, claims.of(Relation.CHANGE))
