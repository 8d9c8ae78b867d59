"""A policy as terms over the rows of its main table: what holds, what fails and why, and what each tier pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from hengji.engines.columnar.dialect import Dialect
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.rows import NUMBER
from hengji.engines.columnar.sql import TRUE, Counter, Relation, Sql, both, first_of, joined, literal, sql
from hengji.engines.columnar.term import Term, fault_where, present
from hengji.engines.columnar.whole import RefusedError, Whole
from hengji.engines.values import FaultCode
from hengji.model.money import LARGEST
from hengji.model.programme import Tier
from hengji.model.table import ColumnType
from hengji.policies.kinds import DATE, MONEY
from hengji.policies.nodes import Comparison, Field
from hengji.policies.policy import Amount, Condition, Policy, Split

HOLDS, FAILS = 0, 1
"""The state of a condition; any other number is the code of its fault."""


@dataclass(frozen=True, slots=True)
class Payment:
    """付款语句 in SQL: the fault of a row that it would have to pay, and what its tiers pay."""

    statement: Amount | Split
    fault: Sql | None
    due: Mapping[Tier, Sql]


@dataclass(frozen=True, slots=True)
class Lowered:
    """``states`` of the conditions in the order of the law; ``force`` None: every row lies within the policy's time.

    ``gate`` holds for the rows that are to be paid, ``due`` is what they get (0 elsewhere), NULL nowhere.
    """

    policy: Policy
    rows: PolicyRows
    recipient: Sql
    force: Sql | None
    states: Mapping[Condition, Sql]
    payments: tuple[Payment, ...]
    gate: Sql
    sound: Sql
    due: Mapping[Tier, Sql]


def lower(policy: Policy, schema: Schema, dialect: Dialect) -> Lowered:
    """Lower a policy over tables of which ``schema`` says all that is known. Raises RefusedError."""
    table = schema[policy.rows]
    rows = PolicyRows(policy, schema, Relation("m", table.source, Counter(), dialect))
    for name, statement in policy.named().items():
        rows.named[name] = rows.numbers.hold(rows.lower(statement.value))
    force = _in_force(rows)
    states = {each: _state(rows, rows.named[each.name]) for each in policy.conditions()}
    tests = [sql("{} = 0", state) for state in states.values() if state.uses]
    gate = rows.relation.bind(both(force, *tests))
    payments = tuple(_pay(rows, statement) for statement in policy.statements if isinstance(statement, Amount | Split))
    sound = rows.relation.bind(both(gate, *(sql("{} IS NULL", each.fault) for each in payments if each.fault)))
    due = {tier: amount for each in payments for tier, amount in each.due.items()}
    kept = {
        tier: rows.relation.bind(sql("CASE WHEN {} THEN {} ELSE 0 END", sound, due[tier])) for tier in policy.tiers()
    }
    return Lowered(policy, rows, _recipient(rows), force, states, payments, gate, sound, kept)


def _in_force(rows: PolicyRows) -> Sql | None:
    policy = rows.policy
    if not policy.as_of:
        return None
    day = rows.raw(Field(DATE, policy.rows, policy.as_of))
    start, end = policy.start, policy.end or date.max
    if start.toordinal() <= day.value.low and day.value.high <= end.toordinal():
        return None
    inside = sql(f"({{}} BETWEEN DATE '{start.isoformat()}' AND DATE '{end.isoformat()}')", day.sql)
    return rows.relation.bind(sql("({} IS NOT FALSE)", inside))


def _state(rows: PolicyRows, term: Term) -> Sql:
    if term.fault is None and term.sql == TRUE:
        return literal(str(HOLDS))
    held = sql(f"CASE WHEN {{}} THEN {HOLDS} ELSE {FAILS} END", term.sql)
    state = first_of(term.fault, held)
    assert state is not None
    return rows.relation.bind(state)


def _recipient(rows: PolicyRows) -> Sql:
    policy = rows.policy
    column = next(each for each in policy.tables[policy.rows].columns if each.name == policy.recipient)
    if column.type not in {ColumnType.TEXT, ColumnType.ENUM}:
        raise RefusedError(f"收款单位「{column.name}」是{column.type.value}", "改用文本列")
    cell = rows.raw(Field(column.type, policy.rows, column.name))
    return rows.relation.bind(sql("coalesce({}, '')", cell.sql)) if cell.nullable else cell.sql


def _pay(rows: PolicyRows, statement: Amount | Split) -> Payment:
    whole = rows.numbers.hold(rows.lower(statement.value))
    if not (whole.bottom.constant and whole.bottom.low == 1):
        raise RefusedError("金额不是整分", "先用 取整 舍入")
    fault = first_of(whole.fault, _blank(whole))
    if isinstance(statement, Amount):
        return Payment(statement, None if fault is None else rows.relation.bind(fault), {statement.tier: whole.sql})
    due: dict[Tier, Sql] = {}
    given = rows.numbers.literal(ColumnType.RATE, _ZERO)
    faults = [fault]
    for share in statement.shares:
        rate = rows.numbers.hold(rows.lower(share.rate))
        kept, given, wrong = _share(rows, rate, given)
        faults += [rate.fault, _blank(rate), wrong]
        part = rows.numbers.hold(rows.numbers.part(replace(whole, fault=None, kind=MONEY), kept))
        due[share.tier] = part.sql
    rest = sql("({} - ({}))", whole.sql, joined(" + ", due.values())) if due else whole.sql
    due[statement.rest] = rows.relation.bind(rest)
    every = first_of(*faults)
    return Payment(statement, None if every is None else rows.relation.bind(every), due)


_ZERO = Fraction(0)


def _blank(term: Term) -> Sql | None:
    return fault_where(sql("{} IS NULL", term.sql), FaultCode.MISSING) if term.nullable else None


def _share(rows: PolicyRows, rate: Term, given: Term) -> tuple[Term, Term, Sql | None]:
    """The rate where it can be one, the sum so far, and the fault where a rate is below 0 or the sum above 1."""
    numbers, wholes = rows.numbers, rows.wholes
    none, whole = numbers.literal(ColumnType.RATE, _ZERO), Term(ColumnType.RATE, wholes.literal(1), nullable=False)
    above = numbers.compare(Comparison.AT_LEAST, replace(rate, fault=None), none).sql
    below = numbers.compare(Comparison.AT_MOST, replace(rate, fault=None), whole).sql
    tests = both(above, below)
    kept = replace(rate, fault=None)
    if tests != TRUE:
        good = rows.relation.bind(tests)
        top = wholes.within(rate.value, good, 0, rate.bottom.high)
        kept = replace(kept, value=replace(top, sql=rows.relation.bind(top.sql)), nullable=True)
    x, y, bottom = numbers.level(given, kept)
    total = numbers.held(wholes.add(x, y))
    most = numbers.compare(Comparison.AT_MOST, Term(ColumnType.RATE, total, bottom, nullable=kept.nullable), whole).sql
    sound = both(tests, most)
    wrong = None if sound == TRUE else fault_where(sql("{} IS NOT TRUE", sound), FaultCode.SHARE)
    return kept, Term(ColumnType.RATE, total, bottom, nullable=kept.nullable), wrong


__all__ = ["FAILS", "HOLDS", "LARGEST", "NUMBER", "Lowered", "Payment", "Whole", "lower", "present"]
