"""Reference and DuckDB give the same rows, amounts, reasons and faults, whatever can be written and whatever stands in the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.generative.policy_strategies import MAIN, STARS, TABLES, nodes, tables
from tests.generative.test_policies import CLAUSE, policies, policy_of

from hengji.engines import columnar, reference
from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import Grain
from hengji.engines.columnar.lowered import Reading, lower
from hengji.engines.columnar.plan import Plan
from hengji.engines.columnar.store import add_calendar, connect
from hengji.engines.columnar.survey import UnfitError, survey
from hengji.engines.columnar.whole import RefusedError
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.table import Column, ColumnType, Table
from hengji.policies.kinds import BOOL, COUNT, ENUM, MONEY, RATE
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Compare,
    Comparison,
    Field,
    Gathering,
    Joined,
    Lookup,
    Named,
    Node,
    Operator,
    Parameter,
)
from hengji.policies.outcome import Outcome
from hengji.policies.parameters import DatedRows, DatedValue, ParameterSeries, ParameterTable
from hengji.policies.policy import Amount, Condition, Let, Policy, Split, TierShare

REFUSED = "P211"
patient = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)


@patient
@given(policies(), tables())
def test_both_engines_agree(policy: Policy, given_tables: dict[str, Table]) -> None:
    agreed(policy, given_tables)


def agreed(policy: Policy, given_tables: dict[str, Table]) -> Outcome:
    """The outcome of both engines; what SQL cannot do is refused by name."""
    wanted = reference.calculate(policy, given_tables)
    outcome, findings = columnar.calculate(policy, given_tables)
    if [finding.code for finding in findings] == [REFUSED] and not outcome.rows:
        assert findings[0].found.startswith("列式引擎（DuckDB）做不了：")
        event("refused: " + findings[0].found.rpartition("：")[2])
    else:
        assert (outcome, findings) == wanted
    return wanted[0]


# -- parameters by the day of a row, tables of parameters, limits on groups

DAYS = st.dates(date(2018, 1, 1), date(2023, 12, 31))
SERIES = {MONEY: "标准", RATE: "比例", COUNT: "上限"}


@st.composite
def parameters(draw: st.DrawFn, kind: ColumnType) -> ParameterSeries:
    values = {
        MONEY: st.integers(0, 10**7).map(Money),
        RATE: st.integers(0, 1_500_000).map(lambda ppm: Fraction(ppm, 10**6)),
        COUNT: st.integers(0, 5),
    }
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3, unique=True)))
    return ParameterSeries(SERIES[kind], kind, "", tuple(DatedValue(day, "出处", draw(values[kind])) for day in days))


@st.composite
def lookups(draw: st.DrawFn) -> ParameterTable:
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=2, unique=True)))
    amounts = st.none() | st.integers(0, 10**7).map(Money)
    versions = tuple(
        DatedRows(day, "出处", {(star,): draw(amounts) for star in draw(st.sets(st.sampled_from(STARS), min_size=1))})
        for day in days
    )
    return ParameterTable("单价", MONEY, "", versions, (Column("星", ENUM, choices=STARS),))


def column(name: str) -> Field:
    found = TABLES[MAIN].field(name)
    assert found
    return found


@st.composite
def dated_policies(draw: st.DrawFn) -> Policy:
    series = [draw(parameters(kind)) for kind in SERIES]
    star = draw(
        st.sampled_from([column("星"), Joined(TABLES["机构表"].field("星") or column("星"), (column("机构"),))])
    )
    price = Lookup(MONEY, "单价", (star,), (ENUM,))
    standard, rate, most = (Parameter(kind, name) for kind, name in SERIES.items())
    base = draw(
        st.sampled_from(
            [
                Arithmetic(Operator.MULTIPLY, price, column("数")),
                Arithmetic(Operator.MULTIPLY, standard, rate),
                Arithmetic(Operator.ADD, Arithmetic(Operator.MULTIPLY, column("金"), rate), standard),
                Arithmetic(Operator.DIVIDE, standard, column("数")),
            ]
        )
    )
    by = tuple(
        draw(
            st.lists(
                st.sampled_from([column("机构"), column("星"), column("日"), column("率")]),
                min_size=1,
                max_size=2,
                unique=True,
            )
        )
    )
    gathered = draw(
        st.sampled_from(
            [
                Aggregate(Gathering.COUNT, MAIN, None, by),
                Aggregate(Gathering.SUM, MAIN, column("数"), by, column("否")),
                Aggregate(Gathering.SUM, MAIN, Named(MONEY, "基数"), by),
            ]
        )
    )
    bound: Node = standard if gathered.kind is MONEY else most
    limit = Compare(draw(st.sampled_from(Comparison)), gathered, bound)
    statements = (
        Let(CLAUSE, 11, "基数", base),
        Condition(CLAUSE, 12, "未超", limit),
        Condition(CLAUSE, 13, "合格", draw(nodes(BOOL, 1))),
        Amount(CLAUSE, 14, Tier.PROVINCE, Named(MONEY, "基数")),
        Split(CLAUSE, 15, Named(MONEY, "基数"), (TierShare(Tier.CITY, rate),), Tier.DISTRICT),
    )
    policy = policy_of(statements)
    start, end = draw(DAYS), draw(st.none() | DAYS)
    return replace(
        policy,
        start=start,
        end=end,
        as_of=draw(st.sampled_from(["", "日"])),
        parameters={each.name: each for each in series},
        lookups={"单价": draw(lookups())},
    )


@patient
@given(dated_policies(), tables())
def test_parameters_and_groups_agree(policy: Policy, given_tables: dict[str, Table]) -> None:
    agreed(policy, given_tables)


# -- grains


@patient
@given(dated_policies() | policies(), tables(), st.integers(1, 3))
def test_recipients_agree_one_by_one_and_counted(policy: Policy, given_tables: dict[str, Table], times: int) -> None:
    main = given_tables[MAIN]
    given_tables = given_tables | {MAIN: replace(main, rows=main.rows * times, lines=())}
    outcome, _ = reference.calculate(policy, given_tables)
    wanted = {name: tuple(due.values()) for name, due in outcome.recipients.items()}
    broken = sum(bool(row.faults) for row in outcome.rows)
    paid = sum(not row.faults and not row.reasons for row in outcome.rows)
    for reading in Reading:
        rows = institutions(policy, given_tables, reading)
        assert {row[0]: row[1:-3] for row in rows} == wanted, reading
        assert sum(row[-3] for row in rows) == len(outcome.rows)
        assert (sum(row[-2] for row in rows), sum(row[-1] for row in rows)) == (paid, broken)


def institutions(policy: Policy, given_tables: dict[str, Table], reading: Reading) -> list[tuple[object, ...]]:
    """The grain of recipients, with rows read in this way whether that pays or not."""
    connection = connect()
    try:
        schema = survey(connection, policy, given_tables)
        statement = Plan(policy, schema, lower(policy, schema, DUCKDB, reading)).statement(Grain.INSTITUTION)
        if CALENDAR in statement or WORKING_DAYS in statement:
            add_calendar(connection)
        return connection.execute(statement).fetchall()
    except (RefusedError, UnfitError):
        assume(False)  # noqa: FBT003 hypothesis has it so
        raise
    finally:
        connection.close()
