"""Workbooks as they come by mail, and disks without room: what calculate and intake say of them, and what they leave behind."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from tests.unit.cli.test_calculate import ENGINES, HEADER, HOMES, POLICY, ROWS, text
from tests.unit.cli.test_commands import BOSHAN, run

DECLARATION = """tables:
  - name: 名册
    path: 名册.xlsx
    columns:
      - {name: 机构, type: 文本}
      - {name: 人员编号, type: 文本}
      - {name: 身份证号, type: 文本, required: false}
      - {name: 出生日期, type: 日期, required: false}
      - {name: 失能, type: 枚举, choices: [轻度, 中度, 重度]}
      - {name: 天数, type: 整数}
      - {name: 已收, type: 金额, unit: 元, required: false}
      - {name: 系数, type: 数值, required: false}
"""
OLD = "上一次的结果\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "试点").mkdir()
    (tmp_path / "试点" / "law.md").write_text(POLICY, "utf-8")
    (tmp_path / "机构信息.csv").write_text(text(HOMES), "utf-8")
    (tmp_path / "声明.yaml").write_text(DECLARATION, "utf-8")
    return tmp_path / "试点"


def said(own: Path, table: Path, engine: str) -> str:
    """What calculate says of a roster, or intake where that is asked for."""
    folder = own.parent
    if engine == "intake":
        return run("intake", folder / "声明.yaml", table).stdout
    tables = ("--table", f"名册={table}", "--table", f"机构信息={folder / '机构信息.csv'}")
    return run("calculate", own, *tables, "--engine", engine).stdout


def monthly(folder: Path, *names: str) -> Path:
    book = Workbook()
    book.active.title = "说明"
    book.active.append(["请按实填写"])
    for name in names:
        sheet = book.create_sheet(name)
        for row in (HEADER, *ROWS):
            sheet.append(row)
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_a_second_sheet_with_the_same_header_is_not_passed_over_in_silence(engine: str, own: Path) -> None:
    told = said(own, monthly(own.parent, "1月", "2月", "3月"), engine)
    assert "T114" in told
    assert "只读了工作表“1月”，工作表“2月”、“3月”也有这样的表头，没有读" in told


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_a_sheet_that_is_called_like_the_table_is_the_one(engine: str, own: Path) -> None:
    told = said(own, monthly(own.parent, "上年", " 名册 "), engine)
    assert "T114" not in told
    assert "（工作表“ 名册 ”）" in told or engine != "intake"


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_two_sheets_that_are_called_nearly_the_same_are_both_spoken_of(engine: str, own: Path) -> None:
    told = said(own, monthly(own.parent, "名册 ", "名册"), engine)
    assert "只读了工作表“名册”，工作表“名册 ”也有这样的表头，没有读" in told


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_of_two_sheets_with_one_name_none_is_read(engine: str, own: Path) -> None:
    """Excel makes no such workbook; programs do."""
    book = monthly(own.parent, "名册", "另册")
    with ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(book, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part.replace("另册".encode(), "名册".encode()))
    assert "不止一张工作表叫“名册”" in said(own, book, engine)


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_a_header_may_be_merged_over_two_lines(engine: str, own: Path) -> None:
    """And an amount in 万元 is ten thousand times as much."""
    book = Workbook()
    sheet = book.active
    sheet.append(["某县2023年名册"])
    sheet.append(["机构", "人员", None, None, "失能", "补助", None, "系数"])
    sheet.append([None, "人员编号", "身份证号", "出生日期", None, "天数", "已收（万元）", None])
    for cells in ("A1:H1", "B2:D2", "F2:G2", "A2:A3", "E2:E3", "H2:H3"):
        sheet.merge_cells(cells)
    sheet.append(["北山", "1", None, "1949-12-31", "重度", 31, 0.01, 1])
    book.save(own.parent / "名册.xlsx")
    told = said(own, own.parent / "名册.xlsx", engine)
    assert "纵向合并" not in told
    assert ("合格 1 行" if engine == "intake" else "313.23") in told  # 31 × 13.33 less 100


@pytest.mark.parametrize("engine", [*ENGINES, "intake"])
def test_a_document_under_the_name_of_a_workbook(engine: str, own: Path) -> None:
    (own.parent / "名册.xlsx").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    assert "文件的内容是PDF 文档" in said(own, own.parent / "名册.xlsx", engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_sums_without_faulty_rows_are_not_passed_off_as_all(engine: str, own: Path) -> None:
    (own.parent / "名册.csv").write_text(text([HEADER, ROWS[0], [*ROWS[1][:5], "三十", *ROWS[1][6:]]]), "utf-8")
    assert "有误的行没有计入" in said(own, own.parent / "名册.csv", engine)


def test_a_table_that_cannot_be_read_is_said_once_and_not_of_every_figure_that_uses_it(tmp_path: Path) -> None:
    dossier = copytree(BOSHAN, tmp_path / "博山")
    roster = dossier / "data" / "入住人员.csv"
    header, *rows = roster.read_text("utf-8-sig").splitlines()
    roster.write_text("\n".join([f"{header},自理能力", *rows]) + "\n", "utf-8")
    for verb in ("reconcile", "evaluate"):
        result = run(verb, dossier)
        assert result.exit_code in {1, 2}
        assert "有不止一列可以是“自理能力”" in result.stdout
        assert "不认识的名称" not in result.stdout
        assert "没有写明对哪张表" not in result.stdout
    assert "对账不完整" in run("reconcile", dossier).stdout


@pytest.mark.skipif(os.name == "nt", reason="limits are otherwise")
@pytest.mark.parametrize(
    ("option", "ending", "day"), [("--good", ".csv", "1950-01-01"), ("--errors", ".xlsx", "50-1-1")]
)
def test_a_disk_without_room_for_what_is_taken_in(option: str, ending: str, day: str, own: Path) -> None:
    """The system allows no larger file, which fails as a full disk does."""
    rows = [["北山", str(number), "", day, "中度", 30, 0, 1] for number in range(30_000)]
    with (own.parent / "大.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    out = own.parent / "结果" / f"结果{ending}"
    out.parent.mkdir()
    out.write_text(OLD, "utf-8")

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, 2**16))

    command = [
        sys.executable,
        "-m",
        "hengji.cli.main",
        "intake",
        str(own.parent / "声明.yaml"),
        str(own.parent / "大.csv"),
    ]
    done = subprocess.run(
        [*command, option, str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=before,
    )
    assert done.returncode in {1, 2}, done
    assert "Traceback" not in done.stderr
    assert any(word in done.stdout + done.stderr for word in ("写不出去：", "无法读写：")), done
    assert "加 --keep-good" not in done.stdout
    assert (out.read_text("utf-8"), [path.name for path in out.parent.iterdir()]) == (OLD, [out.name])
