"""比率与分子分母不符。

## 查什么
预算执行率、资金到位率、完成率、使用率、合格率等比率，与同段写出的支出、到位、预算、计划、实际等数相除的结果是否一致。分母有几种合理口径的，
有一种相符就算相符。

## 为什么
比率常是评分依据，算错一个百分点可能多得或少得分。

## 怎么改
按评分标准规定的分子、分母重算，改正比率；分母口径不同的，在文中写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a153"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates that their quantities do not give."""
    telling = Telling(CODE, "比率", "按文中的数计算不是这个数", "重算比率，或者改正分子、分母")
    return tell(reading, telling, claims.of(Relation.RATIO))
