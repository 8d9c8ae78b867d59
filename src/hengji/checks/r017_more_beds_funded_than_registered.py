"""补助的床位多于核定床位。

## 查什么
辅助数据表登记了床位数的机构，同一张核算主表中予以补助的新增床位合计是否超过登记的床位数。

## 为什么
补助的床位不能比机构全部的床位还多；多出的不是没有建成，就是已经撤除。

## 怎么改
现场清点床位，核对验收资料；不实的追回补助。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import on_lines, registered_beds, rosters, suspicion
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r017"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per home and entitlement."""
    known = rosters(evaluation)
    registered = registered_beds(known)
    for roster in known if registered else ():
        role = next((role for role in (Role.NEW_BEDS, Role.BEDS) if roster.has(role)), None)
        if role is None or roster.has(Role.PERSON) or roster.has(Role.IDENTITY) or roster.has(Role.MONTH):
            continue
        for grant in roster.grants:
            funded: dict[str, list[int]] = {}
            for row in grant.rows:
                if any(row.due.values()):
                    funded.setdefault(roster.home(row.row), []).append(row.row)
            for home, rows in funded.items():
                beds = sum(roster.number(row, role) or 0 for row in rows)
                if home in registered and beds > registered[home]:
                    name = roster.text(rows[0], Role.HOME)
                    found = f"“{grant.title}”补助{name}{beds}张床位（{on_lines(roster, rows)}），登记的床位只有{registered[home]}张"
                    remedy = "现场清点床位，核对验收资料"
                    yield suspicion(CODE, roster.place(rows[0]), found, "不多于登记的床位", remedy)
