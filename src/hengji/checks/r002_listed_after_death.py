"""死亡以后仍列入名册。

## 查什么
任一名册登记了死亡日期的人，是否在死亡次月以后的月份仍被列入；或入住、离院日期晚于死亡日期。不同的表按身份证号对人。

## 为什么
死亡未销户、继续领取，是审计查出最多的一类多付。

## 怎么改
核对死亡日期；属实的，停发并追回死亡次月起的补助，列为问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.rosters import (
    Person,
    Roster,
    all_rows,
    month_of,
    months_of,
    on_lines,
    rosters,
    rows_by_person,
    suspicion,
    with_columns,
)
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r002"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and table."""
    known = rosters(evaluation)
    deaths = _deaths(known)
    for roster in known if deaths else ():
        for person, rows in rows_by_person(roster, all_rows(roster)).items():
            died = deaths.get(person)
            late = [row for row in rows if died and _is_late(roster, row, died)]
            if died and late:
                listed = months_of(roster, late)
                what = f"在{listed}仍列入" if listed else "入住或离院日期晚于死亡日期"
                found = f"{roster.shown(late[0])}，{chinese_date(died)}死亡，{what}（{on_lines(roster, late)}）"
                yield suspicion(
                    CODE, roster.place(late[0]), found, "死亡次月起不再列入", "核对死亡日期；属实的停发并追回"
                )


def _deaths(known: tuple[Roster, ...]) -> dict[Person, date]:
    found: dict[Person, date] = {}
    for roster in with_columns(known, Role.DIED):
        for row in all_rows(roster):
            person, died = roster.person(row), roster.day(row, Role.DIED)
            if person is not None and died is not None:
                found.setdefault(person, died)
    return found


def _is_late(roster: Roster, row: int, died: date) -> bool:
    month = roster.month(row)
    if month is not None:
        return month > month_of(died)
    stays = (roster.day(row, Role.ADMITTED), roster.day(row, Role.LEFT))
    return any(day is not None and day > died for day in stays)
