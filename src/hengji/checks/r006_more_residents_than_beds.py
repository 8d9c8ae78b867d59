"""入住人数超过床位数。

## 查什么
辅助数据表登记了床位数的机构，名册中同一个月（或同一天）列入的人数是否超过床位数。核算主表里的床位数是受补助的床位，不作核定床位。

## 为什么
人比床多，不是名册虚列就是床位数不实。

## 怎么改
核对核定床位和当月在院人员，改正其中不实的一项。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from hengji.checks.rosters import Month, Person, Roster, all_rows, registered_beds, rosters, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.roster import Role

CODE = "r006"
_DAY = timedelta(1)


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per home and table: the fullest month or day."""
    known = rosters(evaluation)
    beds = registered_beds(known)
    for roster in with_columns(known, Role.HOME) if beds else ():
        fullest = _by_month(roster) if roster.has(Role.MONTH) else _by_day(roster, evaluation.dossier.head.period.end)
        for home, (when, heads, row) in fullest.items():
            if home in beds and heads > beds[home]:
                found = f"{roster.text(row, Role.HOME)}{when}列入{heads}人，床位{beds[home]}张"
                yield suspicion(CODE, roster.place(row), found, "人数不超过床位数", "核对核定床位和在院人员")


Fullest = Mapping[str, tuple[str, int, int]]
"""For each home when it was fullest, with how many, and a row."""


def _by_month(roster: Roster) -> Fullest:
    persons: dict[tuple[str, Month], set[Person]] = {}
    heads: dict[tuple[str, Month], int] = {}
    rows: dict[tuple[str, Month], int] = {}
    for row in all_rows(roster):
        month = roster.month(row)
        if month is None:
            continue
        key, person = (roster.home(row), month), roster.person(row)
        rows.setdefault(key, row)
        if person is not None:
            persons.setdefault(key, set()).add(person)
        else:
            heads[key] = heads.get(key, 0) + (roster.number(row, Role.HEADS) or 0)
    fullest: dict[str, tuple[str, int, int]] = {}
    for (home, month), row in sorted(rows.items(), key=lambda item: item[0]):
        number = len(persons.get((home, month), ())) + heads.get((home, month), 0)
        if number > fullest.get(home, ("", 0, 0))[1]:
            fullest[home] = (f"{month}", number, row)
    return fullest


def _by_day(roster: Roster, end: date) -> Fullest:
    """Who moves in on the day that another moves out takes over the bed."""
    moves: dict[str, list[tuple[date, int, int]]] = {}
    for row in all_rows(roster):
        admitted = roster.day(row, Role.ADMITTED)
        if admitted is not None and roster.person(row) is not None:
            own = moves.setdefault(roster.home(row), [])
            own += [(admitted, 1, row), (roster.day(row, Role.LEFT) or end + _DAY, -1, row)]
    fullest: dict[str, tuple[str, int, int]] = {}
    for home, own in moves.items():
        present = 0
        for day, step, row in sorted(own):
            present += step
            if present > fullest.get(home, ("", 0, 0))[1]:
                fullest[home] = (chinese_date(day), present, row)
    return fullest
