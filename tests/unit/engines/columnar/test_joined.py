"""A joined table in which a key is missing or stands twice: no row of it is paid by, however little it decides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain
from hengji.model.policy_source import PolicySource
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents: [{number: 某发〔2020〕1号, title: 某办法}]
effective: {start: 2020-01-01}
rows: 明细
recipient: 机构
tables:
  明细:
    columns: [{name: 机构, type: 文本}, {name: 人数, type: 整数}]
  机构表:
    key: 机构
    columns: [{name: 机构, type: 文本}, {name: 床位, type: 整数}, {name: 备案, type: 是否}]
---

## 标准

出处：某发〔2020〕1号 第一条

```rule
条件 床位够 = 机构表.床位 ≥ 10
条件 已备案 = 机构表.备案
金额 省级 = 人数 × 100元
```
"""
ROWS = (("甲", 1), ("乙", 2), ("丙", 3), ("甲", 4))


@pytest.fixture
def policy() -> Policy:
    policy, findings = read_policy(PolicySource("例", LAW))
    assert policy is not None, findings
    return policy


def tables(policy: Policy, *homes: tuple[str, int, bool]) -> Mapping[str, Table]:
    given = {"明细": ROWS, "机构表": homes}
    return {name: Table(name, policy.tables[name].columns, rows) for name, rows in given.items()}


@pytest.mark.parametrize(
    "homes",
    [
        (("甲", 30, True), ("乙", 30, True)),
        (("甲", 30, True), ("乙", 30, True), ("乙", 30, True)),
        (("甲", 30, True), ("甲", 30, False), ("乙", 5, True), ("丙", 5, True)),
        (),
    ],
    ids=["one is missing", "one stands twice alike", "one stands twice and differs", "there are none"],
)
def test_rows_and_recipients(policy: Policy, homes: tuple[tuple[str, int, bool], ...], tmp_path: Path) -> None:
    given = tables(policy, *homes)
    outcome, findings = reference.calculate(policy, given)
    assert columnar.calculate(policy, given) == (outcome, findings)
    result = columnar.run(policy, given, Grain.INSTITUTION)
    assert {name: due for name, due, *_ in result.records} == {
        name: sum(due.values()) for name, due in outcome.recipients.items()
    }
    assert result.broken == sum(bool(row.faults) for row in outcome.rows)
    out = tmp_path / "rows.parquet"
    columnar.run(policy, given, Grain.ROW, out)
    rows = duckdb.execute(f"SELECT * FROM '{out}' ORDER BY 行").fetchall()
    assert [due for _, _, due, *_ in rows] == [row.total for row in outcome.rows]
    assert [bool(faults) for *_, faults in rows] == [bool(row.faults) for row in outcome.rows]
