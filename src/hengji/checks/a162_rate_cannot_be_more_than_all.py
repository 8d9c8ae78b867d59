"""比率不可能超过100%。

## 查什么
满意率、合格率、覆盖率、知晓率、有效率、回收率和占比等部分与全部之比，是否大于100%。完成率、执行率、到位率可以超过，不查。

## 为什么
部分不会多于全部，超过100%必有一个数错了或者口径不同。

## 怎么改
核对分子和分母，改正比率；口径不同的换成可以比较的口径。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a162"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates of a part that are more than the whole."""
    telling = Telling(CODE, "比率", "部分与全部之比不会超过100%", "核对分子和分母，改正比率")
    return tell(reading, telling, claims.of(Relation.BOUND))
