"""What the columns of an undeclared file may be."""

import datetime as dt

from hengji.engines.intake.guessing import guess, likeliest
from hengji.model.cells import Raw
from hengji.model.table import Column, ColumnType

Rows = tuple[tuple[Raw, ...], ...]
ROWS: Rows = (
    ("某区养老机构补助名册", None, None),
    (
        "机构名称",
        "身份证号",
        "入住日期",
        "自理能力",
        "补助金额（万元）",
        "满意率（%）",
        "月数",
        "银行账号",
        "年满六十",
        "备注",
    ),
    ("甲院", "110101194901010018", dt.datetime(2020, 3, 1), "自理", 1.2, 90, 3, "0012", "是", None),  # noqa: DTZ001  as a sheet gives it
    ("甲院", "110101194901010077", "2020年4月1日", "失能", "0.6", 85.5, 6, "0013", "否", "补发"),
    *(("甲院", "x", "2020-05", "自理", 1, 80, 1, "0014", "是", None) for _ in range(6)),
)


def guessed(name: str, rows: Rows = ROWS) -> Column:
    return next(column for column in guess(rows) if column.name == name)


def test_the_header_is_the_first_line_with_the_most_different_texts() -> None:
    assert likeliest(ROWS) == 1
    assert likeliest(((1, 2), ("只有一格",))) is None
    assert likeliest((("同", "同"),)) is None


def test_each_column_gets_the_narrowest_type_that_all_its_cells_fit() -> None:
    kinds = [column.type for column in guess(ROWS)]
    assert kinds[1:9] == [
        ColumnType.CITIZEN,
        ColumnType.DATE,
        ColumnType.ENUM,
        ColumnType.MONEY,
        ColumnType.RATE,
        ColumnType.COUNT,
        ColumnType.TEXT,
        ColumnType.BOOL,
    ]


def test_units_stand_in_the_header_and_choices_in_the_cells() -> None:
    assert guessed("补助金额").unit == "万元"
    assert guessed("满意率").unit == "%"
    assert guessed("自理能力").choices == ("自理", "失能")


def test_a_column_with_blanks_is_not_required() -> None:
    assert guessed("月数").required
    assert not guessed("备注").required


def test_one_odd_cell_makes_a_number_a_text() -> None:
    rows: Rows = (("机构", "人数"), ("甲", 3), ("乙", "三人左右"))
    assert guessed("人数", rows).type is ColumnType.TEXT


def test_numbers_that_are_names_stay_texts() -> None:
    rows: Rows = (("机构", "编号"), ("甲", "001"), ("乙", "002"))
    assert guessed("编号", rows).type is ColumnType.TEXT


def test_a_file_without_a_header_has_no_columns() -> None:
    assert guess(()) == ()
    assert guess(((None, None), (1.5, True))) == ()
