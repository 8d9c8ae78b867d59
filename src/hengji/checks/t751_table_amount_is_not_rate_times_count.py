"""表中金额不等于标准乘数量。

## 查什么
表中的单价、补助标准乘以数量、人次，与同一行（或同一列）的金额是否相等；标准和数量都是整数时，金额按四舍五入比较，截尾的另作提示。按标准逐项复算后，合计是否仍然成立。

## 为什么
金额按标准算出，不等就是标准、数量或金额写错了一个，也可能多发或少发。

## 怎么改
核对标准、数量和实发金额；分期、分级承担的，在表中写明比例。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t751"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Amounts in tables that their rate and count do not give."""
    telling = Telling(CODE, "表中{about}金额", "按标准和数量复算不等", "核对标准、数量和金额")
    return tell(reading, telling, claims.of(Relation.TABLE_PRODUCT))
