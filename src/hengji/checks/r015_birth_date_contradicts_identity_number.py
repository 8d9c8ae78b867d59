"""出生日期与身份证号码不一致。

## 查什么
名册同时有出生日期和18位身份证号的，号码第7至14位所载的日期是否就是出生日期。

## 为什么
两者不一，年龄就没有依据；改大年龄正是这样做的。

## 怎么改
按身份证原件改正，再看年龄是否仍然符合条件。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import all_rows, on_lines, rosters, rows_by_person, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.identity import birth_of
from hengji.model.roster import Role

CODE = "r015"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and table."""
    for roster in with_columns(rosters(evaluation), Role.IDENTITY, Role.BIRTH):
        for person, rows in rows_by_person(roster, all_rows(roster)).items():
            carried = birth_of(person.number)
            other = [row for row in rows if (day := roster.day(row, Role.BIRTH)) and carried and day != carried]
            if other and carried:
                day = roster.day(other[0], Role.BIRTH)
                assert day is not None
                found = (
                    f"{roster.shown(other[0])}登记为{chinese_date(day)}出生，"
                    f"身份证号所载为{chinese_date(carried)}（{on_lines(roster, other)}）"
                )
                yield suspicion(CODE, roster.place(other[0]), found, "两者一致", "按身份证原件改正")
