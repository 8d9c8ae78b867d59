"""hengji whatif over tables of one's own: other parameters and another version, by every engine, out of real files."""

from __future__ import annotations

import csv
import itertools
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.unit.cli.test_calculate import ENGINES, HOMES, ROWS, SPARK, cells, roster, text
from tests.unit.cli.test_commands import run

LAW = """---
name: {name}
title: {title}
jurisdiction: 某县
documents: [{{title: 某县试点补助办法, number: 某政发〔2023〕1号}}]
effective: {{start: 2023-01-01}}
rows: 名册
recipient: 机构
tables:
  名册:
    columns:
      - {{name: 机构, type: 文本}}
      - {{name: 人员编号, type: 文本}}
      - {{name: 失能, type: 枚举, choices: [轻度, 中度, 重度]}}
      - {{name: 天数, type: 整数}}
{more}  机构信息:
    key: [机构]
    columns:
      - {{name: 机构, type: 文本}}
      - {{name: 星级, type: 枚举, choices: [一星, 二星, 三星, 未评定]}}
---

## 第一条 补助对象

出处：某政发〔2023〕1号第一条

```rule
条件 已评星级 = 机构信息.星级 ≠ “未评定” 或 不看星级
条件 住满天数 = 天数 ≥ 最少天数
```

## 第二条 补助标准

出处：某政发〔2023〕1号第二条

```rule
{amounts}
```
"""
OLD_AMOUNTS = "金额 省级 = 查(日标准, 失能) × 天数\n金额 市级 = 配套 × 天数"
NEW_AMOUNTS = "金额 省级 = 查(日标准, 失能) × 天数\n金额 区级 = 配套 × 天数"
PARAMETERS = """parameters:
  - {name: 最少天数, type: 整数, unit: 天, values: [{from: 2023-01-01, value: 10, source: 办法第一条}]}
  - {name: 不看星级, type: 是否, values: [{from: 2023-01-01, value: 假, source: 办法第一条}]}
  - {name: 配套, type: 金额, unit: 元/天, values: [{from: 2023-01-01, value: 1元, source: 办法第二条}]}
  - {name: 满意率, type: 数值, unit: "%", values: [{from: 2023-01-01, value: 90%, source: 办法第二条}]}
tables:
  - name: 日标准
    keys: [失能]
    type: 金额
    unit: 元/天
    values:
      - from: 2023-01-01
        source: 办法第二条
        rows:
          - [轻度, 5元]
          - [中度, 7.50元]
          - [重度, 13.33元]
"""


def policy(folder: Path, name: str, amounts: str, more: str = "", parameters: str = PARAMETERS) -> Path:
    (folder / name).mkdir()
    (folder / name / "law.md").write_text(
        LAW.format(name=name, title=f"{name}补助", more=more, amounts=amounts), "utf-8"
    )
    (folder / name / "parameters.yaml").write_text(parameters, "utf-8")
    return folder / name


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return policy(tmp_path, "旧版", OLD_AMOUNTS)


def told(*arguments: str | Path) -> dict[str, Any]:
    return dict(json.loads(run("whatif", *arguments, "--format", "json").stdout))


def sets(path: Path, *rows: tuple[str, str, object]) -> Path:
    """A file of proposals, as its ending says."""
    every = [("方案", "参数", "值"), *rows]
    if path.suffix == ".csv":
        out = StringIO()
        csv.writer(out).writerows(every)
        path.write_bytes(out.getvalue().encode("gb18030"))
    else:
        book = Workbook()
        for row in every:
            book.active.append(row)
        book.save(path)
    return path


@pytest.mark.parametrize(("engine", "ending"), [*itertools.product(ENGINES, (".csv", ".xlsx", ".parquet")), SPARK])
def test_who_gains_and_who_loses_row_by_row(engine: str, ending: str, old: Path, tmp_path: Path) -> None:
    """Seven days come to count, twenty-eight days of the light cases are paid less, stars do not matter to 西河."""
    tables, out = roster(tmp_path, ROWS, ending), tmp_path / "变动.csv"
    done = told(
        old, *tables, "--engine", engine, "--out", out,
        "--set", "最少天数=7", "--set", "不看星级=是", "--set", "日标准[轻度]=4.5元", "--set", "满意率=95%",
    )  # fmt: skip
    (trial,) = done["trials"]
    # 31 × 13.33, 30 × 7.50, 365 × 5 and 28 × 5 now; half a yuan a day less for the light, 7 × 13.33 more for 西河
    assert trial["total"] == {
        "name": "合计", "before": "3057.23", "after": "2961.04", "difference": "-96.19",
        "rows": {"gains": 1, "loses": 2, "same": 2},
    }  # fmt: skip
    assert [(tier["name"], tier["difference"]) for tier in trial["tiers"]] == [("省级", "-103.19"), ("市级", "7.00")]
    assert trial["rows"] == {"gains": 1, "loses": 2, "same": 2, "admitted": 1, "refused": 0}
    assert trial["lines"] == {"gains": [6], "loses": [4, 5]}
    assert {each["setting"]: each["decides"] for each in trial["settings"]} == {
        "最少天数=7": False,  # the home has no stars
        "不看星级=是": False,  # the stay is too short
        "日标准[轻度]=4.5元": True,
        "满意率=95%": False,
    }
    rows = cells(out)
    assert [(row["方案"], row["行号"], row["机构"], row["增减（元）"], row["变动"]) for row in rows] == [
        ("试算", "4", "东里", "-182.50", "少得"),
        ("试算", "5", "东里", "-14.00", "少得"),
        ("试算", "6", "西河", "100.31", "多得"),
    ]
    assert "住满天数" in rows[2]["现行不予补助的原因"]
    assert "某政发〔2023〕1号第一条" in rows[2]["现行不予补助的原因"]
    assert rows[2]["试算不予补助的原因"] == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_condition_that_shuts_rows_out_says_which(engine: str, old: Path, tmp_path: Path) -> None:
    (trial,) = told(old, *roster(tmp_path, ROWS), "--engine", engine, "--set", "最少天数=31")["trials"]
    assert trial["rows"] == {"gains": 0, "loses": 2, "same": 3, "admitted": 0, "refused": 2}
    assert trial["refused_by"] == {"住满天数": 2}


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("engine", ENGINES)
def test_many_sets_of_parameters_at_once(engine: str, ending: str, old: Path, tmp_path: Path) -> None:
    file = sets(
        tmp_path / f"方案{ending}", ("提标", "日标准[重度]", "20元"), ("提标", "配套", 2), ("放宽", "最少天数", 5),
        ("照旧", "最少天数", 10),
    )  # fmt: skip
    tables = roster(tmp_path, ROWS)
    out = tmp_path / "各家.xlsx"
    done = told(old, *tables, "--engine", engine, "--set-file", file, "--grain", "institution", "--out", out)
    assert {each["name"]: each["total"]["difference"] for each in done["trials"]} == {
        "提标": "660.77", "放宽": "0.00", "照旧": "0.00",
    }  # fmt: skip
    assert [(each["code"], each["severity"]) for each in done["findings"]] == [("W103", "warning")] * 2
    assert "写的就是现行的值" in done["findings"][1]["message"]
    rows = cells(out)
    assert {(row["方案"], row["机构"]): float(row["增减（元）"]) for row in rows if row["方案"] == "提标"} == {
        ("提标", "北山"): 267.77, ("提标", "东里"): 393.0, ("提标", "西河"): 0.0,
    }  # fmt: skip
    assert [sheet.title for sheet in load_workbook(out)] == ["试算"]
    shown = run("whatif", old, *tables, "--engine", engine, "--set-file", file).stdout
    line = next(line for line in shown.splitlines() if line.startswith("提标  "))
    assert line.split() == ["提标", "3,057.23", "3,718.00", "+660.77", "+21.61%", "+206.77", "+454.00"]


def test_a_proposal_is_called_by_its_name_where_it_has_one(old: Path, tmp_path: Path) -> None:
    tables, file = roster(tmp_path, ROWS), sets(tmp_path / "方案.csv", ("放宽", "最少天数", 7))
    titles = [
        run("whatif", old, *tables, *arguments).stdout.partition("\n")[0]
        for arguments in (("--set", "最少天数=7"), ("--set-file", file))
    ]
    assert titles == ["试算　旧版补助（旧版）", "试算“放宽”　旧版补助（旧版）"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_cost_by_tier_in_every_form(engine: str, ending: str, old: Path, tmp_path: Path) -> None:
    out = tmp_path / f"各级{ending}"
    arguments = ("--engine", engine, "--set", "配套=3元", "--grain", "total", "--out", out)
    assert run("whatif", old, *roster(tmp_path, ROWS), *arguments).exit_code == 0
    assert [(row["层级"], float(row["增减（元）"]), row["变动"]) for row in cells(out)] == [
        ("省级", 0.0, "不变"),
        ("市级", 908.0, "多得"),
        ("合计", 908.0, "多得"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_another_version_of_the_policy(engine: str, old: Path, tmp_path: Path) -> None:
    """The same sums from another tier: nobody gains, and yet the rows are among those that change."""
    new, out = policy(tmp_path, "新版", NEW_AMOUNTS), tmp_path / "变动.parquet"
    tables = roster(tmp_path, ROWS, ".parquet")
    (trial,) = told(old, *tables, "--other", new, "--engine", engine, "--out", out)["trials"]
    assert trial["policy"] == {"before": "旧版", "after": "新版"}
    assert {each["name"]: (each["before"], each["after"]) for each in trial["tiers"]} == {
        "省级": ("2603.23", "2603.23"), "市级": ("454.00", "0.00"), "区级": ("0.00", "454.00"),
    }  # fmt: skip
    assert trial["rows"]["same"] == 5
    assert {(row["行号"], row["变动"], row["区级增减（元）"]) for row in cells(out)} == {
        ("2", "合计不变，各级有增减", "31.00"), ("3", "合计不变，各级有增减", "30.00"),
        ("4", "合计不变，各级有增减", "365.00"), ("5", "合计不变，各级有增减", "28.00"),
    }  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_version_that_reads_more_columns_is_compared_row_by_row(engine: str, old: Path, tmp_path: Path) -> None:
    more = "      - {name: 已收, type: 金额, unit: 元}\n"
    new = policy(tmp_path, "新版", "金额 省级 = 最大(查(日标准, 失能) × 天数 - 已收, 0元)", more)
    (trial,) = told(old, *roster(tmp_path, ROWS), "--other", new, "--engine", engine)["trials"]
    assert (trial["compared"], trial["rows"]["loses"]) == ("rows", 4)  # what the city paid is gone, and 10.50 received
    assert trial["total"]["difference"] == "-464.50"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_version_that_means_something_else_by_a_column_is_compared_by_institution(
    engine: str, old: Path, tmp_path: Path
) -> None:
    new = policy(tmp_path, "新版", NEW_AMOUNTS)
    law = (new / "law.md").read_text("utf-8").replace("[一星, 二星, 三星, 未评定]", "[一星, 二星, 三星, 四星, 未评定]")
    (new / "law.md").write_text(law, "utf-8")
    tables = roster(tmp_path, ROWS)
    # the roster itself is declared alike, so its rows are compared all the same
    assert told(old, *tables, "--other", new, "--engine", engine)["trials"][0]["compared"] == "rows"
    (new / "law.md").write_text(law.replace("[轻度, 中度, 重度]", "[轻度, 中度, 重度, 其他]"), "utf-8")
    (trial,) = told(old, *tables, "--other", new, "--engine", engine)["trials"]
    assert (trial["compared"], trial["total"]["difference"], "rows" in trial) == ("institutions", "0.00", False)


@pytest.mark.parametrize("engine", ENGINES)
def test_all_that_is_wrong_is_said_at_once(engine: str, old: Path, tmp_path: Path) -> None:
    file = sets(
        tmp_path / "方案.xlsx", ("甲", "最低天数", 7), ("甲", "配套", "很多"), ("乙", "满意率", 0.85),
        ("乙", "日标准[重度，甲]", "1元"), ("乙", "最少天数", 1), ("乙", "最少天数", 2),
    )  # fmt: skip
    tables = ("--table", f"名册={tmp_path / '没有.csv'}", "--table", "机构=机构.csv")
    result = run("whatif", old, *tables, "--set-file", file, "--set", "星=1", "--engine", engine)
    assert result.exit_code == 2
    for said in (
        "没有参数「星」",
        "第2行（最低天数=7）",
        "可能是「最少天数」",
        "第3行（配套=很多）",
        "“很多”不是数字",
        "第4行（满意率=0.85）",
        "“0.85”没有百分号",
        "要1个键（失能），给了2个",
        "方案“乙”里参数“最少天数”给了不止一个值",
        "没有这个文件",
        "没有给数据表“机构信息”",
        "没有数据表“机构”",
    ):
        assert said in result.stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_that_does_not_fit_the_other_version(engine: str, old: Path, tmp_path: Path) -> None:
    new = policy(tmp_path, "新版", "金额 省级 = 补贴 × 天数", "      - {name: 补贴, type: 金额, unit: 元}\n")
    result = run("whatif", old, *roster(tmp_path, ROWS), "--other", new, "--engine", engine)
    assert (result.exit_code, "表头缺少列：补贴" in result.stdout) == (2, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_cannot_be_computed_keep_the_file_unwritten_unless_asked(
    engine: str, old: Path, tmp_path: Path
) -> None:
    tables, out = roster(tmp_path, ROWS), tmp_path / "变动.csv"
    (tmp_path / "机构信息.csv").write_text(text(HOMES[:3]), "utf-8")
    arguments = (old, *tables, "--engine", engine, "--set", "配套=2元", "--out", out)
    result = run("whatif", *arguments)
    assert (result.exit_code, out.exists()) == (1, False)
    assert "按现行有1行算不出，没有计入" in result.stdout
    assert run("whatif", *arguments, "--keep-good").exit_code == 1
    assert [row["行号"] for row in cells(out)] == ["2", "3", "4", "5"]


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_that_name_somebody_are_masked(engine: str, old: Path, tmp_path: Path) -> None:
    number = "11010519491231002X"
    rows = [[number, *ROWS[0][1:]], ["东里", *ROWS[1][1:]]]
    tables, out = roster(tmp_path, rows), tmp_path / "变动.csv"
    (tmp_path / "机构信息.csv").write_text(text([*HOMES, [number, "一星"]]), "utf-8")
    arguments = (old, *tables, "--engine", engine, "--set", "配套=2元", "--out", out)
    for result in (run("whatif", *arguments), run("whatif", *arguments, "--format", "json")):
        assert number not in result.stdout
        assert "110***********002X" in result.stdout
    assert cells(out)[0]["机构"] == "110***********002X"
    run("whatif", *arguments, "--plain-numbers")
    assert cells(out)[0]["机构"] == number


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("zb-2", "甲", "--table", "名册=a.csv", "--set", "甲=1"), "给了 --table，就不写待遇核算“甲”"),
        (("zb-2", "--set", "甲=1"), "政策后面用 --table 给出数据表"),
        (("zb-2", "--table", "名册=a.csv"), "没有给出要试算什么"),
        (("档案", "甲", "--set", "甲=1", "--out", "a.csv", "--engine", "duckdb"), "--engine、--out 只与 --table 同用"),
        (("zb-2", "--table", "名册=a.csv", "--set", "甲=1", "--out", "a.txt"), "--out 的文件名应以"),
        (("zb-2", "--table", "名册=a.csv", "--set-file", "b.csv", "--out", "b.csv"), "不能就是 --set-file 的文件"),
    ],
)
def test_misuse_is_said_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    result = run("whatif", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)
