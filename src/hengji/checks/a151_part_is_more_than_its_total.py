"""部分大于总额。

## 查什么
“其中”之后的一项，是否大于它所属的总额；回收问卷是否多于发放，有效问卷是否多于回收。

## 为什么
部分不可能大于全部，两个数至少错了一个。

## 怎么改
核对两个数的来源，改正写错的一个；口径不同的，写明各自的口径。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a151"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Single parts that are more than the whole."""
    telling = Telling(CODE, "其中的一项", "大于它所属的总额", "核对两个数，改正写错的一个")
    return tell(reading, telling, claims.of(Relation.PART))
