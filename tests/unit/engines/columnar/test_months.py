"""Months and years that are compared with a number: two days are compared instead, and the answer is that of counting."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hengji.engines import columnar, reference
from hengji.model.table import Column, ColumnType, Table
from hengji.policies.loading import PolicySource, read_policy
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents:
  - {number: 〔2020〕1号, title: 例}
effective: {start: 2020-01-01}
rows: 名册
recipient: 机构
tables:
  名册:
    columns:
      - {name: 机构, type: 文本}
      - {name: 起, type: 日期, required: false}
      - {name: 止, type: 日期, required: false}
---

# 例

## 条件

满月或周岁与一个数相比。

出处：第一条

```rule
"""
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


def policy(test: str) -> Policy:
    read, findings = read_policy(PolicySource("例", f"{LAW}条件 甲 = {test}\n金额 省级 = 1元\n```\n"))
    assert read is not None, findings
    return read


def roster(pairs: list[tuple[date | None, date | None]]) -> Table:
    kinds = (("机构", ColumnType.TEXT), ("起", ColumnType.DATE), ("止", ColumnType.DATE))
    columns = tuple(Column(name, kind, required=kind is ColumnType.TEXT) for name, kind in kinds)
    return Table("名册", columns, tuple(("甲院", start, end) for start, end in pairs))


@given(TESTS, st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30))
def test_comparing_days_is_counting_months(test: str, pairs: list[tuple[date | None, date | None]]) -> None:
    read, tables = policy(test), {"名册": roster(pairs)}
    assert columnar.calculate(read, tables) == reference.calculate(read, tables)


def test_the_month_is_over_on_the_last_day_of_a_short_one() -> None:
    read = policy("满月数(起, 止) ≥ 1")
    pairs = [(date(2021, 1, 31), date(2021, 2, day)) for day in (27, 28)]
    outcome, _ = columnar.calculate(read, {"名册": roster(pairs)})
    assert [bool(row.reasons) for row in outcome.rows] == [True, False]
