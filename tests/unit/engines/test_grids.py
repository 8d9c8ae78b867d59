"""Files to cells, each with its place."""

import pytest
from tests.unit.engines.sheets import xlsx

from hengji.engines.grids import column_letters, open_book, read_grid, sheet_grid
from hengji.model.finding import Severity


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_excel(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_excel_writes(encoding: str) -> None:
    grid, faults = read_grid("a.csv", "机构,人数\r\n北山,41\r\n".encode(encoding))
    assert not faults
    assert grid is not None
    assert grid.rows == (("机构", "人数"), ("北山", "41"))
    assert str(grid.place(1, 1)) == "a.csv 第2行第2列"


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_csv_may_be_parted_by_other_signs_than_commas(sign: str) -> None:
    grid, faults = read_grid("a.csv", f"机构{sign}金额\n北山{sign}1,200\n".encode())
    assert not faults
    assert grid is not None
    assert grid.rows == (("机构", "金额"), ("北山", "1,200"))


def test_a_line_number_is_that_of_the_file_where_a_cell_has_line_breaks() -> None:
    grid, _ = read_grid("a.csv", '机构,备注\n北山,"一\n二"\n东里,三\n'.encode())
    assert grid is not None
    assert grid.lines == (1, 2, 4)


@pytest.mark.parametrize(
    ("path", "content", "found"),
    [
        ("a.csv", b"\xff\xfe\x00\x81", "编码"),
        ("a.csv", '机构,人数\n"北山,41\n'.encode(), "不是合法的 CSV"),
        ("a.xlsx", b"\x00\x01not a workbook", "不是完好的 xlsx"),
        ("a.xlsx", b"PK\x03\x04broken", "不是完好的 xlsx"),
        ("a.doc", b"", "不支持的文件格式"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be(path: str, content: bytes, found: str) -> None:
    grid, faults = read_grid(path, content)
    assert grid is None
    assert [fault.severity for fault in faults] == [Severity.ERROR]
    assert found in faults[0].found
    assert faults[0].place.file == path
    assert faults[0].remedy


def test_a_sheet_is_found_by_name_and_a_wrong_name_lists_the_right_ones() -> None:
    content = xlsx([["机构"], ["北山"]], "名单")
    grid, faults = read_grid("a.xlsx", content, "名单")
    assert not faults
    assert grid is not None
    assert str(grid.place(1, 0)) == "a.xlsx [名单] A2 单元格"
    missing, faults = read_grid("a.xlsx", content, "花名册")
    assert missing is None
    assert "花名册" in faults[0].found
    assert "名单" in faults[0].expected


def test_cells_merged_downwards_are_warned_about_with_their_range() -> None:
    content = xlsx([["机构", "人数"], ["北山", 1], ["", 2]], then=lambda sheet: sheet.merge_cells("A2:A3"))
    grid, faults = read_grid("a.xlsx", content)
    assert grid is not None
    assert [(fault.severity, fault.place.cell) for fault in faults] == [(Severity.WARNING, "A2:A3")]
    assert "取消合并" in faults[0].remedy


def test_cells_merged_across_a_title_are_nothing_to_mention() -> None:
    content = xlsx([["发放表", ""], ["机构", "人数"]], then=lambda sheet: sheet.merge_cells("A1:B1"))
    assert read_grid("a.xlsx", content)[1] == ()


def test_a_formula_without_a_saved_result_is_an_error_at_its_cell() -> None:
    _, faults = read_grid("a.xlsx", xlsx([["人数"], [1], ["=A2+1"]]))
    assert [(fault.severity, fault.place.cell) for fault in faults] == [(Severity.ERROR, "A3")]
    assert "公式没有计算结果" in faults[0].found


def test_a_book_is_opened_once_for_all_its_sheets() -> None:
    book, faults = open_book("a.xlsx", xlsx([["机构"]], "名单"))
    assert not faults
    assert book is not None
    assert book.names == ("名单",)
    assert sheet_grid(book, "名单")[0].rows == (("机构",),)
