"""What is paid comes of the rows that pass alone; all the others are counted, and those with a fault are found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain
from hengji.model.policy_source import PolicySource
from hengji.model.table import Table, Value
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy

LAW = """---
name: 例
title: 例
jurisdiction: 某县
documents:
  - {number: 〔2020〕1号, title: 例}
effective: {start: 2020-01-01}
rows: 项目
recipient: 机构
tables:
  项目:
    columns:
      - {name: 机构, type: 文本}
      - {name: 方式, type: 枚举, choices: [新建, 改建]}
      - {name: 面积, type: 整数, required: false}
      - {name: 起, type: 日期, required: false}
      - {name: 止, type: 日期, required: false}
      - {name: 合格, type: 是否, required: false}
      - {name: 列入, type: 是否, required: false}
---

# 例

## 条件

全部要有。

出处：第一条

```rule
"""
AREAS = (None, 30, 29)
SPANS = ((None, None), ("2019-01-01", None), ("2019-01-01", "2020-01-01"), ("2019-01-02", "2020-01-01"))
CONDITIONS = (
    "缺(合格) 或 合格",
    "非 合格 或 缺(合格)",
    "缺(面积) 或 面积 ≥ 30",
    "面积 ≥ 30 或 (缺(面积) 且 列入)",
    "(缺(面积) 且 列入 且 合格) 或 面积 ≥ 30",
    "方式 = “新建” 或 面积 ≥ 30 或 (缺(面积) 且 列入)",
    "满月数(起, 止) ≥ 12 或 ((缺(起) 或 缺(止)) 且 列入)",
    "满月数(起, 止) ≥ 12 或 (缺(起) 且 列入)",
    "面积 ≥ 30 或 (缺(合格) 且 列入)",
    "缺(面积) 或 缺(合格) 或 (面积 ≥ 30 且 合格)",
    "方式 属于 (“新建”) 且 (缺(列入) 或 列入)",
    "非 (面积 < 30 或 缺(面积) 或 合格)",
    "面积 ≥ 30\n条件 乙 = 非 (甲 且 合格)\n条件 丙 = 方式 = “新建” 或 非 合格",
)


def policy(condition: str, amount: str) -> Policy:
    read, findings = read_policy(PolicySource("例", f"{LAW}条件 甲 = {condition}\n金额 省级 = {amount}\n```\n"))
    assert read is not None, findings
    return read


def tables(read: Policy) -> Mapping[str, Table]:
    columns = read.tables["项目"].columns
    every = product(("新建", "改建", "拆除"), AREAS, SPANS, (None, False, True), (None, False, True))
    rows: list[tuple[Value, ...]] = []
    for at, (way, area, (start, end), good, listed) in enumerate(every):
        rows.append((f"院{at % 7}", way, area, *map(_day, (start, end)), good, listed))
    return {"项目": Table("项目", columns, tuple(rows))}


def _day(text: str | None) -> Value:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize("amount", ["1元", "面积 × 1元"])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_recipients_as_the_reference_has_them(condition: str, amount: str) -> None:
    read = policy(condition, amount)
    given = tables(read)
    outcome, _ = reference.calculate(read, given)
    result = columnar.run(read, given, Grain.INSTITUTION)
    assert not result.findings
    assert {name: due for name, due, *_ in result.records} == {
        name: sum(due.values()) for name, due in outcome.recipients.items()
    }
    for name, _, rows, paid, broken in result.records:
        theirs = [row for row in outcome.rows if row.recipient == name]
        sound = [row for row in theirs if not row.reasons and not row.faults]
        assert (rows, paid, broken) == (len(theirs), len(sound), sum(bool(row.faults) for row in theirs))


def test_rows_that_name_nobody_are_one_recipient(tmp_path: Path) -> None:
    read, path = policy("合格", "1元"), tmp_path / "项目.parquet"
    duckdb.execute(
        "COPY (SELECT CAST(nullif(range % 3, 0) AS INTEGER) AS 机构, '新建' AS 方式, range AS 面积, NULL::DATE AS 起, "
        f"NULL::DATE AS 止, range < 6 AS 合格, TRUE AS 列入 FROM range(9)) TO '{path}' (FORMAT parquet)"
    )
    records = columnar.run(read, {"项目": path}, Grain.INSTITUTION).records
    assert sorted(records) == [(name, 200, 3, 2, 0) for name in ("", "1", "2")]


@pytest.mark.parametrize("last", ["新建", "拆除", None])
def test_recipients_that_are_words_of_a_list_keep_their_names(last: str | None, tmp_path: Path) -> None:
    law = LAW.replace("recipient: 机构", "recipient: 方式")
    read, _ = read_policy(PolicySource("例", f"{law}条件 甲 = 合格\n金额 省级 = 面积 × 1元\n```\n"))
    assert read is not None
    rows, path = 120_000, tmp_path / "项目.parquet"
    word = f"CASE WHEN range < {rows - 1} THEN ['新建', '改建'][1 + range % 2] ELSE {'NULL' if last is None else repr(last)} END"
    duckdb.execute(
        f"COPY (SELECT concat('院', range) AS 机构, {word} AS 方式, 2 + range % 3 AS 面积, NULL::DATE AS 起, NULL::DATE AS 止, "
        f"range % 4 > 0 AS 合格, TRUE AS 列入 FROM range({rows})) TO '{path}' (FORMAT parquet)"
    )
    truly = duckdb.execute(
        "SELECT coalesce(方式, ''), CAST(sum(面积 * 100) FILTER (合格) AS BIGINT), count(*), count(*) FILTER (合格), 0 "
        f"FROM '{path}' GROUP BY 方式 ORDER BY 1"
    ).fetchall()
    assert list(columnar.run(read, {"项目": path}, Grain.INSTITUTION).records) == truly


@pytest.mark.parametrize("last", ["新建", "拆除"])
def test_a_large_file_with_one_word_that_the_policy_does_not_know(last: str, tmp_path: Path) -> None:
    read, rows, path = policy("方式 = “新建”", "1元"), 120_000, tmp_path / "项目.parquet"
    word = f"CASE WHEN range = {rows - 1} THEN '{last}' ELSE ['新建', '改建'][1 + range % 2] END"
    duckdb.execute(
        f"COPY (SELECT concat('院', range) AS 机构, {word} AS 方式, NULL::BIGINT AS 面积, NULL::DATE AS 起, NULL::DATE AS 止, "
        f"TRUE AS 合格, TRUE AS 列入 FROM range({rows})) TO '{path}' (FORMAT parquet)"
    )
    result = columnar.run(read, {"项目": path}, Grain.INSTITUTION, tmp_path / "out.parquet")
    unknown = last == "拆除"
    assert (result.rows, result.broken) == (rows, unknown)
    assert result.paid == rows // 2 + (not unknown)


@pytest.mark.parametrize("least", [0, -1])
@pytest.mark.parametrize("lost", ["没有", "有一行"])
def test_a_large_file_with_one_row_that_stands_in_no_other_table(lost: str, least: int, tmp_path: Path) -> None:
    """With the least number -1 the homes have a gap within their bounds, and the row that is lost stands there."""
    law = LAW.replace(
        "\n---\n\n#",
        "\n  机构表:\n    key: 机构\n    columns: [{name: 机构, type: 文本}, {name: 备案, type: 是否}]\n---\n\n#",
    )
    read, findings = read_policy(PolicySource("例", f"{law}条件 甲 = 机构表.备案\n金额 省级 = 1元\n```\n"))
    assert read is not None, findings
    rows, missing, most = 120_000, int(lost == "有一行"), 60_000
    gap = most if least == 0 else most // 2
    items, homes = tmp_path / "项目.parquet", tmp_path / "机构表.parquet"
    at = f"CASE WHEN range < {missing} THEN {gap} WHEN range % {most} = {gap} THEN 1 ELSE range % {most} END"
    duckdb.execute(
        f"COPY (SELECT CAST({at} AS INTEGER) AS 机构, '新建' AS 方式, NULL::BIGINT AS 面积, NULL::DATE AS 起, NULL::DATE AS 止, "
        f"TRUE AS 合格, range AS 号, TRUE AS 列入 FROM range({rows})) TO '{items}' (FORMAT parquet)"
    )
    duckdb.execute(
        "COPY (SELECT CAST(range AS INTEGER) AS 机构, range <> 0 AS 备案 "
        f"FROM range({least}, {most}) WHERE range <> {gap}) TO '{homes}'"
    )
    given = {"项目": items, "机构表": homes}
    results = columnar.run_grains(read, given, {Grain.INSTITUTION: None, Grain.ROW: tmp_path / "rows.parquet"})
    for result in results.values():
        assert (result.rows, result.broken) == (rows, missing)
        assert result.paid == rows - rows // most
