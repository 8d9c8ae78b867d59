"""The schemes that ship: each loads, its cases hold, and the published tables come out to the fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hengji.engines.trials import run_case, run_cases
from hengji.model.table import ColumnType, Value
from hengji.policies.coverage import undecided_conditions, unread_columns
from hengji.policies.loading import read_policy
from hengji.policies.parameters import DatedRows, DatedValue
from hengji.policies.policy import Case, Policy
from hengji.storage.policy_packs import policy_names, policy_source

SCHEMES = (
    "xa-1", "xa-2", "xa-3", "xa-4", "yq-1", "yq-2", "yq-3", "zb-1", "zb-2", "zb-3", "zb-4", "zb-5", "zb-f",
)  # fmt: skip


def scheme(name: str) -> Policy:
    source = policy_source(name)
    assert source is not None
    policy, findings = read_policy(source)
    assert findings == ()
    assert policy is not None
    return policy


POLICIES = {name: scheme(name) for name in SCHEMES}
CASES = [
    pytest.param(policy, case, id=f"{name}-{case.name}") for name, policy in POLICIES.items() for case in policy.cases
]
each_policy = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)


def test_the_thirteen_schemes_ship() -> None:
    assert policy_names() == SCHEMES


@pytest.mark.parametrize(("policy", "case"), CASES)
def test_a_case_holds(policy: Policy, case: Case) -> None:
    assert run_case(policy, case).findings == ()


@each_policy
def test_every_condition_decides_a_case(policy: Policy) -> None:
    outcomes = [trial.outcome for trial in run_cases(policy) if trial.outcome is not None]
    assert undecided_conditions(policy, outcomes) == ()


@each_policy
def test_every_declared_column_is_read(policy: Policy) -> None:
    assert unread_columns(policy) == ()


@each_policy
def test_what_cannot_be_computed_says_why_and_everything_has_a_source(policy: Policy) -> None:
    ruled = {statement.clause.id for statement in policy.statements}
    assert policy.documents
    assert all(clause.notes for clause in policy.clauses if not clause.source)
    assert all(clause.source for clause in policy.clauses if clause.id in ruled)
    assert all(case.source for case in policy.cases)


@each_policy
def test_every_value_is_held_by_a_case(policy: Policy) -> None:
    """A rate, a limit or an entry of a table that is a little off makes at least one case fail."""
    loose = {name for name, changes in changed(policy) if not any(fails(change) for change in changes)}
    assert loose == set()


def fails(policy: Policy) -> bool:
    return any(trial.findings for trial in run_cases(policy))


def changed(policy: Policy) -> Iterator[tuple[str, list[Policy]]]:
    """For each value of the policy, the same policy with that value a little lower and a little higher."""
    for name, series in policy.parameters.items():
        last = series.versions[-1]
        values = [DatedValue(last.start, last.source, value) for value in near(last.value, series.kind)]
        several = [{**policy.parameters, name: replace(series, versions=(value,))} for value in values]
        yield name, [replace(policy, parameters=parameters) for parameters in several]
    for name, table in policy.lookups.items():
        last_rows = table.versions[-1]
        for key, value in last_rows.rows.items():
            versions = [
                DatedRows(last_rows.start, last_rows.source, {**last_rows.rows, key: other})
                for other in near(value, table.kind)
            ]
            tables = [{**policy.lookups, name: replace(table, versions=(version,))} for version in versions]
            yield f"{name}{key}", [replace(policy, lookups=lookups) for lookups in tables]


def near(value: Value, kind: ColumnType) -> list[Value]:
    """Values next to this one: a yuan, one, or a hundredth away; the other answer; another word."""
    step: Any = {ColumnType.MONEY: 100, ColumnType.COUNT: 1, ColumnType.RATE: Fraction(1, 100)}.get(kind)
    match value:
        case bool():
            return [not value]
        case int() | Fraction():
            return [value - step, value + step]
        case _:
            return [f"别的{value}"]
