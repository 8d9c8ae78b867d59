"""A file that somebody sent, taken in for a dossier: what is written, what is marked, what is kept secret."""

from __future__ import annotations

import csv
import stat
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.engines.sheets import xlsx

from hengji.cli.main import main
from hengji.engines.intake.seal import KEY_FILE, KEY_VARIABLE
from hengji.engines.tables import read_table
from hengji.model.finding import Severity
from hengji.model.table import Column, ColumnType, TableDeclaration
from hengji.reports.marked import LIST
from hengji.work.intake import Wanted, intake
from hengji.work.keys import lasting_seal, passing_seal
from hengji.work.on_fault import OnFault

DECLARED = """\
tables:
  - name: 名单
    path: data/名单.xlsx
    columns:
      - {name: 机构, type: 文本}
      - {name: 身份证号, type: 身份证号}
      - {name: 月份, type: 日期}
      - {name: 金额, type: 金额, unit: 万元}
      - {name: 满意率, type: 数值, unit: "%", required: false}
      - {name: 在院, type: 是否, required: false}
"""
HEADER = ["机构", "身份证号", "月份", "金额（万元）", "满意率（%）", "在院"]
ONE, OTHER = "11010519491231002X", "440308199901101512"
ROWS = [["东里", OTHER, "2021-02", 0.5, 90.5, "是"], ["北山", ONE, "2021-01", 1.25, None, "否"]]
BAD = [["西河", "110105194912310021", "2021-13", "约三", None, None]]


@pytest.fixture
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    path = tmp_path / "tables.yaml"
    path.write_text(DECLARED, "utf-8")
    return path


def sent(folder: Path, rows: list[list[Any]], name: str = "名单.xlsx") -> Path:
    path = folder / name
    path.write_bytes(xlsx([HEADER, *rows], "一季度"))
    return path


def test_good_rows_go_to_parquet_by_institution_person_and_month(declared: Path, tmp_path: Path) -> None:
    good = tmp_path / "out" / "名单.parquet"
    done = intake(declared, sent(tmp_path, ROWS), Wanted(good=good))
    assert (done.rows, done.refused, done.findings, done.written) == (2, 0, (), (good,))
    described = {name: kind for name, kind, *_ in duckdb.execute(f"DESCRIBE FROM '{good}'").fetchall()}
    assert described["金额"] == "DECIMAL(18,2)"
    assert described["满意率"] == "DECIMAL(18,6)"
    rows = duckdb.execute(f"SELECT 机构, 月份, 金额, 满意率, 在院 FROM '{good}'").fetchall()
    assert [(home, month, str(amount), str(rate), there) for home, month, amount, rate, there in rows] == [
        ("东里", date(2021, 2, 1), "5000.00", "0.905000", True),
        ("北山", date(2021, 1, 1), "12500.00", "None", False),
    ]


def test_numbers_are_kept_as_hashes_that_are_the_same_in_every_table_of_the_dossier(
    declared: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.csv"
    intake(declared, sent(tmp_path, ROWS), Wanted(good=first))
    intake(declared, sent(tmp_path, ROWS[1:], "续.xlsx"), Wanted(good=second))
    kept = [number for (number,) in duckdb.execute(f"SELECT 身份证号 FROM '{first}' ORDER BY 机构").fetchall()]
    with second.open(encoding="utf-8", newline="") as file:
        again = [row["身份证号"] for row in csv.DictReader(file)]
    assert kept[1] == again[0]
    assert ONE not in first.read_bytes().decode("latin-1") + second.read_text("utf-8")
    assert kept[1].endswith("-002X")
    key = tmp_path / KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    seal, _ = passing_seal([declaration()], tmp_path)
    assert seal is not None
    assert seal.number(ONE) == kept[1]


def declaration() -> TableDeclaration:
    return TableDeclaration("名单", "名单.csv", (Column("身份证号", ColumnType.CITIZEN),))


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_what_was_written_is_read_back_the_same(declared: Path, tmp_path: Path, ending: str) -> None:
    good, again = tmp_path / f"一.{ending}", tmp_path / "二.csv"
    intake(declared, sent(tmp_path, ROWS), Wanted(good=good))
    done = intake(declared, good, Wanted(good=again))
    assert (done.rows, done.findings) == (2, ())
    whole = intake(declared, sent(tmp_path, ROWS), Wanted(good=tmp_path / "三.csv"))
    assert whole.rows == 2
    if ending == "csv":
        assert again.read_bytes() == (tmp_path / "三.csv").read_bytes()


def test_with_an_error_nothing_is_written_unless_good_rows_are_asked_for(declared: Path, tmp_path: Path) -> None:
    good = tmp_path / "名单.csv"
    good.write_text("旧", "utf-8")
    file = sent(tmp_path, ROWS + BAD)
    done = intake(declared, file, Wanted(good=good))
    assert (done.rows, done.refused, done.written) == (2, 1, ())
    assert good.read_text("utf-8") == "旧"
    done = intake(declared, file, Wanted(good=good, on_fault=OnFault.KEEP_GOOD))
    assert done.written == (good,)
    assert len(good.read_text("utf-8").splitlines()) == 3
    assert all(BAD[0][1] not in finding.message for finding in done.findings)


def test_faulty_cells_are_marked_in_a_copy_that_keeps_the_authors_layout(declared: Path, tmp_path: Path) -> None:
    def lay_out(sheet: Worksheet) -> None:
        sheet["A2"].font = Font(bold=True, color="FF112233")
        sheet.column_dimensions["B"].width = 33
        sheet.merge_cells("A6:B6")

    file = tmp_path / "名单.xlsx"
    file.write_bytes(xlsx([HEADER, *ROWS, *BAD], "一季度", then=lay_out))
    errors = tmp_path / "错误.xlsx"
    done = intake(declared, file, Wanted(errors=errors))
    assert done.written == (errors,)
    book = load_workbook(BytesIO(errors.read_bytes()))
    page = book["一季度"]
    marked = {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment is not None}
    assert marked == {finding.place.cell for finding in done.findings} == {"B4", "C4", "D4"}
    assert page["C4"].fill.fgColor.rgb == "00FFC7CE"
    assert "2021-13" in page["C4"].comment.text
    assert page["A2"].font.bold
    assert page.column_dimensions["B"].width == 33
    assert page["B2"].value == OTHER
    assert book[LIST].max_row == 1 + len(done.findings)


@pytest.mark.parametrize("count", [3, 60])
def test_a_csv_is_marked_in_a_workbook_of_its_rows_and_nothing_is_left_out(
    declared: Path, tmp_path: Path, count: int
) -> None:
    file = tmp_path / "名单.csv"
    with file.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows([HEADER, *ROWS, *[["西河", "1", "x", "=1+1", "", ""]] * count])
    errors = tmp_path / "错误.xlsx"
    done = intake(declared, file, Wanted(errors=errors))
    book = load_workbook(BytesIO(errors.read_bytes()))
    assert book[LIST].max_row == 1 + 3 * count == 1 + len(done.findings)
    page = book["数据"]
    assert page.max_row == 1 + 1 + 2 + count
    assert page["C5"].comment is not None
    assert page["E5"].value == "=1+1"
    assert page["E5"].data_type == "s"


def test_a_key_that_is_none_stops_everything(declared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "不是密钥")
    done = intake(declared, sent(tmp_path, ROWS), Wanted(good=tmp_path / "a.csv"))
    assert not done.readable
    assert done.findings[0].code == "L263"
    assert not (tmp_path / KEY_FILE).exists()


def test_a_dossier_without_a_key_is_read_under_one_for_this_run_and_says_so(tmp_path: Path) -> None:
    seal, found = passing_seal([declaration()], tmp_path)
    assert [(finding.code, finding.severity) for finding in found] == [("T110", Severity.WARNING)]
    table, _ = read_table(declaration(), {"名单.csv": f"身份证号\n{ONE}\n".encode()}, seal)
    assert table is not None
    assert ONE not in str(table.rows)
    assert not (tmp_path / KEY_FILE).exists()
    lasting, _ = lasting_seal(declaration(), tmp_path)
    assert passing_seal([declaration()], tmp_path) == (lasting, ())


def test_a_table_has_to_be_named_where_several_could_be_meant(declared: Path, tmp_path: Path) -> None:
    text = declared.read_text("utf-8")
    declared.write_text(text + text.removeprefix("tables:\n").replace("名单", "发放表"), "utf-8")
    file = sent(tmp_path, ROWS, "来件.xlsx")
    assert "名单、发放表" in intake(declared, file, Wanted()).findings[0].expected
    assert intake(declared, file, Wanted(table="发放表")).rows == 2
    assert intake(declared, sent(tmp_path, ROWS), Wanted()).table == "名单"


def test_a_suggested_mapping_is_written_and_used(declared: Path, tmp_path: Path) -> None:
    file = tmp_path / "名单.xlsx"
    header = ["机构", "身份证号", "月份", "补助金额（万元）", "满意率（%）", "在院"]
    file.write_bytes(xlsx([header, *ROWS]))
    done = intake(declared, file, Wanted(suggest=True))
    assert not done.readable
    assert done.written == (tmp_path / "data/mappings/名单.yaml",)
    assert "补助金额" in done.written[0].read_text("utf-8")
    assert intake(declared, file, Wanted()).rows == 2


def test_a_mapping_that_was_named_must_be_there_or_be_wanted(declared: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "对应.yaml"
    done = intake(declared, sent(tmp_path, ROWS), Wanted(mapping=mapping))
    assert (done.readable, [each.found for each in done.findings]) == (False, ["没有这个文件"])
    assert "--suggest" in done.findings[0].remedy
    assert intake(declared, sent(tmp_path, ROWS), Wanted(mapping=mapping, suggest=True)).rows == 2


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["intake", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.output


def test_the_command_says_what_it_did_and_caps_only_the_printed_list(declared: Path, tmp_path: Path) -> None:
    file = sent(tmp_path, ROWS + BAD * 30)
    errors = tmp_path / "错误.xlsx"
    code, said = run(declared, file, "--errors", errors, "--good", tmp_path / "a.parquet")
    assert code == 1
    assert "合格 2 行，有误 30 行" in said
    assert "共 90 条" in said
    assert "没有写出合格的行" in said
    assert load_workbook(errors)[LIST].max_row == 91
    assert not any(number in said for number in (ONE, OTHER, BAD[0][1]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--good", "a.xlsx"), "结尾"),
        (("--errors", "a.csv"), "结尾"),
        (("--good", "名单.csv"), "换一个名字"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_read(
    declared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "名单.csv").write_text("旧", "utf-8")
    code, output = run(declared, "名单.csv", *arguments)
    assert code == 2
    assert said in output
    assert (tmp_path / "名单.csv").read_text("utf-8") == "旧"


def test_a_missing_file_or_declaration_is_a_message(declared: Path, tmp_path: Path) -> None:
    assert "没有这个文件" in run(declared, tmp_path / "无.xlsx")[1]
    assert "读不出数据表的声明" in run(tmp_path / "无.yaml", tmp_path / "无.xlsx")[1]
    book = Workbook()
    book.save(tmp_path / "空.xlsx")
    assert "找不到表头行" in run(declared, tmp_path / "空.xlsx")[1]


def test_what_may_be_lacking_in_a_mapping_is_added_to_what_stands_in_it(declared: Path, tmp_path: Path) -> None:
    """A header merged downwards, over two lines, is a header of theirs too; what is like no column of ours is named."""
    mapping = tmp_path / "对应.yaml"
    mapping.write_text("老人证件: 身份证号\n", "utf-8")
    rows = [["补助机构", "老年人", None, "金额（万元）", "备注"], [None, "老人证件", "年月", None, None]]
    (tmp_path / "来件.xlsx").write_bytes(xlsx([*rows, ["东里", OTHER, "2021-02", 0.5, "无"]]))
    done = intake(declared, tmp_path / "来件.xlsx", Wanted(mapping=mapping, suggest=True))
    assert dict(done.suggested) == {"补助机构": "机构"}
    assert not done.readable
    assert "现有：补助机构、老年人/老人证件、老年人/年月、金额(万元)、备注" in done.findings[0].found
    assert mapping.read_text("utf-8").splitlines()[1:] == [
        "老人证件: 身份证号",
        "补助机构: 机构",
        "# 没有用到的表头：老年人/年月、备注",
        "# 还没有对上的列：月份",
    ]
    mapping.write_text(mapping.read_text("utf-8") + "年月: 月份\n", "utf-8")
    assert intake(declared, tmp_path / "来件.xlsx", Wanted(mapping=mapping)).rows == 1
    (tmp_path / "自己的.xlsx").write_bytes(xlsx([HEADER, *ROWS]))
    assert intake(declared, tmp_path / "自己的.xlsx", Wanted(mapping=mapping)).rows == 2
