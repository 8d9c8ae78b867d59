"""Declared columns over what people really send."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.unit.engines.sheets import xlsx

from hengji.engines.tables import read_table
from hengji.model.finding import Finding, Severity
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Table, TableDeclaration

COLUMNS = (
    Column("机构", ColumnType.TEXT, synonyms=("机构名称",)),
    Column("人数", ColumnType.COUNT, "人"),
    Column("金额", ColumnType.MONEY, "元"),
    Column("发放日期", ColumnType.DATE, required=False),
)


def table(text: str, columns: tuple[Column, ...] = COLUMNS) -> tuple[Table | None, tuple[Finding, ...]]:
    declared = TableDeclaration("发放表", "data/发放表.csv", columns)
    return read_table(declared, {"data/发放表.csv": text.encode()})


def book(rows: list[list[Any]]) -> tuple[Table | None, tuple[Finding, ...]]:
    declared = TableDeclaration("发放表", "data/发放表.xlsx", COLUMNS)
    return read_table(declared, {"data/发放表.xlsx": xlsx(rows)})


def test_titles_above_the_header_synonyms_units_and_totals_are_understood() -> None:
    read, found = table(
        "2021年发放表,,,\n"
        "序号,机构名称,人数（人）,金额（万元）\n"
        "1,北山,40,10.81\n"
        ",,,\n"
        "合计,,40,10.81\n"
    )  # fmt: skip
    assert read is not None
    assert read.rows == (("北山", 40, Money.yuan(108100), None),)
    assert read.lines == (3,)
    assert [(finding.code, finding.severity) for finding in found] == [("T105", Severity.NOTE)]


def test_a_workbook_gives_numbers_and_dates_as_they_are() -> None:
    read, found = book([["机构", "人数", "金额（元）", "发放日期"], ["北山", 40, 108100.5, date(2021, 7, 12)]])
    assert not found
    assert read is not None
    assert read.rows == (("北山", 40, Money.yuan("108100.5"), date(2021, 7, 12)),)


def test_every_bad_cell_is_reported_at_once_with_its_cell() -> None:
    read, found = book(
        [
            ["机构", "人数", "金额（元）", "发放日期"],
            ["北山", "四十", 108100, "21-7-12"],
            ["东里", 3, "约三万", None],
            ["", 5, 100, None],
            ["西河", 2, 200, None],
        ]
    )
    assert read is not None
    assert [row[0] for row in read.rows] == ["西河"]
    assert [(finding.place.cell, finding.place.item) for finding in found] == [
        ("B2", "人数"),
        ("D2", "发放日期"),
        ("C3", "金额"),
        ("A4", "机构"),
    ]
    assert all(finding.severity is Severity.ERROR and finding.remedy for finding in found)


def test_a_column_of_wan_that_holds_yuan_and_full_width_digits_are_pointed_out() -> None:
    read, found = table("机构,人数,金额（万元）\n北山,４０,1460710\n")
    assert read is not None
    assert read.rows[0][1:3] == (40, Money.wan(1460710))
    assert [(finding.place.line, finding.place.item, finding.severity) for finding in found] == [
        (2, "人数", Severity.NOTE),
        (2, "金额", Severity.WARNING),
    ]
    assert "疑似按元填写" in found[1].found


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("机构,金额（元）\n北山,1\n", "缺少列：人数", "人数"),
        ("a,b\n1,2\n", "找不到表头行", "人数"),
        ("\n", "找不到表头行", "机构"),
        ("", "文件是空的", "有数据的文件"),
    ],
)
def test_a_header_that_does_not_fit_says_what_is_missing(text: str, found: str, expected: str) -> None:
    read, faults = table(text)
    assert read is None
    assert found in faults[0].found
    assert expected in faults[0].expected


@pytest.mark.parametrize(
    ("there", "remedy"),
    [
        ("data/养老床位.csv", "可能是 data/养老床位.csv"),
        ("表/床位.xlsx", "可能是 表/床位.xlsx"),
        ("data/采购.csv", "放入该文件，或改正"),
    ],
)
def test_a_missing_file_suggests_one_with_a_name_like_it(there: str, remedy: str) -> None:
    declared = TableDeclaration("床位", "data/床位.csv", COLUMNS)
    read, (fault,) = read_table(declared, {there: b""})
    assert (read, fault.found) == (None, "数据表“床位”的文件不存在")
    assert fault.remedy.startswith(remedy)


def test_a_table_without_rows_is_a_warning() -> None:
    read, found = table("机构,人数,金额（元）\n")
    assert read is not None
    assert [finding.severity for finding in found] == [Severity.WARNING]


@given(st.text(alphabet='机构人数金额（元）万,"\n 0123456789.%-合计', max_size=200))
def test_no_text_stops_the_reading(text: str) -> None:
    read, found = table(f"机构,人数,金额（元）\n{text}")
    assert read is not None or any(finding.severity is Severity.ERROR for finding in found)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**9)), max_size=20))
def test_rows_come_out_as_they_went_in(rows: list[tuple[int, int]]) -> None:
    text = "".join(f"第{count}号,{count},{fen // 100}.{fen % 100:02}\n" for count, fen in rows)
    read, _ = table(f"机构,人数,金额（元）\n{text}")
    assert read is not None
    assert [row[1:3] for row in read.rows] == [(count, Money(fen)) for count, fen in rows]


def test_a_share_keeps_its_exact_value() -> None:
    read, _ = table("机构,占比（%）\n北山,33.3333\n", (COLUMNS[0], Column("占比", ColumnType.RATE)))
    assert read is not None
    assert read.rows[0][1] == Fraction(333333, 10**6)


def test_rows_of_several_sheets_know_theirs() -> None:
    workbook = Workbook()
    workbook.active.title = "1月"
    workbook.create_sheet("2月")
    for sheet in workbook:
        for row in (["机构", "人数", "金额（元）", "发放日期"], ["北山", 3, 10, ""]):
            sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    declared = TableDeclaration("发放表", "a.xlsx", COLUMNS, "*月")
    whole, found = read_table(declared, {"a.xlsx": content.getvalue()})
    assert whole is not None
    assert (whole.lines, whole.sheets, found) == ((2, 2), ("1月", "2月"), ())
    one, _ = read_table(replace(declared, sheet="1月"), {"a.xlsx": content.getvalue()})
    assert one is not None
    assert one.sheets == ()


def test_a_table_of_which_each_line_is_one_cell_is_told_to_be_parted() -> None:
    columns = (Column("机构", ColumnType.TEXT), Column("人数", ColumnType.COUNT))
    table, (fault,) = read_table(TableDeclaration("名册", "a.csv", columns), {"a.csv": "机构 人数\n北山 41\n".encode()})
    assert table is None
    assert "“分列”" in fault.remedy
