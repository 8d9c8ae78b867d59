"""csv files as they really come."""

import pytest

from hengji.cells.sheet import check_header, read_sheet

TEXT = "项目,金额\r\n运营补助,10\r\n\r\n建设补助,“二十”\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_three_usual_encodings_give_the_same_rows(encoding: str) -> None:
    sheet, found = read_sheet("a.csv", TEXT.encode(encoding))
    assert found == ()
    assert sheet.header == ("项目", "金额")
    assert sheet.records == ((2, ("运营补助", "10")), (4, ("建设补助", "“二十”")))


def test_a_cell_knows_its_line_and_column() -> None:
    sheet, _ = read_sheet("a.csv", '项目,备注\n甲,"两\n行"\n乙,末\n'.encode())
    last = list(sheet.rows)[-1]
    assert str(last["备注"].place) == "a.csv 第4行第2列（备注）"
    assert last["没有的列"].text == ""


def test_commas_at_the_end_of_a_line_are_no_cells() -> None:
    sheet, found = read_sheet("a.csv", "项目,金额\n甲,1,,,\n".encode())
    assert (sheet.records, found) == (((2, ("甲", "1")),), ())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04rest", "C002"),
        (b"\xff\xff\xff", "C001"),
        ("项目\n".encode("utf-16"), "C001"),
        (b"", "C008"),
        ('项目,备注\n甲,"没有合上\n'.encode(), "C003"),
        ("项目,项目\n甲,乙\n".encode(), "C006"),
        ("项目,金额\n甲,1,000\n".encode(), "C007"),
        ("项目;金额\n甲;1,000\n".encode(), "C009"),
    ],
)
def test_a_file_that_is_no_csv_says_so(data: bytes, code: str) -> None:
    _, found = read_sheet("a.csv", data)
    assert [finding.code for finding in found] == [code]


def test_missing_and_unknown_columns_are_both_named() -> None:
    sheet, _ = read_sheet("a.csv", "项目,金客\n".encode())
    found = check_header(sheet, ("项目", "金额"), ("备注",))
    assert [(finding.code, finding.place.item) for finding in found] == [("C004", "金额"), ("C005", "金客")]
