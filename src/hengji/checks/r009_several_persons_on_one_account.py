"""几个人用同一个银行账号。

## 查什么
名册或付款清单有银行账号的，同一账号是否属于两个以上的人。

## 为什么
补助发给个人的，几个人同一账号往往是被人代领；夫妻共用、由机构统一代收的应有委托。

## 怎么改
核对开户人和委托手续；没有委托的，查明补助是否到本人手中。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import Person, Roster, all_rows, rosters, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.identity import masked, plain
from hengji.model.roster import Role

CODE = "r009"
_MOST = 6


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per account and table."""
    for roster in with_columns(rosters(evaluation), Role.ACCOUNT):
        holders: dict[str, dict[Person, int]] = {}
        for row in all_rows(roster):
            account, person = plain(roster.text(row, Role.ACCOUNT)), roster.person(row)
            if account and person is not None:
                holders.setdefault(account, {}).setdefault(person, row)
        for account, rows in holders.items():
            if len(rows) > 1:
                yield _finding(roster, account, list(rows.values()))


def _finding(roster: Roster, account: str, rows: list[int]) -> Finding:
    named = "、".join(f"{roster.shown(row)}（第{roster.line(row)}行）" for row in rows[:_MOST])
    rest = f"等{len(rows)}人" if len(rows) > _MOST else ""
    found = f"账号{masked(account)}属于{len(rows)}个人：{named}{rest}"
    return suspicion(CODE, roster.place(rows[0]), found, "一人一个账号", "核对开户人和委托手续")
