"""A sum over rows that cannot be computed for several reasons: the reason that is told is that of the first row."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain
from hengji.model.policy_source import PolicySource
from hengji.model.table import Table
from hengji.policies.loading import read_policy

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
    columns: [{name: 机构, type: 文本}, {name: 人数, type: 整数}, {name: 床位, type: 整数}, {name: 星级, type: 枚举, choices: [一星, 二星]}]
---

## 标准

出处：某发〔2020〕1号 第一条

```rule
令 人均 = 若 星级 = “一星” 则 取整(人数 ÷ 床位) 否则 1
条件 不超 = 合计(人均, 按=(机构)) ≤ 100
金额 省级 = 人数 × 100元
```
"""
COPIES = 3000
"""So many that alike rows are worth counting."""


@pytest.mark.parametrize("rows", [((5, 1, "九星"), (5, 0, "一星")), ((5, 0, "一星"), (5, 1, "九星"))])
def test_the_first_row_decides(rows: tuple[tuple[int, int, str], ...], tmp_path: Path) -> None:
    policy, findings = read_policy(PolicySource("例", LAW))
    assert policy is not None, findings
    table = Table("明细", policy.tables["明细"].columns, tuple(("甲", *row) for row in rows * COPIES))
    expected, _ = reference.calculate(policy, {"明细": table})
    out = tmp_path / "rows.parquet"
    columnar.run(policy, {"明细": table}, Grain.ROW, out)
    told = duckdb.execute(f"SELECT 问题 FROM '{out}' ORDER BY 行").fetchall()
    codes = [{fault.code for fault in row.faults} for row in expected.rows]
    assert [{word.split()[0] for word in words.split("；")} for (words,) in told] == codes
    assert len(codes[0]) == 1
