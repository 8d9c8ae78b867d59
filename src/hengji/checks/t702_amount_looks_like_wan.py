"""台账里有一笔像是按万元填的。

## 查什么
同一子项目、同一层级的各环节金额：有一笔不到其他环节的千分之一，而乘以一万恰与之相当。

## 为什么
元与万元逐行混填时，表头单位看不出来；合计、到位率和执行率会全部算错，表中只印出 0.00。

## 怎么改
核对凭证，按表头的单位改写这一笔；金额确实如此的，在备注中说明。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.funds.faults import in_wan
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Severity
from hengji.model.ledger import Entry, FundStage
from hengji.model.programme import Tier

CODE = "t702"
_FAR = 1000
_PART, _MORE = 20, 2
"""Read as 万元 it is at least one part in so many of the other stages, and at most so many times as much."""
_WAN = 10_000


def find(dossier: Dossier) -> Iterator[Finding]:
    """Entries that fit the other stages of their money only when they are read as 万元."""
    sums: dict[tuple[str, Tier], dict[FundStage, int]] = defaultdict(lambda: defaultdict(int))
    for entry in dossier.ledger.entries:
        sums[entry.programme, entry.tier][entry.stage] += entry.amount
    for entry in dossier.ledger.entries:
        others = [total for stage, total in sums[entry.programme, entry.tier].items() if stage is not entry.stage]
        largest = max(others, default=0)
        if entry.amount > 0 and _fits_as_wan(entry, largest):
            found = f"“{entry.programme}”{entry.tier.value}{entry.stage.value}{in_wan(entry.amount)}，其他环节达{in_wan(largest)}"
            remedy = "若这一笔按万元填写，改按表头的单位填；确实如此的，在备注中说明"
            yield Finding(CODE, Severity.WARNING, entry.place, found, "与其他环节相当的金额", remedy)


def _fits_as_wan(entry: Entry, largest: int) -> bool:
    """Whether an amount is far less than the other stages, and about as much when it is read as 万元."""
    meant = entry.amount * _WAN
    return entry.amount * _FAR < largest <= meant * _PART and meant <= largest * _MORE
