"""表中的单价、金额与别处写的标准不符。

## 查什么
正文、标准表写明的补助标准（每人每月……元、每张……元），与别处的表按名称对应：单价一栏是否就是这个标准，金额是否等于标准乘这一行的数量；
一行有几类人数、只有一个金额的，按各类标准合计。同一张表至少有一行与标准相符才查。

## 为什么
标准写在政策一章，数量和金额在产出、资金各章，改了一处没有改另一处，读者无从知道按哪个标准发放。

## 怎么改
核对政策文件的标准和实发金额，改正写错的一个；标准调整过的，写明各自的起止时间。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "p357"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Prices and amounts in tables that are not those of the standard told elsewhere."""
    telling = Telling(CODE, "{about}", "与别处写的标准不符", "核对标准、数量和金额，改正写错的一个")
    return tell(reading, telling, claims.of(Relation.STANDARD))
