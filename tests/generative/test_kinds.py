"""A row that finds its kind gets what it would get if it were priced by itself, whatever the policy and the tables."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.generative.policy_strategies import MAIN, STARS, TABLES, tables
from tests.generative.test_engines_agree import column, dated_policies, patient
from tests.generative.test_policies import CLAUSE, policies, policy_of

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.grains import Grain
from hengji.engines.columnar.lowered import Reading, lower
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.script import Script
from hengji.engines.columnar.store import add_calendar, connect, has_tally
from hengji.engines.columnar.survey import UnfitError, survey
from hengji.engines.columnar.whole import RefusedError
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.table import Table, Value
from hengji.policies.kinds import COUNT, MONEY, RATE
from hengji.policies.nodes import Aggregate, Arithmetic, Compare, Comparison, Gathering, Literal, Node, Operator
from hengji.policies.policy import Amount, Condition, Policy


@patient
@given(dated_policies() | policies(), tables(), st.integers(1, 3), st.booleans())
def test_rows_find_their_kinds(policy: Policy, given_tables: dict[str, Table], times: int, tally: bool) -> None:  # noqa: FBT001 drawn
    main = given_tables[MAIN]
    given_tables = given_tables | {MAIN: replace(main, rows=main.rows * times, lines=())}
    with closing(connect()) as connection:
        try:
            found(connection, policy, survey(connection, policy, given_tables), tally=tally)
        except (RefusedError, UnfitError):
            assume(False)  # noqa: FBT003 hypothesis has it so


def found(connection: duck.Connection, policy: Policy, schema: Schema, *, tally: bool) -> None:
    """Rows that find their kinds are those that are priced alone."""
    plan = Plan(policy, schema, lower(policy, schema, DUCKDB, Reading.GROUPS))
    assert plan.groups is not None
    if plan.by_calendar():
        add_calendar(connection)
    alone = connection.execute(plan.statement(Grain.ROW)).fetchall()
    script = Script(room=1 << 40 if tally and has_tally(connection) else 0)
    event(f"by the sieve: {script.sifted(plan.groups) is not None}")
    for statement in script.counted(plan.groups):
        connection.execute(statement)
    total = connection.execute(script.grain(plan.groups, Grain.TOTAL)).fetchone()
    assert total is not None
    kinds, rows = script.rows(plan.groups, total[-1])
    connection.execute(kinds)
    assert sorted(connection.execute(rows).fetchall()) == sorted(alone)


# -- limits on groups over rows that are counted by their code alone, which is what the tally is for


@st.composite
def limited(draw: st.DrawFn) -> Policy:
    keys = [column(name) for name in ("机构", "率", "日", "否", "星", "金")]
    by = tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)))
    when = draw(st.none() | st.just(column("否")))
    of = draw(st.none() | st.sampled_from([column("数"), column("金"), column("率")]))
    gathered = Aggregate(Gathering.COUNT if of is None else Gathering.SUM, MAIN, of, by, when)
    sides: list[Node] = [gathered, draw(bounds(gathered))]
    comparison = draw(st.sampled_from([Comparison.AT_MOST, Comparison.LESS, Comparison.AT_LEAST, Comparison.MORE]))
    limit = Compare(comparison, *(sides if draw(st.booleans()) else sides[::-1]))
    price = Arithmetic(Operator.MULTIPLY, Literal(MONEY, Money(100)), column("数"))
    amount = Amount(CLAUSE, 12, Tier.PROVINCE, draw(st.sampled_from([price, Literal(MONEY, Money(100))])))
    return replace(policy_of((Condition(CLAUSE, 11, "未超", limit), amount)), recipient="星")


def bounds(gathered: Aggregate) -> st.SearchStrategy[Node]:
    """What the total of a group is compared with."""
    number = st.integers(0, 12)
    values: st.SearchStrategy[Value] = number
    if gathered.kind is RATE:
        values = number.map(lambda ppm: Fraction(ppm, 10**6))
    kind = gathered.kind if gathered.kind in {MONEY, RATE} else COUNT
    return values.map(lambda value: Literal(kind, value))


ROW = st.tuples(
    st.sampled_from(["甲", "乙", "丙", None]),
    st.integers(0, 3).map(Money),
    st.integers(0, 3).map(lambda ppm: Fraction(ppm, 10**6)),
    st.integers(0, 3),
    st.sampled_from([date(2020, 1, 1), date(2020, 2, 1), None]),
    st.sampled_from([True, False, None]),
    st.sampled_from([*STARS, None]),
)


@patient
@given(limited(), st.lists(ROW, max_size=40))
def test_rows_find_their_kinds_by_the_tally(policy: Policy, rows: list[tuple[Value, ...]]) -> None:
    given_tables = {name: Table(name, table.columns, ()) for name, table in TABLES.items()}
    given_tables[MAIN] = replace(given_tables[MAIN], rows=tuple(rows))
    with closing(connect()) as connection:
        schema = survey(connection, policy, given_tables)
        main = schema[MAIN]
        stars = {**main.columns, "星": replace(main.columns["星"], known=True)}
        found(connection, policy, {**schema, MAIN: replace(main, columns=stars)}, tally=True)
