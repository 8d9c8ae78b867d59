"""分担比例与分列的金额不符。

## 查什么
“各按50%分担，共……万元”一类的句子写明等额分担的，与报告别处把同一金额分列为几部分的数是否一致。

## 为什么
分担比例与实际分列的金额矛盾，配套责任就说不清，常是其中一项按别的办法分担而没有写明。

## 怎么改
按实际的资金来源核对，改正比例，或者写明哪一部分按别的办法分担。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "a166"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Equal shares that the parts told elsewhere are not."""
    telling = Telling(CODE, "分担比例", "与别处分列的金额不符", "核对资金来源，改正比例或者写明例外")
    return tell(reading, telling, claims.of(Relation.SPLIT))
