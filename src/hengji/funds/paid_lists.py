"""Person by person: a roster beside a list of payments, where both say who."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hengji.funds import faults
from hengji.model.evaluation import Grant
from hengji.model.finding import Finding, Place
from hengji.model.identity import masked, plain
from hengji.model.money import Money
from hengji.model.reconciliation import Claim, PersonalClaim
from hengji.model.roster import Role, positions_of
from hengji.model.table import Table, Value

Key = tuple[str, str]
Findings = tuple[Finding, ...]


@dataclass(slots=True)
class _Sums:
    """What stands in one table for each institution and person."""

    amounts: dict[Key, Money] = field(default_factory=dict)
    lines: dict[Key, list[int]] = field(default_factory=dict)

    def add(self, key: Key, amount: Money, line: int | None) -> None:
        self.amounts[key] = self.amounts.get(key, Money(0)) + amount
        self.lines.setdefault(key, []).extend([] if line is None else [line])


def persons(grants: Iterable[Grant], tables: Mapping[str, Table]) -> tuple[tuple[PersonalClaim, ...], Findings]:
    """Everybody on a roster or on its list of payments; by institution where either does not say who."""
    found: list[PersonalClaim] = []
    wrong: list[Finding] = []
    for grant in grants:
        name = grant.entitlement.paid
        if not name:
            continue
        table = tables.get(name)
        missing = ["没有这张表"] if table is None else [f"缺少“{role.value}”列" for role in _missing(table, grant)]
        if table is None or missing:
            wrong.append(faults.unusable_list(name, grant.entitlement.id, missing))
            continue
        found.extend(_persons(grant, table))
    return tuple(found), tuple(wrong)


def _missing(table: Table, grant: Grant) -> list[Role]:
    has = _columns(table, grant)
    return [role for role in (Role.HOME, Role.AMOUNT) if role not in has]


def _columns(table: Table, grant: Grant) -> dict[Role, int]:
    """The recipient goes by the policy's own word for it."""
    found = positions_of(table)
    if grant.recipient in table.positions:
        found[Role.HOME] = table.positions[grant.recipient]
    return found


def _persons(grant: Grant, paid: Table) -> Iterator[PersonalClaim]:
    roster, payments = _columns(grant.table, grant), _columns(paid, grant)
    who = next((role for role in (Role.IDENTITY, Role.PERSON) if role in roster and role in payments), None)
    due, got = _Sums(), _Sums()
    for row in grant.rows:
        cells = grant.table.rows[row.row]
        due.add((row.recipient, _text(cells, roster, who)), _sum(row.due.values()), _line(grant.table, row.row))
    for index, cells in enumerate(paid.rows):
        amount = cells[payments[Role.AMOUNT]]
        got.add(
            (_text(cells, payments, Role.HOME), _text(cells, payments, who)),
            amount if isinstance(amount, Money) else Money(0),
            _line(paid, index),
        )
    for key in dict.fromkeys((*due.amounts, *got.amounts)):
        yield PersonalClaim(
            grant.entitlement.id,
            key[0],
            masked(key[1]) if who is Role.IDENTITY else key[1],
            due.amounts.get(key, Money(0)),
            got.amounts.get(key, Money(0)),
            tuple(due.lines.get(key, ())),
            tuple(got.lines.get(key, ())),
        )


def _text(cells: tuple[Value, ...], columns: Mapping[Role, int], role: Role | None) -> str:
    if role is None:
        return ""
    value = cells[columns[role]]
    text = "" if value is None else str(value)
    return plain(text) if role is Role.IDENTITY else text.strip()


def _line(table: Table, index: int) -> int | None:
    return table.lines[index] if index < len(table.lines) else None


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, Money(0))


def against_ledger(
    found: Iterable[PersonalClaim], claims: Iterable[Claim], grants: Iterable[Grant], tables: Mapping[str, Table]
) -> Iterator[Finding]:
    """Institutions for which the list of payments and the ledger come to different amounts."""
    paid: dict[Key, Money] = {}
    for claim in claims:
        key = (claim.entitlement, claim.institution)
        paid[key] = paid.get(key, Money(0)) + claim.paid
    listed: dict[Key, Money] = {}
    for person in found:
        key = (person.entitlement, person.institution)
        listed[key] = listed.get(key, Money(0)) + person.paid
    paths = {
        grant.entitlement.id: tables[grant.entitlement.paid].path
        for grant in grants
        if grant.entitlement.paid in tables
    }
    for (entitlement, institution), amount in listed.items():
        known = paid.get((entitlement, institution))
        if known is not None and known != amount:
            place = Place(paths.get(entitlement, ""), item=institution)
            yield faults.list_differs(place, entitlement, institution, amount, known)
