"""一年计了十二个月以上。

## 查什么
名册按月数登记的，同一人同一年各行的月数合计是否超过12；若干人合计的行，人月是否超过人数的12倍。没有年度列的，整张表算一年。

## 为什么
一年只有十二个月，多出的月数是重复列入。

## 怎么改
核对各行的起止月份，删去重复的部分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import FULL_YEAR, Roster, all_rows, on_lines, rosters, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r005"
_REMEDY = "核对起止月份，删去重复的部分"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and year, one per summed row."""
    for roster in with_columns(rosters(evaluation), Role.MONTHS):
        if roster.has(Role.MONTH):
            continue
        yield from _persons(roster)
        yield from _sums(roster)


def _persons(roster: Roster) -> Iterator[Finding]:
    listed: dict[tuple[object, int], list[int]] = {}
    for row in all_rows(roster):
        person = roster.person(row)
        if person is not None:
            listed.setdefault((person, roster.number(row, Role.YEAR) or roster.year), []).append(row)
    for (_, year), rows in listed.items():
        total = sum(roster.number(row, Role.MONTHS) or 0 for row in rows)
        if total > FULL_YEAR:
            found = f"{roster.shown(rows[0])}，{year}年计{total}个月（{on_lines(roster, rows)}）"
            yield suspicion(CODE, roster.place(rows[0]), found, "不超过12个月", _REMEDY)


def _sums(roster: Roster) -> Iterator[Finding]:
    for row in all_rows(roster):
        heads, total = roster.number(row, Role.HEADS), roster.number(row, Role.MONTHS)
        if roster.person(row) is None and heads is not None and total is not None and total > heads * FULL_YEAR:
            found = f"{roster.text(row, Role.HOME)}{heads}人计{total}人月"
            yield suspicion(CODE, roster.place(row), found, f"不超过{heads * FULL_YEAR}人月", _REMEDY)
