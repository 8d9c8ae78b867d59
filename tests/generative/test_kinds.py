"""A row that finds its kind gets what it would get if it were priced by itself, whatever the policy and the tables."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.generative.policy_strategies import MAIN, tables
from tests.generative.test_engines_agree import dated_policies, patient
from tests.generative.test_policies import policies

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import Grain
from hengji.engines.columnar.lowered import Reading, lower
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.script import Script
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import UnfitError, survey
from hengji.engines.columnar.whole import RefusedError
from hengji.model.table import Table
from hengji.policies.policy import Policy


@patient
@given(dated_policies() | policies(), tables(), st.integers(1, 3))
def test_rows_find_their_kinds(policy: Policy, given_tables: dict[str, Table], times: int) -> None:
    main = given_tables[MAIN]
    given_tables = given_tables | {MAIN: replace(main, rows=main.rows * times, lines=())}
    connection = connect()
    try:
        schema = survey(connection, policy, given_tables)
        plan = Plan(policy, schema, lower(policy, schema, DUCKDB, Reading.GROUPS))
        assert plan.groups is not None
        if plan.by_calendar():
            add_calendar(connection)
        alone = connection.execute(plan.statement(Grain.ROW)).fetchall()
        script = Script()
        for statement in script.counted(plan.groups):
            connection.execute(statement)
        total = connection.execute(script.grain(plan.groups, Grain.TOTAL)).fetchone()
        assert total is not None
        kinds, rows = script.rows(plan.groups, total[-1])
        connection.execute(kinds)
        assert sorted(connection.execute(rows).fetchall()) == sorted(alone)
    except (RefusedError, UnfitError):
        assume(False)  # noqa: FBT003 hypothesis has it so
    finally:
        connection.close()
