"""hengji weights: the points of indicators out of tables as people keep them, and what is said of tables that are not so."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.unit.cli.test_commands import run

from hengji.model.indicator import Framework, WeightMethod
from hengji.storage.codec import decode

MATRIX = """准则,决策,过程,产出,效益
决策,1,1/2,1/3,1/3
过程,,1,1/2,0.5
产出,3,2,1,1
效益,3,2,,1
"""
UNITS = "单位,在院人数,投诉\n甲,10,3\n乙,12,4\n丙,30,1\n"
ROUNDS = "轮次,专家,权威系数,决策,过程\n1,一,0.6,8,6\n1,二,0.9,9,3\n2,一,0.8,8,6\n2,二,0.9,8,6\n"
IMPORTANCES = "指标,一,二\n决策,8,6\n过程,5,5\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "表.csv"


def data(*arguments: str | Path) -> dict[str, Any]:
    return dict(json.loads(run("weights", *arguments, "--format", "json").stdout))


def weights(*arguments: str | Path) -> dict[str, str]:
    return {each["name"]: each["weight"] for each in data(*arguments)["weights"]}


def test_a_comparison_matrix_gives_weights_with_its_consistency(table: Path) -> None:
    table.write_text(MATRIX, "utf-8")
    assert weights(f"ahp={table}") == {"决策": "11", "过程": "19", "产出": "35", "效益": "35"}
    assert weights(f"ahp={table}", "--total", "12.5") == {"决策": "1.4", "过程": "2.3", "产出": "4.4", "效益": "4.4"}
    shown = run("weights", f"ahp={table}")
    assert shown.exit_code == 0
    assert "CR 0.0038" in shown.stdout
    assert "合计  1.0000   100" in shown.stdout
    assert "几何平均法" in run("weights", f"ahp={table}", "--ahp", "geometric").stdout


def test_what_is_printed_goes_into_the_tree_of_indicators(table: Path) -> None:
    table.write_text(MATRIX, "utf-8")
    lines = run("weights", f"ahp={table}").stdout.splitlines()
    written = "\n".join(line.strip() for line in lines if line.startswith("  weight_"))
    tree = decode(Framework, written, "indicators.yaml").value
    assert tree is not None
    assert tree.weight_method is WeightMethod.AHP
    assert tree.weight_basis.endswith("CR = 0.0038，小于0.10。按最大余数法取整，合计100分。")


def test_what_a_spreadsheet_makes_of_a_third_is_a_third(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "矩阵.xlsx"
    for row in (["", "甲", "乙", "丙"], ["甲", 1, 3, 7], ["乙", 1 / 3, 1, 2], ["丙", 1 / 7, 0.5, 1]):
        book.active.append(row)
    book.save(path)
    assert sum(map(Decimal, weights(f"ahp={path}", "--places", "2").values())) == 100
    book.active["B3"] = dt.datetime(2024, 1, 3)  # noqa: DTZ001  a cell knows no zone
    book.active["B4"] = 0.2
    book.save(path)
    wrong = run("weights", f"ahp={path}")
    assert wrong.exit_code == 2
    assert "B3 单元格" in wrong.stdout
    assert "表格软件把 1/3 当成了日期" in wrong.stdout


def test_indicators_on_which_units_differ_more_weigh_more(table: Path) -> None:
    table.write_text(UNITS, "utf-8")
    assert weights(f"entropy={table}", "--inverse", "投诉") == {"在院人数": "60", "投诉": "40"}
    assert weights(f"entropy={table}")["投诉"] != "40"


def test_the_last_round_of_experts_counts(table: Path) -> None:
    table.write_text(ROUNDS, "utf-8")
    found = data(f"delphi={table}", "--total", "20")
    assert [each["weight"] for each in found["weights"]] == ["11", "9"]
    assert found["tables"][0]["tests"]["轮次"] == "2"
    assert found["tables"][0]["tests"]["权威系数"] == "0.8500"
    assert weights(f"delphi={table}", "--delphi", "median", "--total", "7") == {"决策": "4", "过程": "3"}


def test_rounds_count_by_their_number_and_numbered_experts_are_no_indicator(table: Path) -> None:
    table.write_text("轮次,序号,决策,过程\n第二轮,1,8,2\n第二轮,2,8,2\n第一轮,1,5,5\n第一轮,2,6,5\n", "utf-8")
    assert weights(f"delphi={table}") == {"决策": "80", "过程": "20"}


def test_numbers_are_read_as_a_spreadsheet_writes_them(table: Path) -> None:
    table.write_text('各单位情况\n\n单位,到位率,投诉（件）\n甲,90%,"1,200"\n乙,80%,900\n丙,100%,1000.0\n', "utf-8")
    found = weights(f"ENTROPY={table}", "--inverse", "投诉（件）")
    table.write_text("单位,到位率,投诉（件）\n甲,0.9,1200\n乙,0.8,900\n丙,1,1000\n", "utf-8")
    assert found == weights(f"entropy={table}", "--inverse", "投诉(件)")


def test_shares_that_leave_nothing_together_are_told_of(table: Path, tmp_path: Path) -> None:
    table.write_text("指标,重要性\n投诉,1\n在院人数,0\n", "utf-8")
    (tmp_path / "单位.csv").write_text("单位,在院人数,投诉\n甲,10,3\n乙,12,3\n", "utf-8")
    both = (f"entropy={tmp_path / '单位.csv'}", f"direct={table}")
    shown = run("weights", *both)
    assert (shown.exit_code, "合成后全部为 0" in shown.stdout) == (1, True)
    assert weights(*both, "--combine", "convex") == {"在院人数": "50", "投诉": "50"}


@pytest.mark.parametrize(
    ("method", "rows", "cell", "told"),
    [
        ("direct", [["指标", "重要性"], ["决策", 3], ["过程", -1]], "B3", "“-1”小于 0"),
        ("delphi", [["专家", "决策", "过程"], ["一", 8, 6], ["二", 9, -5]], "C3", "“-5”小于 0"),
        ("delphi", [["轮次", "决策", "过程"], [1, 8, 6], [1, 9, 6], [2, 9, 5]], "A4", "第2轮只有一位专家"),
        ("delphi", [["专家", "决策"], ["一", 8], ["二", 9]], "A1", "只有一项指标"),
        ("ahp", [["", "甲", "乙"], ["甲", 1, 2], ["丙", None, 1]], "A1", "行和列是同样的指标"),
        ("direct", [["指标", "重要性"], ["决策", 0], ["过程", 0]], "", "全部为 0"),
        ("delphi", [["专家", "决策", "过程"], ["一", 9, 1], ["二", 1, 9], ["三", 9, 2]], "", "变异系数"),
    ],
)
def test_a_fault_is_told_with_its_sheet_and_cell(
    method: str, rows: list[list[Any]], cell: str, told: str, tmp_path: Path
) -> None:
    book, path = Workbook(), tmp_path / "打分.xlsx"
    book.active.title = "末轮"
    for row in rows:
        book.active.append(row)
    book.save(path)
    (finding,) = data(f"{method}={path}")["findings"]
    assert (finding["sheet"], finding.get("cell", "")) == ("末轮", cell)
    assert told in finding["message"]


def test_indicators_that_the_other_table_does_not_have_are_told_by_their_place(table: Path, tmp_path: Path) -> None:
    table.write_text("指标,重要性\n投诉,1\n在院,1\n", "utf-8")
    (tmp_path / "单位.csv").write_text(UNITS, "utf-8")
    assert f"{table} 第3行第1列\n" in run("weights", f"entropy={tmp_path / '单位.csv'}", f"direct={table}").stdout


def test_experts_who_disagree_are_warned_of(table: Path) -> None:
    table.write_text("专家,决策,过程\n一,9,1\n二,1,9\n三,9,2\n", "utf-8")
    shown = run("weights", f"delphi={table}")
    assert (shown.exit_code, "警告 R403" in shown.stdout, "weight_basis" in shown.stdout) == (0, True, True)


def test_two_tables_over_the_same_indicators_are_combined(table: Path, tmp_path: Path) -> None:
    table.write_text("指标,重要性\n投诉,1\n在院人数,1\n", "utf-8")
    (tmp_path / "单位.csv").write_text(UNITS, "utf-8")
    both = (f"entropy={tmp_path / '单位.csv'}", f"direct={table}")
    halves = weights(*both, "--combine", "convex", "--inverse", "投诉", "--places", "1")
    assert halves == {"在院人数": "54.8", "投诉": "45.2"}  # the middle of 59.69 and 50
    assert "按线性加权合成" in data(*both, "--combine", "convex")["basis"]
    assert "  weight_method: 组合赋权\n" in run("weights", *both).stdout
    assert decode(Framework, "weight_method: 组合赋权\n", "indicators.yaml").findings == ()
    table.write_text(IMPORTANCES, "utf-8")
    assert (run("weights", *both).exit_code, data(*both)["weights"]) == (1, [])


@pytest.mark.parametrize(
    ("method", "content", "code", "told"),
    [
        ("ahp", "准则,甲,乙,丙\n甲,1,9,1/9\n乙,1/9,1,9\n丙,9,1/9,1\n", 1, "请专家复核判断矩阵"),
        ("ahp", UNITS, 2, "行和列是同样的指标，次序相同"),
        (
            "ahp",
            "准则,甲,乙\n甲,1,3\n乙,3,1\n",
            2,
            "第3行第2列\n    “乙”比“甲”为3，“甲”比“乙”为3；应为：大于 0 且互为倒数",
        ),
        ("ahp", "准则,甲,乙\n甲,1,\n乙,,1\n", 2, "“乙”与“甲”没有相比"),
        ("ahp", "准则,甲,乙\n甲,2,3\n乙,,1\n", 2, "“甲”与自己相比为2；应为：1"),
        ("ahp", "准则,甲,乙\n甲,1,-3\n乙,,1\n", 2, "大于 0"),
        ("ahp", "准则,甲,乙\n甲,1,0\n乙,0,1\n", 2, "大于 0"),
        ("ahp", "准则,甲,乙\n甲,1,3/0\n乙,,1\n", 2, "“3/0”不是数"),
        ("ahp", "准则,甲,甲\n甲,1,3\n甲,,1\n", 2, "“甲”写了两次"),
        ("entropy", "单位,甲,乙\n一,1,2\n二,1,2\n", 2, "区分不出轻重"),
        ("entropy", "单位,甲,乙\n一,1,\n二,多,2\n", 2, "“多”不是数"),
        ("entropy", "单位,甲,乙\n一,1,\n二,多,2\n", 2, "没有填写；应为：一个数；确实为零的填 0"),
        ("ahp", "准则,甲,乙\n甲,1,3\n乙,0.3333,1\n丙,,1\n", 2, "行和列是同样的指标"),
        ("ahp", "准则,甲,乙\n甲,1,0\n乙,,1\n", 2, "“乙”比“甲”为空白，“甲”比“乙”为0"),
        ("ahp", "准则,甲,乙\n甲,1,3\n乙,0.4,1\n", 2, "“乙”比“甲”为0.4，“甲”比“乙”为3"),
        ("entropy", "单位,甲,乙\n一,1,2\n二,3,4\n合计,4,6\n", 2, "第4行第1列\n    有“合计”"),
        ("delphi", "专家,决策,过程\n一,9,1\n二,9,2\n平均,9,1.5\n", 2, "有“平均”；应为：只有各位专家自己的分"),
        ("delphi", "轮次,决策,过程\n1,9,1\n,9,2\n", 2, "没有填写轮次"),
        ("delphi", "轮次,决策,过程\n1,9,1\n末,9,2\n", 2, "轮次写作“末”"),
        ("entropy", "单位,甲,\n一,1,2\n二,3,4\n", 2, "没有名称"),
        ("delphi", "科室,决策,过程\n一,9,1\n二,9,2\n", 2, "谁打的分写在“专家”一列"),
        ("delphi", "专家,决策,过程\n一,9,1\n", 2, "两位以上专家"),
        ("direct", "指标,重要性\n决策,0\n过程,0\n", 2, "全部为 0"),
        ("direct", "指标\n决策\n", 2, "表里有2行1列"),
        ("direct", "", 2, "文件是空的"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_of(method: str, content: str, code: int, told: str, table: Path) -> None:
    table.write_text(content, "utf-8")
    result = run("weights", f"{method}={table}")
    assert told in result.stdout, result.stdout
    assert result.exit_code == code
    assert "weight_basis" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "缺少参数 METHOD=TABLE…"),
        (("表.csv",), "方法是 ahp、entropy、delphi、direct之一"),
        (("ahp=",), "方法是 ahp、entropy、delphi、direct之一"),
        (("ahp=无.csv", "--total", "零"), "大于 0、不超过 1000 的数"),
        (("ahp=无.csv", "--total", "0"), "大于 0、不超过 1000 的数"),
        (("ahp=无.csv", "--total", "12.5", "--places", "0"), "--places 不能少于 1"),
        (("ahp=无.csv", "--inverse", "投诉"), "--inverse 只用于熵权法"),
        (("ahp=无.csv", "direct=无.csv", "delphi=无.csv"), "一次最多合成2张表"),
    ],
)
def test_what_is_typed_wrongly_is_told(arguments: tuple[str, ...], told: str) -> None:
    result = run("weights", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    result = run("weights", f"direct={tmp_path / '无.csv'}")
    assert (result.exit_code, "没有这个文件" in result.stdout) == (2, True)
