"""同一人同一个月在一家机构列了两次。

## 查什么
分月的名册中，同一人同一个月在同一家机构是否列了两行以上。

## 为什么
重复的行会重复计发。

## 怎么改
删去重复的行；一个月分段登记的，合成一行。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import Month, all_rows, months, on_lines, rosters, rows_by_person, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r016"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and home."""
    for roster in with_columns(rosters(evaluation), Role.MONTH):
        for rows in rows_by_person(roster, all_rows(roster)).values():
            listed: dict[tuple[str, Month], list[int]] = {}
            for row in rows:
                month = roster.month(row)
                if month is not None:
                    listed.setdefault((roster.home(row), month), []).append(row)
            twice: dict[str, list[tuple[Month, list[int]]]] = {}
            for (home, month), same in listed.items():
                if len(same) > 1:
                    twice.setdefault(home, []).append((month, same))
            for repeated in twice.values():
                every = [row for _, same in repeated for row in same]
                when = months(month for month, _ in repeated)
                found = f"{roster.shown(every[0])}在{when}列了不止一次（{on_lines(roster, every)}）"
                yield suspicion(CODE, roster.place(every[0]), found, "每月一行", "删去重复的行")
