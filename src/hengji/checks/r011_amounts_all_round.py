"""发放金额全是整千。

## 查什么
名册或付款清单有发放金额的，十行以上不为零的金额是否都是一千元的整倍数，而按政策算出的应补并非如此。

## 为什么
按人、按月、按床计算的补助很少每笔都是整千，多半是先定总额再往下分。

## 怎么改
取得每笔金额的计算过程；没有的，列为资金分配依据不足。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hengji.checks.rosters import all_rows, rosters, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import FEN_PER_YUAN
from hengji.model.roster import Role

CODE = "r011"
_ROUND = 1000 * FEN_PER_YUAN
_FEWEST = 10


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per table."""
    for roster in with_columns(rosters(evaluation), Role.AMOUNT):
        amounts = [roster.number(row, Role.AMOUNT) or 0 for row in all_rows(roster)]
        paid = [amount for amount in amounts if amount]
        name = roster.table.name
        grants = [
            grant for grant in evaluation.grants if name in (*grant.entitlement.tables.values(), grant.entitlement.paid)
        ]
        due = [sum(row.due.values()) for grant in grants for row in grant.rows]
        if len(paid) >= _FEWEST and _round(paid) and not _round(due):
            found = f"“{name}”的{len(paid)}笔金额都是一千元的整倍数，按政策算出的应补不是"
            remedy = "取得每笔金额的计算过程"
            place = Place(roster.table.path, item=name)
            yield Finding(CODE, Severity.NOTE, place, found, "按人、按月、按床算出的金额", remedy)


def _round(amounts: Iterable[int]) -> bool:
    return all(amount % _ROUND == 0 for amount in amounts)
