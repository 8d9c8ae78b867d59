"""Whole files, taken in at once: what is read, what is left out, and what is said about it."""

from __future__ import annotations

import io
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.engines.intake.files import COLUMNS, HEADER, csv_text, rows_of, said, take
from tests.unit.engines.sheets import xlsx

from hengji.engines.intake.package import LARGEST_PACKAGE, MOST_CELLS, _beyond, letters
from hengji.engines.tables import read_table
from hengji.model.finding import Severity
from hengji.model.table import Column, ColumnType, TableDeclaration

NORTH = ("北山", 40, Decimal("108100.50"), date(2021, 7, 12))
WHOLE: list[list[Any]] = [
    ["2021年发放表"],
    [],
    HEADER,
    ["北山", 40, 108100.5, date(2021, 7, 12)],
    ["东里", 3, 7.1, None],
    [],
    HEADER,
    ["西河", 5, 1234567.89, "2021年7月"],
    ["小 计", 48, 1342675.49, None],
    [None, "合计：", 1342675.49, None],
    ["制表人：", None, "审核：", None],
]
GOOD = [
    NORTH,
    ("东里", 3, Decimal("7.10"), None),
    ("西河", 5, Decimal("1234567.89"), date(2021, 7, 1)),
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written


Write = Callable[[str, bytes], Path]


def text_rows() -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in WHOLE]


def test_a_workbook_as_people_send_it(write: Write) -> None:
    taken = take(write("a.xlsx", xlsx(WHOLE)))
    assert rows_of(taken) == GOOD
    assert said(taken) == [("T105", "A9"), ("T105", "A10"), ("T108", "A11")]
    assert not taken.bad


def test_a_workbook_in_a_process_that_read_nothing_before(write: Write) -> None:
    path = write("发放表.xlsx", xlsx(WHOLE))
    asked = f"from pathlib import Path; from tests.unit.engines.intake.files import *; print(len(rows_of(take(Path({str(path)!r})))))"
    said_there = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said_there.stdout.strip() == str(len(GOOD))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_same_as_csv(write: Write, encoding: str) -> None:
    taken = take(write("a.csv", csv_text(text_rows()).encode(encoding)))
    assert rows_of(taken) == GOOD
    assert [line for _, line in said(taken)] == ["9", "10", "11"]


def test_the_same_as_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    values = "('北山', 40, 108100.50, DATE '2021-07-12'), ('东里', 3, 7.10, NULL), ('西河', 5, 1234567.89, DATE '2021-07-01')"
    duckdb.execute(f"COPY (FROM (VALUES {values}) AS t(机构, 人数, 金额, 发放日期)) TO '{path}'")
    assert rows_of(take(path)) == GOOD


def old(folder: Path, content: bytes) -> Path:
    """The workbook as LibreOffice saves it for old programs."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice makes the xls and is not installed")
    (folder / "a.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/office"
    made = ("--headless", "--convert-to", "xls", "--outdir", str(folder), str(folder / "a.xlsx"))
    subprocess.run([office, profile, *made], check=True, capture_output=True, timeout=300)
    return folder / "a.xls"


def test_the_same_as_an_old_workbook(tmp_path: Path) -> None:
    taken = take(old(tmp_path, xlsx(WHOLE)))
    assert rows_of(taken) == GOOD
    assert said(taken) == [("T105", "A9"), ("T105", "A10"), ("T108", "A11")]


def test_merged_cells_of_an_old_workbook_are_said(tmp_path: Path) -> None:
    rows = [HEADER, NORTH, ["", 3, 7.1, None], ["西河", 5, 20, None]]
    path = old(tmp_path, xlsx(rows, "Sheet1", lambda sheet: sheet.merge_cells("A2:A3")))
    taken = take(path)
    _, found = read_table(TableDeclaration("发放表", "a.xls", COLUMNS), {"a.xls": path.read_bytes()})
    for findings in (taken.findings, found):
        assert [(each.code, each.place.cell) for each in findings] == [("T002", "A2:A3"), ("T103", "A3")]


def test_bulk_and_small_reading_say_the_same(write: Write) -> None:
    faulty = [*WHOLE[:5], ["", 1, "约三万", "21-7-12"], ["南湖", "４", "12", 44389], ["乙", 2.5, 1, "x"]]
    path = write("a.xlsx", xlsx(faulty))
    taken = take(path)
    table, found = read_table(TableDeclaration("发放表", "a.xlsx", COLUMNS), {"a.xlsx": path.read_bytes()})
    assert table is not None
    assert [(each.code, each.place, each.found) for each in taken.findings] == [
        (each.code, each.place, each.found) for each in found
    ]
    assert [row[:2] for row in rows_of(taken)] == [row[:2] for row in table.rows]
    assert len(taken.bad) == 2


def test_every_bad_cell_has_its_address_also_where_the_table_starts_elsewhere(write: Write) -> None:
    def shift(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)

    taken = take(write("a.xlsx", xlsx([HEADER, ["北山", "四十", "", None]], then=shift)))
    assert said(taken) == [("T103", "D5"), ("T103", "E5")]


def test_error_values_and_formulas_without_result_spoil_their_rows_only(write: Write) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["C3"] = "#REF!"
        sheet["C3"].data_type = "e"

    rows = [
        HEADER,
        ["甲", 1, 2, None],
        ["乙", 1, None, None],
        ["丙", "=1+1", 2, None],
        ["合计", "=SUM(B2:B4)", 3, None],
    ]
    taken = take(write("a.xlsx", xlsx(rows, then=spoil)))
    assert [row[0] for row in rows_of(taken)] == ["甲"]
    assert said(taken) == [("T004", "C3"), ("T003", "B4"), ("T105", "A5")]
    assert "#REF!" in taken.findings[0].found


def test_a_table_goes_on_over_sheets_and_the_name_of_the_sheet_is_a_column(write: Write, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "说明"  # type: ignore[union-attr]  # a new workbook has a sheet
    for month in ("1月", "2月"):
        sheet = book.create_sheet(month)
        sheet.append(HEADER)
        sheet.append(["北山", 40, 1, None])
    book.save(tmp_path / "a.xlsx")
    month = Column("月份", ColumnType.TEXT, from_sheet=True)
    taken = take(tmp_path / "a.xlsx", (*COLUMNS, month))
    assert [(row[0], row[4]) for row in rows_of(taken)] == [("北山", "1月"), ("北山", "2月")]
    assert len(rows_of(take(tmp_path / "a.xlsx", sheet="*月"))) == 2
    assert len(rows_of(take(tmp_path / "a.xlsx"))) == 1


def test_a_sheet_that_the_table_does_not_go_on_on_is_spoken_of(tmp_path: Path) -> None:
    """By both who read it: a row that is not counted is a row that somebody does not get."""
    book = Workbook()
    for month, header in (("1月", HEADER), ("2月", HEADER[:1]), ("3月", ["请填"]), ("4月", [])):
        sheet = book.create_sheet(month)
        sheet.append(header)
    for month, people in (("1月", 40), ("2月", 41)):
        book[month].append(["北山", people, 1, None])
    book.save(tmp_path / "a.xlsx")
    taken = take(tmp_path / "a.xlsx", sheet="*月")
    declaration = TableDeclaration("发放表", "a.xlsx", COLUMNS, "*月")
    _, found = read_table(declaration, {"a.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    for findings in (taken.findings, found):
        assert [(each.code, each.severity, each.place.sheet) for each in findings] == [
            ("T115", Severity.WARNING, "2月"),
            ("T115", Severity.NOTE, "3月"),
        ]
        assert "表头缺少列：人数" in findings[0].found


def test_an_unlabelled_total_is_pointed_out_and_kept(write: Write) -> None:
    rows = [HEADER, ["甲", 1, 100, None], ["乙", 1, 50.5, None], ["丙", 1, 150.5, None]]
    taken = take(write("a.xlsx", xlsx(rows)))
    assert taken.rows == 3
    assert said(taken) == [("T109", "A4")]


def test_day_numbers_count_from_where_the_workbook_counts(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    sheet.append(["北山", 1, 2, 42927])
    sheet.append(["东里", 1, 2, date(2021, 7, 12)])
    book.save(tmp_path / "a.xlsx")
    assert [row[3] for row in rows_of(take(tmp_path / "a.xlsx"))] == [date(2021, 7, 12)] * 2
    table, _ = read_table(TableDeclaration("发放表", "a.xlsx", COLUMNS), {"a.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    assert table is not None
    assert [row[3] for row in table.rows] == [date(2021, 7, 12)] * 2


def test_a_missing_column_proposes_the_likely_one_and_a_mapping_settles_it(write: Write) -> None:
    path = write("a.xlsx", xlsx([["机构", "人数", "补助金额（万元）"], ["北山", 1, 2]]))
    taken = take(path)
    assert not taken.readable
    assert taken.suggested == {"补助金额(万元)": "金额"}
    assert "补助金额" in taken.findings[0].remedy
    assert rows_of(take(path, mapping=taken.suggested)) == [("北山", 1, Decimal(20000), None)]


def test_a_line_that_names_no_column_is_shown_with_what_it_may_mean(write: Write) -> None:
    path = write("a.xlsx", xlsx([["附表"], ["单位", "总人数", "补助金额"], ["北山", 1, 2], ["南山", 3, 4]]))
    taken = take(path)
    assert said(taken) == [("T102", "A2")]
    assert taken.findings[0].found == "找不到表头行，最像的一行是：单位、总人数、补助金额"
    assert taken.suggested == {"总人数": "人数", "补助金额": "金额"}
    assert taken.headers == {"单位": "", "总人数": "", "补助金额": ""}
    person = take(write("b.csv", csv_text([["11010119900307803X", "3"]]).encode()))
    assert "11010119900307803X" not in person.findings[0].found


def test_a_day_number_is_said_with_the_day_that_it_was_read_as(write: Write) -> None:
    taken = take(write("a.xlsx", xlsx([HEADER, ["北山", 1, 2, 44197]])))
    assert [finding.found for finding in taken.findings] == ["“44197”是表格软件的日期序号，已换算为2021-01-01"]


# -- files that are not what they seem


def bomb(path: Path, declared: int | None = None) -> None:
    whole = xlsx([HEADER])
    path.write_bytes(whole)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        with package.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
            for _ in range(64):
                part.write(b" " * 2**20)
        if declared is not None:
            package.getinfo("xl/worksheets/sheet2.xml").file_size = declared


@pytest.mark.parametrize(("declared", "found"), [(LARGEST_PACKAGE + 1, "解压后有"), (100, "不是完好的 xlsx")])
def test_a_zip_bomb_is_refused_by_what_it_declares_and_by_what_it_is(tmp_path: Path, declared: int, found: str) -> None:
    bomb(tmp_path / "a.xlsx", declared)
    taken = take(tmp_path / "a.xlsx")
    assert not taken.readable
    assert found in taken.findings[0].found


def test_a_million_empty_rows_are_nothing(write: Write) -> None:
    def far(sheet: Worksheet) -> None:
        sheet.row_dimensions[1_048_576].height = 20
        sheet.cell(1_048_576, 3).number_format = "0.00"

    taken = take(write("a.xlsx", xlsx([HEADER, [*list(NORTH[:2]), 1, None]], then=far)))
    assert taken.rows == 1
    assert not taken.findings


def test_one_cell_at_the_end_of_the_world_is_named_instead_of_filling_the_memory(write: Write) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "误"

    taken = take(write("a.xlsx", xlsx([HEADER], then=stray)))
    assert MOST_CELLS < 16384 * 1048576
    assert taken.findings[0].place.cell == "XFD1048576"
    assert taken.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.xlsx", "机构,人数\n".encode(), "文件的内容是文本"),
        ("a.csv", xlsx([HEADER]), "Excel 工作簿"),
        ("a.xls", b"<html><table></table></html>", "网页表格"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xlsx", b"PK\x03\x04broken", "不是完好的 xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是完好的 xlsx"),
        ("a.parquet", b"PAR1 broken PAR1", "Parquet"),
        ("a.csv", b"\xff\xfe\x00\x81", "编码"),
        ("a.csv", '机构,人数\n"北山,41\n'.encode(), "CSV"),
        ("a.doc", b"", "不支持"),
        ("a.xlsx", b"", "文件是空的"),
        ("a.csv", b"", "文件是空的"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_so(write: Write, name: str, content: bytes, found: str) -> None:
    taken = take(write(name, content))
    assert not taken.readable
    assert taken.rows == 0
    assert found in taken.findings[0].found
    assert taken.findings[0].remedy


def test_macros_links_and_pictures_are_not_read(write: Write, tmp_path: Path) -> None:
    path = write("a.xlsm", xlsx([HEADER, list(NORTH)]))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        package.writestr("xl/externalLinks/externalLink1.xml", b"<not well formed")
    assert rows_of(take(path)) == [NORTH]
    with zipfile.ZipFile(tmp_path / "spill" / "copy.xlsx") as copy:
        assert not [name for name in copy.namelist() if "vba" in name or "external" in name]


def changed(whole: bytes, changes: dict[str, bytes], added: dict[str, bytes] | None = None) -> bytes:
    """A workbook with some of its parts written anew."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as given, zipfile.ZipFile(made, "w") as target:
        for name in given.namelist():
            target.writestr(name, changes.get(name, given.read(name)))
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return made.getvalue()


def shared(rows: list[list[Any]]) -> bytes:
    """A workbook whose texts are shared strings."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return made.getvalue()


@pytest.mark.parametrize("claim", ["0", "100000000000", "18446744073709551615"])
def test_how_many_strings_a_workbook_claims_is_not_believed(claim: str, write: Write) -> None:
    """A reader sets memory aside for that many, and the process ends where it gets none."""
    whole = shared([HEADER, ["北山", 3, 10, ""]])
    strings = zipfile.ZipFile(io.BytesIO(whole)).read("xl/sharedStrings.xml")
    assert b"uniqueCount" in strings
    claimed = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%s"' % claim.encode(), strings)
    assert take(write("a.xlsx", changed(whole, {"xl/sharedStrings.xml": claimed}))).rows == 1
    declaration, _, strings = claimed.partition(b"?>")
    for before in (b"<!-- -->", b"<?a b?>", b"<!-- <sst> -->\n<?a?>\n<!--\n - > -->"):
        said = declaration + b"?>" + before + strings
        assert take(write("a.xlsx", changed(whole, {"xl/sharedStrings.xml": said}))).rows == 1
    for hidden in (b"<!--> -->", b"<!---> -->", b"<?a > ?>", b"<!DOCTYPE sst>", b"<!-- ", b"<a/>"):
        said = declaration + b"?>" + hidden + strings
        assert not take(write("a.xlsx", changed(whole, {"xl/sharedStrings.xml": said}))).readable


def test_only_the_workbook_that_was_looked_at_is_read(write: Write) -> None:
    whole, other = (
        xlsx([HEADER, ["北山", 3, 10, ""]]),
        zipfile.ZipFile(io.BytesIO(xlsx([HEADER, *[["南山", 1, 1, ""]] * 2]))),
    )
    elsewhere = {name.replace("xl/", "yl/"): other.read(name) for name in other.namelist() if name.startswith("xl/")}
    root = zipfile.ZipFile(io.BytesIO(whole)).read("_rels/.rels").replace(b"xl/workbook", b"yl/workbook")
    assert take(write("a.xlsx", changed(whole, {"_rels/.rels": root}, elsewhere))).rows == 1
    doubled = {"XL/Worksheets/Sheet1.xml": other.read("xl/worksheets/sheet1.xml")}
    assert not take(write("a.xlsx", changed(whole, {}, doubled))).readable


def claiming(folder: Path, extent: str, *far: str) -> Path:
    """A small workbook whose sheet says of itself that it reaches to ``extent``; ``far`` are further cells."""
    book = Workbook()
    for row in (HEADER, ["北山", 3, 10, ""]):
        book.active.append(row)
    for cell in far:
        book.active[cell] = 1
    whole, told = io.BytesIO(), folder / "表.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(told, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % extent.encode(), content)
            made.writestr(name, content)
    return told


@pytest.mark.parametrize("extent", ["A1:XFD1048576", "A1", "A1:B2", "A1:D2"])
def test_what_a_sheet_says_of_its_extent_is_not_believed(extent: str, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken = take(claiming(tmp_path, extent))
    assert (taken.rows, taken.findings) == (1, [])
    far = take(claiming(tmp_path, extent, "XFD1048576"))
    assert [finding.place.cell for finding in far.findings] == ["XFD1048576"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 2**10


@pytest.mark.parametrize("columns", [1, 5, 26, 27, 57, 60, 702])
def test_a_cell_beyond_so_many_columns_is_found(columns: int) -> None:
    beyond = _beyond(columns, 99)
    found = [at for at in range(1000) if beyond.search(b'<c r="%s12" s="1">' % letters(at).encode())]
    assert found == list(range(columns, 1000))
    assert all(map(beyond.search, (b"<c><v>1</v></c>", b'<c s="1" r="A1">', b"<c r='A1'>", b"<c/>")))
