from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TypeVar

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as Read
from openpyxl.worksheet.worksheet import Worksheet
from tests.unit.reports import hostile, samples

from hengji.model.document import Calculation, Cell, Document, Heading, RatioOf, Row, RowKind, SumOf, Table, Text
from hengji.model.money import round_to
from hengji.reports import xlsx
from hengji.reports.xlsx.names import sheet_names

T = TypeVar("T")


def opened(document: Document, *, cached: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(xlsx.write(document)), data_only=cached)


def only(items: list[T]) -> T:
    (item,) = items
    return item


@pytest.fixture(scope="module")
def book(sample: Document) -> openpyxl.Workbook:
    return opened(sample)


def number(text: str, calculation: Calculation | None = None) -> Cell:
    return Cell((Text(text),), number=Decimal(text.replace(",", "").rstrip("%张元")), calculation=calculation)


def sheet_of(*rows: tuple[Cell, ...]) -> Worksheet:
    table = Table("t", "表", (Row((Cell((Text("列"),)),) * len(rows[0])),), tuple(map(Row, rows)), (1,) * len(rows[0]))
    return opened(Document("甲", (table,)))["表1 表"]


def exact(cell: Read) -> Fraction:
    return Fraction(repr(cell.value)) if isinstance(cell.value, int | float) else Fraction(0)


def recomputed(formula: str, cached: Worksheet) -> Decimal:
    """The two forms of formula that the workbook may hold, computed from the values that it shows."""
    if re.fullmatch(r"=SUM\([^()]*\)(\+SUM\([^()]*\))*", formula):
        cells: list[Read] = []
        for part in re.findall(r"[A-Z]+\d+(?::[A-Z]+\d+)?", formula):
            area = cached[part]
            cells += [row[0] for row in area] if isinstance(area, tuple) else [area]
        return Decimal(str(float(sum(map(exact, cells), Fraction(0)))))
    found = re.fullmatch(r'=IF\((\w+)=0,"—",ROUND\((\w+)/\1(\*100)?,(\d+)\)\)', formula)
    assert found, formula
    ratio = exact(cached[found[2]]) / exact(cached[found[1]]) * (100 if found[3] else 1)
    return round_to(ratio, int(found[4]))


def formulas(document: Document) -> list[tuple[Read, Decimal, Decimal]]:
    """Each formula with its cached and its recomputed value."""
    live, cached = opened(document), opened(document, cached=True)
    return [
        (cell, Decimal(repr(cached[sheet.title][cell.coordinate].value)), recomputed(cell.value, cached[sheet.title]))
        for sheet in live
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_the_list_comes_first_then_each_table_and_chart_then_the_figures(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "目录", "表1 项目资金预算、到位及拨付情况表", "图1 各子项目资金到位与拨付情况", "图2 各子项目到位资金的层级构成",
        "表2 机构运营补助发放明细表", "表3 绩效评价得分情况表", "图3 各三级指标得分与分值对照", "图4 入住老人问卷各题选项分布",
        "附件1 绩效评价工作底稿", "附件2 问题整改清单", "数值",
    ]  # fmt: skip


def test_the_list_leads_to_every_sheet(book: openpyxl.Workbook) -> None:
    rows = list(book["目录"].iter_rows(min_row=4, min_col=2, max_col=2))
    assert [row[0].hyperlink.location for row in rows] == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_numbers_are_numbers_and_print_as_in_the_report(book: openpyxl.Workbook) -> None:
    sheet = book["表2 机构运营补助发放明细表"]
    cell = only([row[5] for row in sheet.iter_rows() if row[2].value == "第2镇第1敬老院"])
    assert (cell.data_type, cell.value, cell.number_format) == ("n", 44640, "#,##0.00;[Red]-#,##0.00")


def test_the_unit_stands_above_right(book: openpyxl.Workbook) -> None:
    assert book["表1 项目资金预算、到位及拨付情况表"]["K2"].value == "单位：万元"


def test_merged_heads_cover_their_columns(book: openpyxl.Workbook) -> None:
    merged = {str(area) for area in book["表1 项目资金预算、到位及拨付情况表"].merged_cells.ranges}
    assert {"A3:A5", "B3:B5", "C3:J3", "C4:F4", "G4:J4", "K3:K5"} <= merged


def test_heads_stay_in_sight_and_repeat_in_print(book: openpyxl.Workbook) -> None:
    sheet = book["表1 项目资金预算、到位及拨付情况表"]
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$1:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape",
        "9",
        1,
    ) or (sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9)


def test_totals_are_live_and_recompute_to_what_is_printed(sample: Document) -> None:
    found = formulas(sample)
    assert len(found) > 20
    assert [(cell.coordinate, cached) for cell, cached, now in found if cached != now] == []


def test_a_total_of_subtotals_adds_only_these(book: openpyxl.Workbook) -> None:
    sheet = book["表2 机构运营补助发放明细表"]
    assert sheet.cell(sheet.max_row, 6).value == "=SUM(F19,F35,F51,F67)"


def test_a_total_of_very_many_separate_rows_is_still_a_formula() -> None:
    rows = [Row((number("1.50"),)) for _ in range(600)]
    rows.append(Row((number("450.00", SumOf(tuple(range(0, 600, 2)))),), RowKind.TOTAL))
    found = formulas(Document("甲", (Table("t", "表", (), tuple(rows), (1,)),)))
    assert [(cached, now) for _, cached, now in found] == [(Decimal(450), Decimal(450))]


def test_a_ratio_in_per_cent_is_live() -> None:
    sheet = sheet_of((number("429.29"), number("502.56"), number("85.42%", RatioOf(0, 1))))
    assert sheet["C4"].value == '=IF(B4=0,"—",ROUND(A4/B4,4))'
    assert sheet["C4"].number_format == "0.00%;[Red]-0.00%"


def test_a_total_that_its_printed_parts_do_not_give_stays_a_number_with_a_remark() -> None:
    sheet = sheet_of((number("0.33"),), (number("0.33"),), (number("0.33"),), (number("1.00", SumOf((0, 1, 2))),))
    assert sheet["A7"].value == 1
    assert "未舍入" in sheet["A7"].comment.text


def test_words_around_a_number_become_part_of_its_format() -> None:
    assert sheet_of((number("1,080张"),))["A4"].number_format == '#,##0"张";[Red]-#,##0"张"'


def test_a_number_in_a_long_sentence_stays_text() -> None:
    words = "共12人，" + "其中有若干人因资料不全尚待核实" * 5
    (cell,) = sheet_of((Cell((Text(words),), number=Decimal(12)),))["A4:A4"][0]
    assert cell.value == words


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    cell = sheet_of((number("12,345,678,901,234,567.89"),))["A4"]
    assert (cell.data_type, cell.value) == ("s", "12,345,678,901,234,567.89")


def test_figures_are_listed_with_inputs_and_sources(book: openpyxl.Workbook, sample: Document) -> None:
    rows = {row[0].value: row for row in book["数值"].iter_rows(min_row=4)}
    assert rows.keys() == sample.figures.keys()
    rate = rows["资金.预算执行率"]
    assert (rate[2].value, rate[2].number_format, rate[6].value) == (0.8525, "0.00%;[Red]-0.00%", "拨付÷到位")
    assert rate[7].value == "拨付〔资金.拨付〕\n到位〔资金.到位〕"
    assert rows["资金.拨付.机构运营补助.省级"][8].value == "台账：机构运营补助拨付（funds.csv 第2行）"


def test_charts_are_native(book: openpyxl.Workbook) -> None:
    assert [len(sheet._charts) for sheet in book if sheet.title.startswith("图")] == [1, 1, 1, 1]


def test_sheet_names_are_short_legal_and_unique() -> None:
    titles = ("预算/执行[2021]:*?", "预算/执行[2021]:*?", "长" * 40, "长" * 40, "", "目录", "HISTORY", "abc", "ABC")
    names = sheet_names(titles)
    assert len({name.lower() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_titles_give_legal_names(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


amounts = st.decimals(-(10**9), 10**9, places=2)


@settings(deadline=None, max_examples=25)
@given(st.lists(amounts, min_size=1, max_size=6), st.sampled_from(("0", "0.01")))
def test_a_formula_never_changes_the_printed_number(parts: list[Decimal], off: str) -> None:
    total = sum(parts, Decimal(0)) + Decimal(off)
    rows = [Row((Cell((Text(f"{part:,}"),), number=part),)) for part in parts]
    rows.append(
        Row((Cell((Text(f"{total:,}"),), number=total, calculation=SumOf(tuple(range(len(parts))))),), RowKind.TOTAL)
    )
    document = Document("甲", (Table("t", "表", (), tuple(rows), (1,)),))
    for _, cached, now in formulas(document):
        assert round_to(Fraction(now), 2) == cached == total
    assert len(formulas(document)) == (1 if off == "0" else 0)


def test_the_heading_above_names_a_table_without_caption() -> None:
    table = Table("t", "", (), (Row((Cell((Text("甲"),)),)),), (1,))
    assert opened(Document("甲", (Heading(1, "一、概况", "a"), table, table))).sheetnames[1:3] == [
        "一、概况",
        "一、概况 (2)",
    ]


def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    assert xlsx.write(sample) == xlsx.write(samples.document())


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_text_stays_text(text: str) -> None:
    book = opened(hostile.document(text))
    assert [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    sheet = only([each for each in book if each.title.startswith("表1")])
    assert sheet["A3"].value == text
    if text[0] in "=+-@":
        assert sheet["A3"].quotePrefix
