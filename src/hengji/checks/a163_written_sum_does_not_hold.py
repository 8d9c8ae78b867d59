"""写出的算式不成立。

## 查什么
文字中用×、÷、+、-和=写出的算式，两边是否相等；“得分＝分值×比率”与本指标写出的得分是否相同。算式中写名称不写数的不查；单位省略的，换算成元、万元或百分数后有一种相等就算相等。

## 为什么
算式是给人复核的，两边不等就失去作用。

## 怎么改
重新计算，改正结果或者写错的数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a163"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Sums written out whose two sides differ."""
    telling = Telling(CODE, "算式结果", "重新计算不是这个数", "重新计算，改正结果或者写错的数")
    return tell(reading, telling, claims.of(Relation.FORMULA))
