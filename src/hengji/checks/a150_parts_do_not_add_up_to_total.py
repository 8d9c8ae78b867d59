"""各部分之和不等于合计。

## 查什么
文字中的合计与“其中”“包括”“分别为”、括号、分列条目写出的各部分，以及各部分之后的“合计”“共计”，是否相等。印出的小数按四舍五入前可能的范围比较；
列举有“等”“主要”字样的，只查各部分之和是否超出。年初预算加减年中追加、调减的，与全年预算比较；一段中逐项写出权重和得分的，与这一类的权重和得分比较。

## 为什么
合计与分项对不上，读者不知道以哪个为准；预算、支出和产出数量都由此引用。

## 怎么改
按原始资料核对每一项，改正合计或者写错的一项；列举不全的，写明“其中主要”或者补齐。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a150"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Totals that are not the sum of their parts."""
    telling = Telling(CODE, "合计", "各部分相加不等", "核对合计与各部分，改正写错的数")
    return tell(reading, telling, claims.of(Relation.SUM))
