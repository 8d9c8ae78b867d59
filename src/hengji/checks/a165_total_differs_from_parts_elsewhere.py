"""合计与别处分列的数不符。

## 查什么
一处写“共计”“合计”而没有列出各部分的数，与报告别处分列的同类数量之和是否一致。只在两处说的是同一事物、相差不大时提示。
合计和各部分都带着家数、户数的（“6家共建成床位681张”，别处“3家建成172张”“2家建成498张”），家数也相加比较，合计多出来的指出。

## 为什么
效益部分引用的合计与产出部分分列的数不同，两处至少有一处错。

## 怎么改
对照分列的各数重新合计，改正写错的一处；范围不同的写明范围。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a165"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Totals that parts told elsewhere do not give."""
    telling = Telling(CODE, "合计", "别处分列的数相加不是这个数", "对照别处的数核对合计")
    return tell(reading, telling, claims.of(Relation.DISTANT))
