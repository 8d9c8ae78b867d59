"""A policy as terms over the rows of its main table: what holds, what fails and why, and what each tier pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from fractions import Fraction

from hengji.engines.columnar.counting import counted
from hengji.engines.columnar.dialect import Dialect
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.gating import holds
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.rows import Beside
from hengji.engines.columnar.sql import (
    FALSE,
    TRUE,
    Counter,
    Relation,
    Sql,
    both,
    either,
    first_of,
    joined,
    literal,
    sql,
)
from hengji.engines.columnar.term import Term, fault_where
from hengji.engines.columnar.whole import RefusedError, Whole
from hengji.engines.fault_codes import FaultCode
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import DATE, MONEY
from hengji.policies.nodes import Comparison, Field, Node, walk
from hengji.policies.nodes import Named as NamedNode
from hengji.policies.policy import Amount, Condition, Let, Policy, Split, Statement

HOLDS, FAILS = 0, 1
"""The state of a condition; any other number is the code of its fault."""


@record
class Payment:
    """付款语句 in SQL: the fault of a row that it would have to pay, and what its tiers pay."""

    statement: Amount | Split
    fault: Sql | None
    due: Mapping[Tier, Whole]


@record
class Bundle:
    """Conditions that are tested over the same rows: those that are paid, or those of a table ``beside`` them.

    ``states`` are columns of those rows, ``faults`` those of the conditions that can have one.
    """

    side: Lowerer
    states: Mapping[Condition, Sql]
    faults: Mapping[Condition, Sql]
    beside: Beside | None = None

    def over(self, test: Sql) -> Sql:
        """An expression over the states as a column of the rows that are paid; NULL where nothing stands beside them."""
        return self.side.relation.bind(test) if self.beside is None else self.beside.column(test)

    @property
    def _lost(self) -> Sql:
        """No one row stands beside."""
        fault = None if self.beside is None else self.beside.fault
        return FALSE if fault is None else sql("{} IS NOT NULL", fault)

    @property
    def good(self) -> Sql:
        """Every condition holds."""
        found = TRUE if self._lost == FALSE else sql("NOT {}", self._lost)
        return both(found, self.over(holds(self.side, tuple(self.states))))

    @property
    def broken(self) -> Sql:
        """A condition has a fault."""
        broken = either(*(sql("{} IS NOT NULL", fault) for fault in self.faults.values()))
        return either(self._lost, FALSE if broken == FALSE else sql("{} IS TRUE", self.over(broken)))

    def state(self, condition: Condition) -> Sql:
        """The state of a condition."""
        if self.beside is None:
            return self.states[condition]
        state = first_of(self.beside.fault, self.over(self.states[condition]))
        assert state is not None
        return state

    def mask(self, bits: Mapping[Condition, int]) -> Sql:
        """The sum of the bits of the conditions that fail."""
        parts = [
            sql(f"CASE WHEN {{}} = {FAILS} THEN {bits[each]} ELSE 0 END", state) for each, state in self.states.items()
        ]
        return sql("coalesce({}, 0)", self.over(sql("({})", joined(" + ", parts))))


@record
class Lowered:
    """``bundles`` hold the conditions; ``force`` None: every row lies within the policy's time.

    ``gate`` holds for the rows that are to be paid (false or NULL elsewhere), ``sound`` for those that are. Rows with a fault
    are ``broken``: ``tested`` where a condition has it, ``unpriced`` where an amount has. ``due`` is what a row gets, 0 where
    it is not paid; ``priced`` is what it gets where ``gate`` holds, and anything elsewhere.
    """

    policy: Policy
    rows: PolicyRows
    recipient: Sql
    force: Sql | None
    bundles: tuple[Bundle, ...]
    payments: tuple[Payment, ...]
    gate: Sql
    sound: Sql
    broken: Sql
    tested: Sql
    unpriced: Sql
    due: Mapping[Tier, Whole]
    priced: Mapping[Tier, Whole]
    month: Sql | None = None
    """The first day of the month of a row."""

    def stored_recipient(self) -> Sql:
        """The recipient as the file has it: a name, or a number."""
        rows, policy = self.rows, self.policy
        return rows.identity(Field(ColumnType.TEXT, policy.rows, policy.recipient)).sql

    def gathered_by(self) -> tuple[Sql, Sql]:
        """The recipient in words, and what recipients are told apart by: a number where that is how they are stored."""
        rows = self.rows
        if not rows.numbered(self.policy.recipient):
            return self.recipient, self.recipient
        stored = self.stored_recipient()
        return sql(f"coalesce(CAST({{}} AS {rows.dialect.text}), '')", stored), stored

    def states(self) -> Mapping[Condition, Sql]:
        """The state of each condition, in the order of the law."""
        where = {condition: bundle for bundle in self.bundles for condition in bundle.states}
        return {condition: where[condition].state(condition) for condition in self.policy.conditions()}


class Time(Enum):
    """期间: whether the month of a row is wanted."""

    WHOLE = "不分期间"
    MONTHS = "分月"


class Named(Enum):
    """Which 令 and 条件 are wanted as columns."""

    NEEDED = "用到的"
    ALL = "全部"


class Reading(Enum):
    """取数方式: every row by itself, or rows that are alike in all that the policy reads as one row with its number."""

    ROWS = "逐行"
    GROUPS = "相同的行合并计数"


WEIGHT = "行数"


def lower(
    policy: Policy,
    schema: Schema,
    dialect: Dialect,
    reading: Reading = Reading.ROWS,
    named: Named = Named.NEEDED,
    time: Time = Time.WHOLE,
) -> Lowered:
    """Lower a policy over tables of which ``schema`` says all that is known. Raises RefusedError."""
    table = schema[policy.rows]
    relation = Relation("m", table.source, Counter(), dialect)
    one_by_one = reading is Reading.ROWS
    rows = PolicyRows(policy, schema, relation) if one_by_one else counted(policy, schema, relation, WEIGHT)
    for name in needed(policy) if named is Named.NEEDED else policy.order:
        rows.named[name] = rows.numbers.hold(rows.lower(rows.statements[name].value))
    force = _in_force(rows)
    bundles = _bundles(rows)
    gate = rows.relation.bind(both(force, *(bundle.good for bundle in bundles)))
    payments = tuple(_pay(rows, statement) for statement in policy.statements if isinstance(statement, Amount | Split))
    sound = rows.relation.bind(both(gate, *(sql("{} IS NULL", each.fault) for each in payments if each.fault)))
    due = {tier: amount for each in payments for tier, amount in each.due.items()}
    kept = {tier: _kept(rows, due[tier], sound) for tier in policy.tiers()}
    tested = rows.relation.bind(both(force, either(*(bundle.broken for bundle in bundles))))
    unpriced = rows.relation.bind(
        both(gate, either(*(sql("{} IS NOT NULL", each.fault) for each in payments if each.fault)))
    )
    broken = rows.relation.bind(either(tested, unpriced))
    month = _month(rows) if time is Time.MONTHS and policy.as_of else None
    recipient, priced = _recipient(rows), due if sound == gate else kept
    return Lowered(
        policy, rows, recipient, force, bundles, payments, gate, sound, broken, tested, unpriced, kept, priced, month
    )


def _month(rows: PolicyRows) -> Sql:
    day = rows.raw(Field(DATE, rows.policy.rows, rows.policy.as_of))
    return rows.relation.bind(sql("CAST(date_trunc('month', {}) AS DATE)", day.sql))


def needed(policy: Policy) -> list[str]:
    """令 and 条件 that a payment or another condition names, in their order."""
    statements = policy.named()
    pending = [node for each in policy.statements if not isinstance(each, Let) for node in nodes_of(each)]
    found: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, NamedNode) and node.name not in found:
                found.add(node.name)
                pending.append(statements[node.name].value)
    return [name for name in policy.order if name in found]


def nodes_of(statement: Statement) -> tuple[Node, ...]:
    """The expressions of a statement."""
    match statement:
        case Split():
            return (statement.value, *(share.rate for share in statement.shares))
        case Let() | Condition() | Amount():
            return (statement.value,)
    return ()


def _bundles(rows: PolicyRows) -> tuple[Bundle, ...]:
    """The conditions by the rows that they are tested over, in the order of the law."""
    own: dict[Condition, Term] = {}
    others: dict[Beside, dict[Condition, Term]] = {}
    for condition in rows.policy.conditions():
        hoisted = rows.hoisted(condition.value)
        if hoisted is None:
            named = rows.named.get(condition.name)
            own[condition] = rows.lower(condition.value) if named is None else named
        else:
            beside, term = hoisted
            others.setdefault(beside, {})[condition] = term
    tested = [_bundle(beside.other, terms, beside) for beside, terms in others.items()]
    return (*tested, *([_bundle(rows, own)] if own else []))


def _bundle(side: Lowerer, terms: Mapping[Condition, Term], beside: Beside | None = None) -> Bundle:
    states = {each: _state(side, term) for each, term in terms.items()}
    return Bundle(side, states, {each: term.fault for each, term in terms.items() if term.fault is not None}, beside)


def _kept(rows: PolicyRows, amount: Whole, sound: Sql) -> Whole:
    zero = rows.wholes.literal(0)
    kept = rows.wholes.either("CASE WHEN {} THEN {} ELSE {} END", (amount, zero), (sound,))
    return rows.numbers.held(kept)


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


def _state(rows: Lowerer, term: Term) -> Sql:
    if term.fault is None and term.sql == TRUE:
        return literal(str(HOLDS))
    held = sql(f"CASE WHEN {{}} THEN {HOLDS} ELSE {FAILS} END", term.sql)
    state = first_of(term.fault, held)
    assert state is not None
    return rows.relation.bind(state)


def _recipient(rows: PolicyRows) -> Sql:
    policy = rows.policy
    column = next(each for each in policy.tables[policy.rows].columns if each.name == policy.recipient)
    if column.type.basic not in {ColumnType.TEXT, ColumnType.ENUM}:
        raise RefusedError(f"收款单位「{column.name}」是{column.type.value}", "改用文本列")
    cell = rows.raw(Field(column.type.basic, policy.rows, column.name))
    return rows.relation.bind(sql("coalesce({}, '')", cell.sql)) if cell.nullable else cell.sql


def _pay(rows: PolicyRows, statement: Amount | Split) -> Payment:
    whole = rows.numbers.hold(rows.lower(statement.value))
    if not (whole.bottom.constant and whole.bottom.low == 1):
        raise RefusedError("金额不是整分", "先用 取整 舍入")
    fault = first_of(whole.fault, _blank(whole))
    if isinstance(statement, Amount):
        return Payment(statement, None if fault is None else rows.relation.bind(fault), {statement.tier: whole.value})
    due: dict[Tier, Whole] = {}
    rest = whole.value
    given = rows.numbers.literal(ColumnType.RATE, _ZERO)
    faults = [fault]
    for share in statement.shares:
        rate = rows.numbers.hold(rows.lower(share.rate))
        kept, given, wrong = _share(rows, rate, given)
        faults += [rate.fault, _blank(rate), wrong]
        part = rows.numbers.hold(rows.numbers.part(replace(whole, fault=None, kind=MONEY), kept))
        due[share.tier] = part.value
        rest = rows.wholes.subtract(rest, part.value)
    due[statement.rest] = rows.numbers.held(rest)
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
