"""评估晚于所补的月份。

## 查什么
名册有评估日期的，评估是否晚于所列月份的最后一天；名册不分月的，是否晚于评价期末。

## 为什么
先发补助、后补评估，发放时没有依据。

## 怎么改
查明发放时依据的评估；没有的，按评估之日起计发，以前的追回。
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
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r008"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and table."""
    end = evaluation.dossier.head.period.end
    for roster in with_columns(rosters(evaluation), Role.ASSESSED):
        late = [row for row in all_rows(roster) if _is_late(roster, row, end)]
        for rows in rows_by_person(roster, late).values():
            day = roster.day(rows[0], Role.ASSESSED)
            assert day is not None
            listed = months_of(roster, rows) or "本期"
            found = f"{roster.shown(rows[0])}，{chinese_date(day)}才评估，{listed}已经列入（{on_lines(roster, rows)}）"
            yield suspicion(CODE, roster.place(rows[0]), found, "先评估后列入", "查明发放时的依据；没有的追回")


def _is_late(roster: Roster, row: int, end: date) -> bool:
    day, month = roster.day(row, Role.ASSESSED), roster.month(row)
    return day is not None and day > (month.last if month else end)
