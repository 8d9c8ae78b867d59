"""Whatever policy can be written and whatever stands in the tables: it is read back, and it comes out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generative.policy_strategies import KINDS, MAIN, TABLES, nodes, tables

from hengji.engines.derivation import explain, tell
from hengji.engines.reference import calculate
from hengji.engines.values import round_to_multiple
from hengji.model.money import LARGEST, Money, Rounding
from hengji.model.programme import Tier
from hengji.model.table import Column, Table
from hengji.policies.faults import Faults
from hengji.policies.kinds import BOOL, MONEY, RATE, TEXT
from hengji.policies.nodes import Field, Literal, Node
from hengji.policies.policy import Amount, Clause, Condition, Let, Policy, Split, Statement, TierShare
from hengji.policies.printing import show
from hengji.policies.resolve import read
from hengji.policies.scope import PolicyTable, Scope

patient = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
CLAUSE = Clause("第一条", "第一条 标准", 10, "某发〔2020〕1号 第一条")


def policy_of(statements: tuple[Statement, ...], declared: dict[str, PolicyTable] = TABLES) -> Policy:
    named = tuple(each.name for each in statements if isinstance(each, Let | Condition))
    return Policy(
        "例", "例", "某县", date(2020, 1, 1), MAIN, "机构", tables=declared, statements=statements, order=named
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    condition = Condition(CLAUSE, 11, "合格", draw(nodes(BOOL)))
    let = Let(CLAUSE, 12, "基数", draw(st.sampled_from(KINDS).flatmap(nodes)))
    amount = Amount(CLAUSE, 13, Tier.PROVINCE, draw(nodes(MONEY)))
    shares = (TierShare(Tier.CITY, draw(nodes(RATE, 1))),)
    split = Split(CLAUSE, 14, draw(nodes(MONEY, 2)), shares, Tier.DISTRICT)
    return policy_of((condition, let, amount, split))


@patient
@given(st.sampled_from(KINDS).flatmap(nodes))
def test_what_is_printed_reads_back(node: Node) -> None:
    faults = Faults("law.md")
    text = show(node, MAIN)
    assert (read(text, Scope(MAIN, TABLES), faults), faults.findings) == (node, [])


@patient
@given(policies(), tables())
def test_every_row_is_paid_or_says_why(policy: Policy, given_tables: dict[str, Table]) -> None:
    outcome, findings = calculate(policy, given_tables)
    assert [row.row for row in outcome.rows] == list(range(len(given_tables[MAIN].rows)))
    assert findings == tuple(fault for row in outcome.rows for fault in row.faults)
    for row in outcome.rows:
        assert tuple(row.due) == (Tier.PROVINCE, Tier.CITY, Tier.DISTRICT)
        assert row.values["合格"] is True or row.reasons or row.faults
        assert not (row.total and (row.reasons or row.faults))
        assert all(abs(amount) <= LARGEST for amount in row.due.values())
    for tier in outcome.tiers:
        assert outcome.totals[tier] == sum(row.due[tier] for row in outcome.rows)
        assert outcome.totals[tier] == sum(due[tier] for due in outcome.recipients.values())


@patient
@given(policies(), tables())
def test_every_row_can_be_explained(policy: Policy, given_tables: dict[str, Table]) -> None:
    outcome, _ = calculate(policy, given_tables)
    for row in outcome.rows:
        condition, *payments = explain(policy, given_tables, row.row)
        assert condition.value == row.values["合格"]
        if not row.reasons and not row.faults:
            assert [step.value for step in payments] == [row.due[tier] for tier in outcome.tiers]
        assert tell((condition, *payments))


@patient
@given(policies(), tables())
def test_the_same_input_gives_the_same_outcome(policy: Policy, given_tables: dict[str, Table]) -> None:
    assert calculate(policy, given_tables) == calculate(policy, given_tables)


SPLIT_TABLES = {MAIN: PolicyTable(MAIN, (Column("机构", TEXT), Column("补助", MONEY)))}
PARTS = st.lists(st.integers(0, 333_333), min_size=1, max_size=3)


@given(st.lists(st.integers(-LARGEST, LARGEST), min_size=1, max_size=20), PARTS)
def test_shares_add_up_to_the_amount_and_a_claw_back_is_the_payment(amounts: list[int], ppm: list[int]) -> None:
    tiers = (Tier.CENTRAL, Tier.PROVINCE, Tier.CITY)
    shares = tuple(
        TierShare(tier, Literal(RATE, Fraction(part, 10**6))) for tier, part in zip(tiers, ppm, strict=False)
    )
    split = Split(CLAUSE, 11, Field(MONEY, MAIN, "补助"), shares, Tier.DISTRICT)
    rows = tuple(("甲", Money(sign * amount)) for amount in amounts for sign in (1, -1))
    table = Table(MAIN, SPLIT_TABLES[MAIN].columns, rows)
    outcome, findings = calculate(policy_of((split,), SPLIT_TABLES), {MAIN: table})
    assert findings == ()
    for row, (_, amount) in zip(outcome.rows, rows, strict=True):
        assert row.total == amount
    for paid, back in zip(outcome.rows[::2], outcome.rows[1::2], strict=True):
        assert {tier: -amount for tier, amount in paid.due.items()} == back.due


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.sampled_from(Rounding))
def test_rounding_is_symmetric_and_near(value: int, unit: int, rounding: Rounding) -> None:
    rounded = round_to_multiple(value, unit, rounding)
    assert rounded == -round_to_multiple(-value, unit, rounding)
    assert rounded % unit == 0
    assert abs(rounded - value) < unit
    if rounding is Rounding.HALF_UP:
        assert 2 * abs(rounded - value) <= unit
        assert 2 * abs(rounded - value) < unit or abs(rounded) > abs(value)


SCRAPS = st.sampled_from(
    [
        "若",
        "则",
        "否则",
        "且",
        "(",
        ")",
        "，",
        "金",
        "获奖.金",
        "合计",
        "按=",
        "当=",
        "12",
        "0.5",
        "6000元",
        "“一星”",
        "÷",
        "0",
    ]
)


@given(st.text(max_size=40) | st.lists(SCRAPS, max_size=25).map(" ".join))
def test_any_text_is_a_node_or_findings(text: str) -> None:
    faults = Faults("law.md")
    node = read(text, Scope(MAIN, TABLES), faults)
    assert (node is None) is bool(faults.findings)
    assert all(finding.place.line and finding.place.column for finding in faults.findings)
