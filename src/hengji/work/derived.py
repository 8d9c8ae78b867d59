"""How one row of an entitlement came about: its outcome, its steps, and the clauses that they stand under."""

from __future__ import annotations

from hengji.engines.derivation import derive
from hengji.engines.fitting import unfit
from hengji.engines.reference import Runner
from hengji.model.programme import Entitlement
from hengji.model.record import record
from hengji.policies.outcome import RowOutcome, Step
from hengji.policies.policy import Clause
from hengji.work.entitlements import tables_of
from hengji.work.load import Opened


@record
class Derived:
    """逐行推导: what came out for a row, the steps that led to it, and the clauses that speak, in the order of the law."""

    outcome: RowOutcome
    steps: tuple[Step, ...]
    clauses: tuple[Clause, ...]


def runner_of(opened: Opened, entitlement: Entitlement) -> Runner | None:
    """The policy of an entitlement over the tables of its dossier; None where it cannot be run, which ``calculate`` says why."""
    policy = opened.policies.get(entitlement.policy)
    if policy is None:
        return None
    tables, faults = tables_of(entitlement, opened)
    return None if faults or unfit(policy, tables) else Runner(policy, tables)


def derived(runner: Runner, row: int) -> Derived:
    """One row (0-based) of the policy's main table."""
    clauses = dict.fromkeys(statement.clause for statement in runner.policy.statements)
    (steps,) = derive(runner, [row])
    return Derived(runner.row(row), steps, tuple(clauses))
