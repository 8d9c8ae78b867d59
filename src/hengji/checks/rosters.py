"""What the roster checks read: tables bound to entitlements, by what their columns say, row by row, months as months."""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from hengji.deadlines.terms import whole_months_between
from hengji.model.evaluation import Evaluation, Grant
from hengji.model.finding import Finding, Place, Severity
from hengji.model.identity import birth_of, masked, plain
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.model.roster import Role, positions_of
from hengji.model.table import Table, Value

FULL_YEAR = 12
_MONTH = pattern(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})(?:\s*月)?(?:\s*[-/.]?\s*\d{1,2}\s*日?)?")
_MOST_LINES = 8


class Month(NamedTuple):
    """月份."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


class Person(NamedTuple):
    """人员: the same person has the same key; ``table`` is empty where the number holds beyond one table."""

    number: str
    table: str = ""


@record
class Roster:
    """名册: a table bound to entitlements. ``grants`` are those whose main table it is; ``year`` is that of the evaluation."""

    table: Table
    columns: Mapping[Role, int]
    grants: tuple[Grant, ...]
    policies: tuple[str, ...]
    year: int

    def has(self, *roles: Role) -> bool:
        return all(role in self.columns for role in roles)

    def cell(self, row: int, role: Role) -> Value:
        """None where the table has no such column."""
        position = self.columns.get(role)
        return None if position is None else self.table.rows[row][position]

    def text(self, row: int, role: Role) -> str:
        value = self.cell(row, role)
        return "" if value is None else str(value).strip()

    def day(self, row: int, role: Role) -> date | None:
        value = self.cell(row, role)
        return value if isinstance(value, date) else None

    def number(self, row: int, role: Role) -> int | None:
        value = self.cell(row, role)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def line(self, row: int) -> int | None:
        return self.table.lines[row] if row < len(self.table.lines) else None

    def home(self, row: int) -> str:
        return "".join(unicodedata.normalize("NFKC", self.text(row, Role.HOME)).split())

    def person(self, row: int) -> Person | None:
        """By identity number where there is one: other numbers are only known to hold within their table."""
        identity = plain(self.text(row, Role.IDENTITY))
        if identity:
            return Person(identity)
        number = self.text(row, Role.PERSON)
        return Person(number, self.table.name) if number else None

    def shown(self, row: int) -> str:
        """How a person is called in a finding; never by a whole identity number."""
        return self.text(row, Role.PERSON) or masked(self.text(row, Role.IDENTITY))

    def birth(self, row: int) -> date | None:
        """What the roster says, else what the identity number says."""
        return self.day(row, Role.BIRTH) or birth_of(self.text(row, Role.IDENTITY))

    def month(self, row: int) -> Month | None:
        """The month that a row pays: a date, 2021-05, 2021年5月, 202105, or 5 of the row's or the evaluation's year."""
        value = self.cell(row, Role.MONTH)
        if isinstance(value, date):
            return month_of(value)
        return None if value is None else _month(str(value), self.number(row, Role.YEAR) or self.year)

    def place(self, row: int) -> Place:
        return self.place_of(row, self.shown(row))

    def place_of(self, row: int, item: str) -> Place:
        """Where a row stands in its file."""
        sheet = self.table.sheets[row] if self.table.sheets else ""
        return Place(self.table.path, self.line(row), sheet=sheet, item=item)


@lru_cache(maxsize=1024)
def _month(written: str, year: int) -> Month | None:
    text = unicodedata.normalize("NFKC", written).strip()
    match = _MONTH.fullmatch(text)
    short = text.removesuffix("月")
    if match:
        year, month = int(match[1]), int(match[2])
    elif short.isdecimal():
        month = int(short)
    else:
        return None
    return Month(year, month) if 1 <= month <= FULL_YEAR else None


def rosters(evaluation: Evaluation) -> tuple[Roster, ...]:
    """Every table that an entitlement is worked out from or paid by, once."""
    tables = evaluation.tables or {}
    found: dict[str, list[Grant]] = {}
    for grant in evaluation.grants:
        for name in dict.fromkeys((*grant.entitlement.tables.values(), grant.entitlement.paid)):
            if name in tables:
                found.setdefault(name, []).append(grant)
    return tuple(_roster(tables[name], grants, evaluation) for name, grants in found.items())


def _roster(table: Table, grants: list[Grant], evaluation: Evaluation) -> Roster:
    columns = positions_of(table)
    recipient = next((grant.recipient for grant in grants if grant.recipient in table.positions), "")
    if recipient:
        columns[Role.HOME] = table.positions[recipient]
    own = tuple(grant for grant in grants if grant.table.path == table.path)
    policies = tuple(grant.entitlement.policy for grant in grants)
    return Roster(table, columns, own, policies, evaluation.dossier.head.year)


def registered_beds(known: Iterable[Roster]) -> dict[str, int]:
    """How many beds each home has. Beds in the table that is paid are those that the subsidy counts, not those that there are."""
    found: dict[str, int] = {}
    for roster in with_columns(known, Role.HOME, Role.BEDS):
        for row in all_rows(roster) if not roster.grants else ():
            number = roster.number(row, Role.BEDS)
            if number is not None:
                found[roster.home(row)] = found.get(roster.home(row), 0) + number
    return found


def rows_by_person(roster: Roster, rows: Iterable[int]) -> dict[Person, list[int]]:
    """The rows of each person; a row without a number is left out."""
    found: dict[Person, list[int]] = {}
    for row in rows:
        person = roster.person(row)
        if person is not None:
            found.setdefault(person, []).append(row)
    return found


def all_rows(roster: Roster) -> range:
    return range(len(roster.table.rows))


def age(birth: date, day: date) -> int:
    """周岁."""
    return whole_months_between(birth, day) // FULL_YEAR


def on_lines(roster: Roster, rows: Iterable[int]) -> str:
    """第3、4、5行, the first of them where there are many."""
    lines = [str(line) for row in rows if (line := roster.line(row)) is not None]
    listed = "、".join(lines[:_MOST_LINES])
    return f"第{listed}{f'等{len(lines)}' if len(lines) > _MOST_LINES else ''}行"


def suspicion(code: str, place: Place, found: str, expected: str, remedy: str) -> Finding:
    """What a roster shows has to be looked into, and may have its reason."""
    return Finding(code, Severity.WARNING, place, found, expected, remedy)


def months(values: Iterable[Month]) -> str:
    """2021年5月、6月 in order, the first few where there are many."""
    ordered = sorted(set(values))
    listed = "、".join(str(month) for month in ordered[:_MOST_LINES])
    return f"{listed}等{len(ordered)}个月" if len(ordered) > _MOST_LINES else listed


def months_of(roster: Roster, rows: Iterable[int]) -> str:
    """The months that rows pay, in the same words; empty where the roster names none."""
    return months(month for row in rows if (month := roster.month(row)))


def with_columns(found: Iterable[Roster], *roles: Role) -> Iterator[Roster]:
    """Those that have all of these columns."""
    return (roster for roster in found if roster.has(*roles))
