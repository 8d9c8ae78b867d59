"""表中比率不等于两列相除。

## 查什么
表中“执行率”“完成率”“占比”等列，与应有的两列相除（或各行占合计的比重）是否相等；“亩均”“人均”等平均数同样比较。

## 为什么
比率直接进入评分，差一个百分点就可能差一档。

## 怎么改
用分子分母重算；口径不是表中两列的，在表下注明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t753"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates in tables that are not the quotient."""
    telling = Telling(CODE, "表中{about}比率", "相除不等", "核对分子、分母和比率")
    return tell(reading, telling, claims.of(Relation.TABLE_RATIO))
