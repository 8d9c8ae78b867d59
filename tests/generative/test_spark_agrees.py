"""Reference and Spark give the same rows, amounts, reasons and faults: fewer examples than on DuckDB, since each costs seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.generative.policy_strategies import MAIN, tables
from tests.generative.test_engines_agree import REFUSED, dated_policies
from tests.generative.test_policies import policies

from hengji.engines import reference
from hengji.engines.columnar import Grain, spark
from hengji.engines.columnar.dialect import SPARK
from hengji.engines.columnar.lowered import Reading, lower
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.store import connect
from hengji.engines.columnar.survey import UnfitError, survey
from hengji.engines.columnar.whole import RefusedError
from hengji.model.table import Table
from hengji.policies.policy import Policy

pytestmark = pytest.mark.spark
few = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


@few
@given(policies() | dated_policies(), tables())
def test_spark_agrees_with_the_reference(policy: Policy, given_tables: dict[str, Table]) -> None:
    wanted = reference.calculate(policy, given_tables)
    outcome, findings = spark.calculate(policy, given_tables)
    if [finding.code for finding in findings] == [REFUSED] and not outcome.rows:
        assert findings[0].found.startswith("列式引擎（Spark）做不了：")
        event("refused: " + findings[0].found.rpartition("：")[2])
    else:
        assert (outcome, findings) == wanted


@few
@given(dated_policies() | policies(), tables(), st.integers(1, 3), st.sampled_from(Reading))
def test_recipients_agree_one_by_one_and_counted(
    policy: Policy, given_tables: dict[str, Table], times: int, reading: Reading
) -> None:
    main = given_tables[MAIN]
    given_tables = given_tables | {MAIN: replace(main, rows=main.rows * times, lines=())}
    outcome, _ = reference.calculate(policy, given_tables)
    result = spark.run(planned(policy, given_tables, reading), given_tables, Grain.INSTITUTION)
    assert result.findings == ()
    assert {row[0]: row[1:-3] for row in result.records} == {
        name: tuple(due.values()) for name, due in outcome.recipients.items()
    }
    assert result.totals == outcome.totals
    assert result.rows == len(outcome.rows)
    assert result.broken == sum(bool(row.faults) for row in outcome.rows)
    assert result.paid == sum(not row.faults and not row.reasons for row in outcome.rows)


def planned(policy: Policy, given_tables: dict[str, Table], reading: Reading) -> Plan:
    """A plan that reads rows in this way whether that pays or not."""
    connection = connect()
    try:
        schema = survey(connection, policy, given_tables, SPARK)
        return Plan(policy, schema, lower(policy, schema, SPARK, reading))
    except (RefusedError, UnfitError):
        assume(False)  # noqa: FBT003 hypothesis has it so
        raise
    finally:
        connection.close()
