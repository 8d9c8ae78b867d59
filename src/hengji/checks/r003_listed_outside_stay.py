"""入住以前或离院以后仍列入名册。

## 查什么
名册有入住日期或离院日期的，所列月份是否早于入住当月或晚于离院当月；入住日期是否晚于离院日期。

## 为什么
人不在院而按在院领取补助，属于多付。

## 怎么改
核对入住协议和离院记录；属实的剔除这些月份并追回补助。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import (
    Roster,
    all_rows,
    month_of,
    months_of,
    on_lines,
    rosters,
    rows_by_person,
    suspicion,
)
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r003"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and table."""
    for roster in rosters(evaluation):
        if not (roster.has(Role.ADMITTED) or roster.has(Role.LEFT)):
            continue
        outside = [row for row in all_rows(roster) if _is_outside(roster, row)]
        for rows in rows_by_person(roster, outside).values():
            listed = months_of(roster, rows)
            stay = _stay(roster, rows[0])
            what = f"列在{listed}" if listed else "入住晚于离院"
            found = f"{roster.shown(rows[0])}，{stay}，{what}（{on_lines(roster, rows)}）"
            yield suspicion(
                CODE, roster.place(rows[0]), found, "只列入在院的月份", "核对入住和离院记录；属实的剔除并追回"
            )


def _is_outside(roster: Roster, row: int) -> bool:
    admitted, left, month = roster.day(row, Role.ADMITTED), roster.day(row, Role.LEFT), roster.month(row)
    if month is None:
        return admitted is not None and left is not None and admitted > left
    return (admitted is not None and month < month_of(admitted)) or (left is not None and month > month_of(left))


def _stay(roster: Roster, row: int) -> str:
    named = ((Role.ADMITTED, "入住"), (Role.LEFT, "离院"))
    days = [f"{chinese_date(day)}{word}" for role, word in named if (day := roster.day(row, role))]
    return "、".join(days)
