"""同一人同时列在两家机构。

## 查什么
同一人同一个月是否列在两家以上机构；名册不分月而有入住、离院日期的，在两家的居住日期是否重叠一天以上；两样都没有、也没有月数的
年度名册，同一人是否列在两家。各表之间按身份证号对人，同一表内按人员编号。

## 为什么
一个人同时住不了两家，其中一家是虚报。

## 怎么改
核对入住协议，留下实际所住的一家，追回另一家的补助。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.rosters import Month, Person, Roster, all_rows, months, rosters, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.model.roster import Role

CODE = "r004"


@record
class _Entry:
    roster: Roster
    row: int
    home: str

    def at(self) -> str:
        return f"{self.roster.text(self.row, Role.HOME)}（{self.roster.table.path}第{self.roster.line(self.row)}行）"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per person and pair of homes."""
    people: dict[Person, list[_Entry]] = {}
    for roster in with_columns(rosters(evaluation), Role.HOME):
        for row in all_rows(roster):
            person = roster.person(row)
            if person is not None:
                people.setdefault(person, []).append(_Entry(roster, row, roster.home(row)))
    end = evaluation.dossier.head.period.end
    for entries in people.values():
        if len({entry.home for entry in entries}) > 1:
            yield from _by_month([entry for entry in entries if entry.roster.month(entry.row)])
            undated = [entry for entry in entries if not entry.roster.month(entry.row)]
            yield from _by_stay([entry for entry in undated if entry.roster.day(entry.row, Role.ADMITTED)], end)
            yield from _by_year([entry for entry in undated if _says_no_time(entry.roster)])


def _by_month(entries: list[_Entry]) -> Iterator[Finding]:
    by_month: dict[Month, dict[str, _Entry]] = {}
    for entry in entries:
        month = entry.roster.month(entry.row)
        if month is not None:
            by_month.setdefault(month, {}).setdefault(entry.home, entry)
    pairs: dict[tuple[str, ...], list[Month]] = {}
    for month, homes in by_month.items():
        if len(homes) > 1:
            pairs.setdefault(tuple(homes), []).append(month)
    for shared in pairs.values():
        yield _finding(list(by_month[shared[0]].values()), f"在{months(shared)}")


def _by_stay(entries: list[_Entry], end: date) -> Iterator[Finding]:
    stays = sorted(entries, key=lambda entry: (_from(entry), entry.row))
    for index, entry in enumerate(stays):
        for later in stays[index + 1 :]:
            until = entry.roster.day(entry.row, Role.LEFT) or end
            if later.home != entry.home and _from(later) < until:
                yield _finding([entry, later], f"自{chinese_date(_from(later))}起居住日期重叠，")


def _from(entry: _Entry) -> date:
    day = entry.roster.day(entry.row, Role.ADMITTED)
    assert day is not None
    return day


def _by_year(entries: list[_Entry]) -> Iterator[Finding]:
    homes: dict[str, _Entry] = {}
    for entry in entries:
        homes.setdefault(entry.home, entry)
    if len(homes) > 1:
        yield _finding(list(homes.values()), "")


def _says_no_time(roster: Roster) -> bool:
    """A list of the year as it stands, not of months or stays."""
    timed = (Role.MONTH, Role.ADMITTED, Role.MONTHS, Role.YEAR, Role.DIED, Role.ACCOUNT)
    return bool(roster.grants) and not any(roster.has(role) for role in timed)


def _finding(entries: list[_Entry], when: str) -> Finding:
    first = entries[0]
    found = f"{first.roster.shown(first.row)}{when}同时列在{'、'.join(entry.at() for entry in entries)}"
    return suspicion(
        CODE, first.roster.place(first.row), found, "一人同时只在一家", "核对入住协议，剔除并追回不实的一家"
    )
