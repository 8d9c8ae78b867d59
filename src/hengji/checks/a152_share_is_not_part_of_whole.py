"""占比不等于部分除以全部。

## 查什么
“其中……占……%”中的百分比，与同句写出的部分和全部相除的结果是否一致；“分别占”的按顺序对照。全部写在别处的，按名称找；
没有写名称的，取全文反复写到的同类数，占比或部分只差一个数字才提出。

## 为什么
占比是评价结论常引的数，算错会改变结论。

## 怎么改
用部分除以全部重算；口径是别的全部时，写明是占什么的比例。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a152"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Shares that their part and whole do not give."""
    telling = Telling(CODE, "占比", "按文中的数计算不是这个数", "重算占比，或者改正部分、全部")
    return tell(reading, telling, claims.of(Relation.SHARE))
