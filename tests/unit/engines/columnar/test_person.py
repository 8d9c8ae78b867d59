"""One person out of a store: what is said of them is what the reference says with all rows before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from tests.unit.engines.columnar.test_packs_agree import pack
from tests.unit.engines.columnar.test_run import HOMES, ROSTER, read

from hengji.engines import derivation, reference
from hengji.engines.columnar.clustered import clustered
from hengji.engines.columnar.person import explain_person, links
from hengji.model.policy_source import PolicySource
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.outcome import RowOutcome
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents: [{number: 某发〔2020〕1号, title: 某办法}]
effective: {start: 2020-01-01}
rows: 明细
recipient: 院
tables:
  明细:
    columns: [{name: 院, type: 文本}, {name: 人, type: 文本}, {name: 月, type: 整数}, {name: 元, type: 金额}, {name: 率, type: 数值}]
  院表:
    key: 院
    columns: [{name: 院, type: 文本}, {name: 床位, type: 整数}]
  欠费:
    columns: [{name: 人, type: 文本}, {name: 月数, type: 整数}]
---

## 标准

出处：某发〔2020〕1号 第一条

```rule
RULE
```
"""
PERSON = "合计(元, 按=(人)) > 0元"
HOME_MONTH = "计数(按=(院, 月)) ≤ 院表.床位"
ARREARS = "合计(欠费.月数, 按=(人)) ≤ 3"
AMOUNT = "金额 省级 = 元 × 率"
RULES = {
    "by the person alone": f"条件 有额 = {PERSON}\n{AMOUNT}",
    "by the home's month": f"条件 不超员 = {HOME_MONTH}\n{AMOUNT}",
    "by the person in another table": f"条件 不欠费 = {ARREARS}\n{AMOUNT}",
    "by the home over what is by the person": f"令 全年 = 合计(元, 按=(人))\n条件 多 = 合计(全年, 按=(院)) > 900元\n{AMOUNT}",
    "by the whole table": f"条件 少 = 计数() < 90\n{AMOUNT}",
}


def example(rule: str) -> Policy:
    policy, findings = read_policy(PolicySource("例", LAW.replace("RULE", rule)))
    assert policy is not None, findings
    return policy


def stored(folder: Path) -> dict[str, Path]:
    """Seven homes, thirty persons who move about, a home that is not in its table and one that is twice."""
    statements = {
        "明细": (
            """SELECT '院' || (i * 7 % 11) AS 院, '人' || (i * 13 % 30) AS 人, CAST(1 + i % 12 AS INTEGER) AS 月,
              i * 100 AS 元, CAST(0.5 + i % 3 AS DECIMAL(7, 6)) AS 率 FROM range(100) AS r(i)""",
            ["院", "人", "月"],
        ),
        "院表": ("SELECT '院' || i % 10 AS 院, i % 4 AS 床位 FROM range(11) AS r(i)", ["院"]),
        "欠费": ("SELECT '人' || i % 25 AS 人, i % 3 AS 月数 FROM range(50) AS r(i)", ["人"]),
    }
    paths = {name: folder / f"{name}.parquet" for name in statements}
    for name, (rows, order) in statements.items():
        duckdb.execute(clustered(rows, order, paths[name]))
    return paths


def whole(policy: Policy, paths: Mapping[str, Path]) -> dict[str, Table]:
    """All rows in memory, with the lines of the file; amounts in fen."""
    tables = read(policy, {name: path for name, path in paths.items() if name in policy.tables})
    return {name: replace(table, lines=tuple(range(2, len(table.rows) + 2))) for name, table in tables.items()}


def compare(policy: Policy, paths: Mapping[str, Path], column: str, persons: list[str]) -> int:
    """How many rows the persons have, after comparing each with the reference over all rows."""
    tables = whole(policy, paths)
    runner, main = reference.Runner(policy, tables), tables[policy.rows]
    seen = 0
    for person in persons:
        explained = explain_person(policy, paths, column, person)
        theirs = [row for row, cells in enumerate(main.rows) if cells[main.positions[column]] == person]
        assert [told.line for told, _ in explained.rows] == [main.lines[row] for row in theirs]
        for row, (told, steps) in zip(theirs, explained.rows, strict=True):
            assert anywhere(told) == anywhere(runner.row(row))
            (whole_steps,) = derivation.derive(runner, [row])
            assert derivation.tell(steps) == derivation.tell(whole_steps)
        seen += len(theirs)
    return seen


def anywhere(row: RowOutcome) -> RowOutcome:
    return replace(row, row=0)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_person_is_told_what_the_reference_says(rule: str, tmp_path: Path) -> None:
    assert compare(example(rule), stored(tmp_path), "人", [f"人{at}" for at in range(0, 30, 3)]) == 34


def test_the_award_of_2021_out_of_many_groups_of_rows(tmp_path: Path) -> None:
    policy = pack("zb-3")
    paths = {"入住人月": tmp_path / "roster.parquet", "机构信息": tmp_path / "homes.parquet"}
    duckdb.execute(ROSTER.format(path=paths["入住人月"]))
    duckdb.execute(HOMES.format(path=paths["机构信息"], count=13))
    assert compare(policy, paths, "人员编号", [str(at) for at in range(0, 97, 9)]) == 227


def test_keys_that_two_files_store_differently(tmp_path: Path) -> None:
    policy, paths = example(RULES["by the person in another table"]), stored(tmp_path)
    rows = "SELECT '院1' AS 院, i % 7 AS 人, 1 AS 月, 100 AS 元, CAST(1 AS DECIMAL(7, 6)) AS 率 FROM range(14) AS r(i)"
    duckdb.execute(clustered(rows, ["人"], paths["明细"]))
    owed = "SELECT CASE WHEN i < 9 THEN CAST(i % 6 AS VARCHAR) END AS 人, i % 4 AS 月数 FROM range(10) AS r(i)"
    duckdb.execute(clustered(owed, ["人"], paths["欠费"]))
    assert compare(policy, paths, "人", [str(at) for at in range(7)]) == 14


def test_only_groups_beyond_the_person_are_read_as_well() -> None:
    found = [links(example(rule), "人") for rule in RULES.values()]
    assert found == [[], [(("院", "月"),)], [], [(("院",),), (("院",), ("人",))], [((),)]]


def test_nobody_of_that_number(tmp_path: Path) -> None:
    policy, paths = example(RULES["by the person alone"]), stored(tmp_path)
    (finding,) = explain_person(policy, paths, "人", "人99").findings
    assert "人99" in finding.found
    (finding,) = explain_person(policy, paths, "姓名", "人1").findings
    assert "姓名" in finding.found


def test_an_institution_and_its_residents_stand_together_and_can_be_skipped(tmp_path: Path) -> None:
    roster, path = tmp_path / "roster.parquet", tmp_path / "store.parquet"
    duckdb.execute(ROSTER.format(path=roster))
    duckdb.execute(clustered(f"SELECT * FROM '{roster}'", ["机构", "人员编号"], path))
    rows = duckdb.execute(f"SELECT 机构, 人员编号 FROM '{path}'").fetchall()
    assert rows == sorted(rows)
    filters = duckdb.execute(
        f"SELECT count(bloom_filter_offset) FROM parquet_metadata('{path}') WHERE path_in_schema = '人员编号'"
    ).fetchone()
    assert filters == (1,)
