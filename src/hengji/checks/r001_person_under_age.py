"""列入的人员不满年龄。

## 查什么
名册有出生日期或身份证号的，每人在所列月份的最后一天是否年满规定的年龄。政策有“最低年龄”参数的按参数，没有的按60周岁；
名册不分月的，按评价期末。

## 为什么
不满年龄的人领取养老补助属于虚报，应当追回。

## 怎么改
核对出生日期和身份证；确实不满年龄的，剔除并追回多付的补助，列为问题。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hengji.checks.rosters import Roster, age, all_rows, on_lines, rosters, rows_by_person, suspicion
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.policies.policy import Policy

CODE = "r001"
MINIMUM = "最低年龄"
_USUAL = 60


def find(evaluation: Evaluation, policies: Mapping[str, Policy]) -> Iterator[Finding]:
    """One finding per person, at the first row."""
    end = evaluation.dossier.head.period.end
    for roster in rosters(evaluation):
        least = _least(roster, policies)
        young = [row for row in all_rows(roster) if _is_young(roster, row, least, end)]
        for rows in rows_by_person(roster, young).values():
            first = rows[0]
            month, birth = roster.month(first), roster.birth(first)
            assert birth is not None
            when = str(month) if month else chinese_date(end)
            years = age(birth, month.last if month else end)
            found = (
                f"{roster.shown(first)}，{chinese_date(birth)}出生，{when}只有{years}周岁，列在{on_lines(roster, rows)}"
            )
            yield suspicion(CODE, roster.place(first), found, f"年满{least}周岁", "核对出生日期；确实不满的剔除并追回")


def _is_young(roster: Roster, row: int, least: int, end: date) -> bool:
    birth = roster.birth(row)
    if birth is None:
        return False
    month = roster.month(row)
    return age(birth, month.last if month else end) < least


def _least(roster: Roster, policies: Mapping[str, Policy]) -> int:
    """The lowest age that any policy paying from this table asks for."""
    ages = []
    for name in roster.policies:
        series = policies[name].parameters.get(MINIMUM) if name in policies else None
        value = series.versions[-1].value if series else None
        ages.append(value if isinstance(value, int) else _USUAL)
    return min(ages, default=_USUAL)
