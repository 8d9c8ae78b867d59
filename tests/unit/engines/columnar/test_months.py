"""Months and years that are compared with a number: two days are compared instead, and the answer is that of counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engines.columnar.test_passing import policy

from hengji.engines import columnar, reference
from hengji.model.table import Table
from hengji.policies.policy import Policy

Pairs = Sequence[tuple[date | None, date | None]]
ENDS_OF_MONTHS = st.builds(
    lambda year, month, before: date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - before),
    st.sampled_from((1999, 2000, 2019, 2020, 2023)),
    st.integers(1, 12),
    st.integers(0, 4),
)
DAYS = (
    st.none() | ENDS_OF_MONTHS | st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.sampled_from((date.min, date.max))
)
TESTS = st.builds(
    lambda span, sign, number, turned: (
        f"{number} {sign} {span}(起, 止)" if turned else f"{span}(起, 止) {sign} {number}"
    ),
    st.sampled_from(("满月数", "周岁")),
    st.sampled_from((">", "≥", "<", "≤", "=", "≠")),
    st.integers(-2, 25) | st.just(100_000),
    st.booleans(),
)


def roster(read: Policy, pairs: Pairs) -> dict[str, Table]:
    """What has no part in the question is empty."""
    rows = tuple(("甲院", "新建", None, start, end, None, None) for start, end in pairs)
    return {read.rows: Table(read.rows, read.tables[read.rows].columns, rows)}


@given(TESTS, st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30))
def test_comparing_days_is_counting_months(test: str, pairs: Pairs) -> None:
    read = policy(test, "1元")
    tables = roster(read, pairs)
    assert columnar.calculate(read, tables) == reference.calculate(read, tables)


def test_the_month_is_over_on_the_last_day_of_a_short_one() -> None:
    read = policy("满月数(起, 止) ≥ 1", "1元")
    pairs = [(date(2021, 1, 31), date(2021, 2, day)) for day in (27, 28)]
    outcome, _ = columnar.calculate(read, roster(read, pairs))
    assert [bool(row.reasons) for row in outcome.rows] == [True, False]
