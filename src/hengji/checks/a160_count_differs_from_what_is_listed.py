"""写明的个数与列出的不符。

## 查什么
“以下四个方面”“3项：A、B、C”“A、B等2项”“3家，其中：……；……”等处写明的个数，与后面或前面列出的是否相同。用“等”结尾的列举可以少于写明的个数。

## 为什么
个数与列举不一致，常是改稿时增删了条目而没有改数。

## 怎么改
数一遍列出的条目，改正个数，或者补上、删去条目。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a160"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Announced numbers that are not those of what is listed."""
    telling = Telling(CODE, "个数", "与列出的不同", "改正个数，或者补齐、删去列出的条目")
    return tell(reading, telling, claims.of(Relation.COUNTED))
