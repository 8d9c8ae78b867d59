"""能力评估已过有效期。

## 查什么
名册登记了评估有效期（到期日，或自评估日起的月数）的，所列月份的第一天是否还在有效期内；名册不分月的，按评价期起日。

## 为什么
补助按失能等级计发，过期的评估不能证明当月的等级。

## 怎么改
取得当期有效的评估报告；没有重新评估的月份不应计发。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.rosters import (
    Roster,
    all_rows,
    months_of,
    on_lines,
    rosters,
    rows_by_person,
    suspicion,
    with_columns,
)
from hengji.deadlines.terms import add_months
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r007"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and table."""
    start = evaluation.dossier.head.period.start
    for roster in with_columns(rosters(evaluation), Role.VALID):
        expired = [row for row in all_rows(roster) if _is_expired(roster, row, start)]
        for rows in rows_by_person(roster, expired).values():
            end = _end(roster, rows[0])
            assert end is not None
            listed = months_of(roster, rows) or "本期"
            found = f"{roster.shown(rows[0])}的评估{chinese_date(end)}到期，{listed}仍按其等级列入（{on_lines(roster, rows)}）"
            yield suspicion(
                CODE, roster.place(rows[0]), found, "评估在有效期内", "取得当期有效的评估报告；没有的不予计发"
            )


def _end(roster: Roster, row: int) -> date | None:
    """The last day on which it holds."""
    day, number, assessed = (
        roster.day(row, Role.VALID),
        roster.number(row, Role.VALID),
        roster.day(row, Role.ASSESSED),
    )
    if day is not None:
        return day
    return add_months(assessed, number) if assessed is not None and number is not None else None


def _is_expired(roster: Roster, row: int, start: date) -> bool:
    end, month = _end(roster, row), roster.month(row)
    return end is not None and end < (month.first if month else start)
