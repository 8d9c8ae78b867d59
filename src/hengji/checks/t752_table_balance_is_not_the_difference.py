"""表中结余不等于两列之差。

## 查什么
表中“结余”“未拨付”“差额”等列，与应有的两列相减是否相等。

## 为什么
结余和未拨付数是问题和建议的依据，算错会找错问题。

## 怎么改
核对被减的两列，改正结余或写错的一列。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t752"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Balances in tables that are not the difference."""
    telling = Telling(CODE, "表中{about}结余（差额）", "相减不等", "核对两列和它们的差")
    return tell(reading, telling, claims.of(Relation.TABLE_DIFFERENCE))
