"""hengji calculate --grain period: what is due to each recipient in each month, by every engine, in every form."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from tests.unit.cli.test_calculate import ENGINES, NO_SPARK, cells
from tests.unit.cli.test_commands import ROSTER, run

LAW = """---
name: 月补
title: 护理月补
jurisdiction: 某县
documents: [{title: 某县护理补贴办法, number: 某政发〔2023〕2号}]
effective: {start: 2023-02-01}
rows: 服务
recipient: 机构
as_of: 服务日
tables:
  服务:
    columns:
      - {name: 机构, type: 文本}
      - {name: 服务日, type: 日期}
      - {name: 次数, type: 整数}
---

## 第一条 标准

出处：某政发〔2023〕2号第一条

```rule
条件 有服务 = 次数 > 0
分担 次数 × 33.33元 = 省级 50%，区级 余额
```
"""
ROWS = [
    ("北山", "2023-01-31", 1),  # before the policy
    ("北山", "2023-02-01", 1),
    ("北山", "2023-02-28", 2),
    ("北山", "2023-03-01", 1),
    ("东里", "2023-02-14", 0),  # no service
    ("东里", "2024-02-29", 3),
]
DUE = {
    ("东里", "2023-02"): ("0.00", "0.00", "0.00", "1", "0"),
    ("东里", "2024-02"): ("50.00", "49.99", "99.99", "1", "1"),
    ("北山", "2023-01"): ("0.00", "0.00", "0.00", "1", "0"),
    ("北山", "2023-02"): ("50.00", "49.99", "99.99", "2", "2"),
    ("北山", "2023-03"): ("16.67", "16.66", "33.33", "1", "1"),
}
"""Each row is rounded: 16.665 and 33.33 in February for 北山."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "月补").mkdir()
    (tmp_path / "月补" / "law.md").write_text(LAW, "utf-8")
    with (tmp_path / "服务.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("机构", "服务日", "次数"), *ROWS])
    read = f"read_csv('{tmp_path / '服务.csv'}', types = {{'服务日': 'DATE', '次数': 'INTEGER'}})"
    duckdb.execute(f"COPY (FROM {read}) TO '{tmp_path / '服务.parquet'}' (FORMAT parquet)")
    return tmp_path / "月补"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("source", [".csv", ".parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_recipients_by_month_and_tier(engine: str, source: str, ending: str, own: Path, tmp_path: Path) -> None:
    out = tmp_path / f"分月{ending}"
    table = f"服务={tmp_path / f'服务{source}'}"
    result = run("calculate", own, "--table", table, "--engine", engine, "--grain", "period", "--out", out)
    assert result.exit_code == 0
    assert "北山  2023-03" in result.stdout
    names = ("应补省级（元）", "应补区级（元）", "应补合计（元）", "行数", "予补行数")
    rows = cells(out)
    assert {row["政策"] for row in rows} == {"月补"}
    assert {(row["机构"], row["月份"]): tuple(row[name] for name in names) for row in rows} == DUE


@pytest.mark.parametrize("engine", [*ENGINES, pytest.param("spark", marks=pytest.mark.skipif(NO_SPARK, reason="none"))])
def test_periods_as_data(engine: str, own: Path, tmp_path: Path) -> None:
    table = f"服务={tmp_path / '服务.csv'}"
    result = run("calculate", own, "--table", table, "--engine", engine, "--grain", "period", "--format", "json")
    told = json.loads(result.stdout)
    assert (told["grain"], told["total"], told["rows"], told["paid"]) == ("period", "233.31", 6, 4)
    found = {(each["name"], each["period"]): each["total"] for each in told["recipients"]}
    assert found == {key: total for key, (_, _, total, *_) in DUE.items()}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_policy_without_days_has_one_period_and_says_so(engine: str, tmp_path: Path) -> None:
    out = tmp_path / "分月.csv"
    result = run("calculate", "zb-2", *ROSTER, "--engine", engine, "--grain", "period", "--out", out)
    assert result.exit_code == 0
    assert "没有说按哪一列的日期分月" in result.stdout
    assert [(row["政策"], row["月份"], row["应补合计（元）"]) for row in cells(out)] == [("zb-2", "", "108100.00")]
