"""问卷统计前后不符。

## 查什么
问卷统计表中各选项份数之和与样本量（或表前写的有效问卷数）、各选项占比与份数、综合满意率与份数和选项权重、总的满意度与各题满意率，是否相符。

## 为什么
满意度直接计分，份数对不上时满意度不可信。

## 怎么改
按问卷原始记录重新统计；总的满意度不是各题平均的，写明算法。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t754"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Tallies of questionnaires that contradict themselves."""
    telling = Telling(CODE, "统计表中{about}", "按份数复算不等", "核对问卷原始记录，重算占比和满意率")
    return tell(reading, telling, claims.of(Relation.SURVEY))
