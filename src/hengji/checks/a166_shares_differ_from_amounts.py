"""分担比例与分列的金额不符。

## 查什么
“各按50%分担，共……万元”一类的句子写明等额分担的，与报告别处把同一金额分列为几部分的数是否一致。

## 为什么
分担比例与实际分列的金额矛盾，配套责任就说不清，常是其中一项按别的办法分担而没有写明。

## 怎么改
按实际的资金来源核对，改正比例，或者写明哪一部分按别的办法分担。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengji.checks.printed_numbers import Telling, tell
from hengji.checks.remarks import quote_of, words
from hengji.model.claim import Claims, Quantity, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading, Slot, Span

CODE = "a166"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Equal shares that the parts told elsewhere are not."""
    telling = Telling(CODE, "分担比例", "与别处分列的金额不符", "核对资金来源，改正比例或者写明例外")
    for claim in claims.of(Relation.SPLIT):
        for finding in tell(reading, telling, [claim]):
            rows = tuple(quote_of(reading, each) for each in _in_tables(reading, claim.quantities[1:]))
            yield replace(finding, quotes=(*finding.quotes, *rows))


def _in_tables(reading: Reading, amounts: Sequence[Quantity]) -> Iterator[Span]:
    """The rows that show the whole and all parts, each from its first cell to its last."""
    wanted = {each.printed for each in amounts}
    for grid in reading.grids():
        rows: dict[int, list[Slot]] = defaultdict(list)
        for slot in grid.slots:
            if slot.span.start < slot.span.end:
                rows[slot.row].append(slot)
        for slots in rows.values():
            if wanted <= {words(reading, slot.span) for slot in slots}:
                yield Span(slots[0].span.start, slots[-1].span.end)
