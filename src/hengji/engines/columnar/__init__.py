"""The columnar engine: a policy lowered to SQL, for rosters that no interpreter should walk row by row."""

from __future__ import annotations

from collections.abc import Mapping

from hengji.engines.columnar.grains import Grain
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.plan import compile_policy as compile  # noqa: A004 the word of the trade
from hengji.engines.columnar.results import Result
from hengji.engines.columnar.run import prepare, run, run_grains, run_sets
from hengji.engines.columnar.watching import Tick
from hengji.model.finding import Finding
from hengji.model.table import Table
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy

__all__ = ("Grain", "Plan", "Result", "Tick", "calculate", "compile", "prepare", "run", "run_grains", "run_sets")


def calculate(policy: Policy, tables: Mapping[str, Table]) -> tuple[Outcome, tuple[Finding, ...]]:
    """As ``reference.calculate``. What cannot be done in SQL is refused by name, and then there are no rows."""
    from hengji.engines.columnar import outcome  # it explains rows with the reference engine, which files do without

    return outcome.calculate(policy, tables)
