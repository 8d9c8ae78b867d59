"""自评表的分值或得分加总不符。

## 查什么
绩效自评表中各指标（连同预算执行率）的分值之和、得分之和，是否等于总分一行；“产出指标（50分）”一类写明的分值，是否等于其下各指标之和。

## 为什么
总分是自评的结论，加不起来说明有一格填错。

## 怎么改
逐项核对分值和得分，改正写错的一格或总分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "s287"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Points of a form of self-assessment that are not the sum."""
    telling = Telling(CODE, "自评表中{about}", "各项相加不等", "核对各项分值、得分和总分")
    return tell(reading, telling, claims.of(Relation.ROLL_UP))
