"""A policy over tables in memory: the outcome of the reference engine, computed in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.lowered import FAILS, HOLDS, Lowered, Named, lower
from hengji.engines.columnar.sql import Sql, together
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import UnfitError, refused, survey
from hengji.engines.columnar.term import Term
from hengji.engines.columnar.whole import RefusedError
from hengji.engines.gathering import Run
from hengji.engines.interpreter import Cell
from hengji.engines.reference import Runner, Tables
from hengji.engines.values import RowFaultError
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import ColumnType, Value
from hengji.policies.kinds import MONEY, QUANTITIES, RATE
from hengji.policies.nodes import Node
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.policies.policy import IN_FORCE, Policy


def calculate(policy: Policy, tables: Tables) -> tuple[Outcome, tuple[Finding, ...]]:
    """As ``reference.calculate``. What cannot be done in SQL is refused by name, and then there are no rows."""
    tiers = policy.tiers()
    connection = connect()
    try:
        schema = survey(connection, policy, tables)
        lowered = lower(policy, schema, DUCKDB, named=Named.ALL)
        question = statement(lowered)
        if CALENDAR in question or WORKING_DAYS in question:
            add_calendar(connection)
        answer = connection.execute(question).fetchall()
    except UnfitError as error:
        return Outcome(policy.name, tiers), error.findings
    except RefusedError as error:
        return Outcome(policy.name, tiers), (refused(policy, error.found, error.remedy),)
    finally:
        connection.close()
    return told(lowered, tables, answer)


def told(lowered: Lowered, tables: Tables, answer: Sequence[Sequence[Any]]) -> tuple[Outcome, tuple[Finding, ...]]:
    """The outcome that the answer to ``statement`` means, with reasons and faults in words."""
    policy = lowered.policy
    outcome = Outcome.of(policy.name, policy.tiers(), tuple(_rows(lowered, tables, tuple(_answers(lowered, answer)))))
    return outcome, outcome.faults


def statement(lowered: Lowered) -> str:
    """All that is to be known of each row, in the order of the rows."""
    relation = lowered.rows.relation
    number = lowered.rows.number()
    columns = [
        number,
        lowered.recipient,
        *([] if lowered.force is None else [lowered.force]),
        *lowered.states().values(),
    ]
    columns += [part for name in lowered.policy.order for part in _parts(lowered.rows.named[name])]
    columns += [each.fault or Sql("NULL") for each in lowered.payments]
    columns += (amount.sql for amount in lowered.due.values())
    picked = ", ".join(column.text for column in columns)
    rest = f"SELECT {picked} FROM {relation.at(relation.last)} ORDER BY {number.text}"
    return together(relation.layers(relation.last, set()), rest, relation.dialect)


def _parts(term: Term) -> tuple[Sql, Sql, Sql]:
    return term.sql, term.bottom.sql, term.fault or Sql("NULL")


@record
class _Answer:
    """What SQL says of a row: the state of each condition, the faults of the payments, the values and the amounts."""

    recipient: str
    in_force: bool
    states: tuple[int, ...]
    values: Mapping[str, Value]
    broken: Mapping[str, int]
    faults: tuple[int, ...]
    due: Mapping[Tier, Money]

    @property
    def paid(self) -> bool:
        return self.in_force and not any(self.states) and not self.faults


def _answers(lowered: Lowered, answer: Sequence[Sequence[Any]]) -> Iterator[_Answer]:
    policy, named = lowered.policy, lowered.rows.named
    tiers = policy.tiers()
    for cells in answer:
        given = iter(cells[1:])
        recipient = str(next(given))
        in_force = lowered.force is None or bool(next(given))
        states = (
            tuple(int(next(given)) for _ in lowered.policy.conditions())
            if in_force
            else tuple(_skipped(given, lowered))
        )
        values: dict[str, Value] = {}
        broken: dict[str, int] = {}
        for name in policy.order:
            top, bottom, fault = next(given), next(given), next(given)
            values[name] = None if fault is not None else _value(top, bottom, named[name].kind)
            if fault is not None:
                broken[name] = int(fault)
        faults = [next(given) for _ in lowered.payments]
        due = {tier: Money(next(given)) for tier in tiers}
        gated = in_force and not any(states)
        codes = tuple(int(fault) for fault in faults if fault is not None) if gated else ()
        yield _Answer(recipient, in_force, states, values, broken, codes, due)


def _skipped(given: Iterator[Any], lowered: Lowered) -> Iterator[int]:
    for _ in lowered.policy.conditions():
        next(given)
        yield HOLDS


def _value(top: Any, bottom: Any, kind: ColumnType) -> Value:
    if top is None or kind not in QUANTITIES:
        return top  # type: ignore[no-any-return]
    exact = Fraction(top, bottom)
    if kind is RATE or exact.denominator != 1:
        return exact
    return Money(exact) if kind is MONEY else int(exact)


class _Told(Runner):
    """The reference's runner on values that SQL computed: it only finds the words for what is not paid."""

    def __init__(self, policy: Policy, tables: Tables, answers: Sequence[_Answer]) -> None:
        self._answers = answers
        self._names = iter(policy.named())
        super().__init__(policy, tables)

    def column(self, node: Node) -> list[Cell]:
        name, run = next(self._names), self.interpreter.run(node)
        return [_fault(run, at) if name in each.broken else each.values[name] for at, each in enumerate(self._answers)]


def _fault(run: Run, at: int) -> RowFaultError:
    try:
        value = run(at, -1)
    except RowFaultError as fault:
        return fault
    raise AssertionError(f"row {at}: a fault in SQL, {value} in the reference")


def _rows(lowered: Lowered, tables: Tables, answers: Sequence[_Answer]) -> Iterator[RowOutcome]:
    main = tables[lowered.policy.rows]
    runner = None if all(each.paid for each in answers) else _Told(lowered.policy, tables, answers)
    for at, each in enumerate(answers):
        if each.paid:
            line = main.lines[at] if at < len(main.lines) else None
            yield RowOutcome(at, line, each.recipient, each.due, (), each.values, ())
        else:
            assert runner is not None
            row = runner.row(at)
            _agree(lowered, each, row)
            yield row


def _agree(lowered: Lowered, each: _Answer, row: RowOutcome) -> None:
    """What SQL says and what is said of it are the same; anything else is a defect of ours."""
    failing = [
        condition.name
        for condition, state in zip(lowered.policy.conditions(), each.states, strict=True)
        if state == FAILS
    ]
    broken = {state for state in each.states if state not in {HOLDS, FAILS}} | set(each.faults)
    assert [reason.condition for reason in row.reasons] == ([] if each.in_force else [IN_FORCE]) + failing, (each, row)
    assert {f"P{number}" for number in broken} == {fault.code for fault in row.faults}, (each, row)
    assert row.due == each.due, (each, row)
