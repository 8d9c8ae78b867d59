"""Reference and DuckDB give the same rows, amounts, reasons and faults, whatever can be written and whatever stands in the tables."""

from __future__ import annotations

from hypothesis import HealthCheck, event, given, settings
from tests.generative.policy_strategies import tables
from tests.generative.test_policies import policies

from hengji.engines import columnar, reference
from hengji.model.table import Table
from hengji.policies.policy import Policy

REFUSED = "P211"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(policies(), tables())
def test_both_engines_agree(policy: Policy, given_tables: dict[str, Table]) -> None:
    outcome, findings = columnar.calculate(policy, given_tables)
    if [finding.code for finding in findings] == [REFUSED] and not outcome.rows:
        event(f"refused: {findings[0].found.rpartition('：')[2]}")
        return
    assert (outcome, findings) == reference.calculate(policy, given_tables)
