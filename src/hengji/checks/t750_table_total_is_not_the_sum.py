"""表中合计不等于各行各列之和。

## 查什么
表中的“合计”“小计”行和列，与所加的各行各列是否相等；“其中”以下各行有一栏正好加成上一行的，其他栏也应当加成。加的是哪些行列，由表中多数数字能够成立的读法决定；印出的小数按四舍五入前可能的范围比较。

## 为什么
合计是正文引用最多的数；表内对不上，正文、结论和得分都跟着错。

## 怎么改
按原始资料核对各行各列，改正合计或写错的一格；合计不含某行的，在表下注明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t750"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Totals in tables that are not the sum."""
    telling = Telling(CODE, "表中{about}合计", "各项相加不等", "核对合计与各行各列，改正写错的一格")
    return tell(reading, telling, claims.of(Relation.TABLE_SUM))
