"""增减方向与前后两数相反。

## 查什么
“由……提高到……”“从……下降到……”一类的句子，后一个数是否确实比前一个大或者小；“……，高于……的目标”“……，低于……的标准”一类的，前一个数是否确实高于或者低于后一个。

## 为什么
方向写反了，成绩会写成退步，或者一个数写错了。

## 怎么改
核对前后两数，改正写错的数或者方向。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.reading.statements.comparisons import COMPARED

CODE = "a167"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Changes whose amounts go the other way than their words."""
    for claim in claims.of(Relation.DIRECTION):
        compared = claim.about in COMPARED
        about = f"说是{claim.about}的数" if compared else "变化后的数"
        telling = Telling(CODE, about, "其实不是" if compared else "与文中的方向相反", "核对前后两数和方向")
        yield from tell(reading, telling, [claim])
