"""时间跨度与起止日期不符。

## 查什么
“2019年1月至2020年12月，共24个月”一类的句子中，写出的年数、月数、天数与起止日期之间是否一致。首尾两端是否都算，按两种算法都不符才报告。

## 为什么
期限决定补助月数和逾期天数，写错会带错后面的金额。

## 怎么改
按起止日期重算，改正跨度或日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a161"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Lengths that their two dates do not give."""
    telling = Telling(CODE, "时间跨度", "与起止日期不符", "按起止日期重算，或者改正日期")
    return tell(reading, telling, claims.of(Relation.PERIOD))
