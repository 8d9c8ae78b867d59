"""What stands in a cell, and what it means: the same for csv, workbooks and forms."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.cells import CellFault, CellNote, Raw, ReadCell, read_cell
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Value

TEXT = Column("备注", ColumnType.TEXT)
TIER = Column("层级", ColumnType.ENUM, choices=("中央", "省级", "市级"))
COUNT = Column("人数", ColumnType.COUNT)
RATE = Column("满意率", ColumnType.RATE, "%")
YUAN = Column("金额", ColumnType.MONEY, "元")
WAN = Column("金额", ColumnType.MONEY, "万元")
DAY = Column("日期", ColumnType.DATE)
YES = Column("列入名单", ColumnType.BOOL)


def value(raw: Raw, column: Column, unit: str = "") -> Value:
    read = read_cell(raw, column, unit)
    assert isinstance(read, ReadCell), read
    return read.value


def fault(raw: Raw, column: Column, unit: str = "") -> CellFault:
    read = read_cell(raw, column, unit)
    assert isinstance(read, CellFault), read
    return read


@pytest.mark.parametrize("column", [TEXT, TIER, COUNT, RATE, YUAN, DAY, YES])
@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_a_blank_is_missing_and_not_zero(blank: Raw, column: Column) -> None:
    assert value(blank, column) is None


@pytest.mark.parametrize(
    ("raw", "column", "expected"),
    [
        ("41", COUNT, 41),
        (41, COUNT, 41),
        (41.0, COUNT, 41),
        ("1,234", COUNT, 1234),
        ("-3", COUNT, -3),
        ("93.57%", RATE, Fraction(9357, 10000)),
        ("93.57", RATE, Fraction(9357, 10000)),
        (93.57, RATE, Fraction(9357, 10000)),
        ("10.81", WAN, Money.yuan("108100")),
        (10.81, WAN, Money.yuan("108100")),
        ("108,100.00", YUAN, Money.yuan("108100")),
        ("￥108,100.00", YUAN, Money.yuan("108100")),
        ("¥ 108,100.00", YUAN, Money.yuan("108100")),
        ("-￥15.00", YUAN, Money.yuan("-15")),
        ("￥-15.00", YUAN, Money.yuan("-15")),
        ("中央", TIER, "中央"),
        ("是", YES, True),
        ("TRUE", YES, True),
        ("FALSE", YES, False),
        ("无", YES, False),
        (True, YES, True),
        ("2021年7月12日", DAY, date(2021, 7, 12)),
        (datetime(2021, 7, 12, 9, 30), DAY, date(2021, 7, 12)),  # noqa: DTZ001  workbooks give naive times
        (2021, TEXT, "2021"),
        (2021.0, TEXT, "2021"),
        (datetime(2021, 7, 12), TEXT, "2021-07-12"),  # noqa: DTZ001  Excel makes dates of text that looks like one
    ],
)
def test_a_cell_has_one_meaning_whatever_holds_it(raw: Raw, column: Column, expected: Value) -> None:
    assert value(raw, column) == expected


def test_the_unit_of_the_header_counts_before_the_declared_one() -> None:
    assert value("10.81", YUAN, "万元") == Money.yuan("108100")
    assert value("0.9357", RATE, "1") == Fraction(9357, 10000)


@pytest.mark.parametrize(
    ("raw", "column", "found", "remedy"),
    [
        ("四十一", COUNT, "不是数字", "只填数字"),
        ("41人", COUNT, "不是数字", "单位写在表头"),
        ("41.5", COUNT, "不是整数", "整数"),
        ("99999999999999999999", COUNT, "过大", "十六位以内的整数"),
        ("约20万", YUAN, "不是数字", "说明写在备注列"),
        ("1,08,100", YUAN, "不是数字", "千分位逗号"),
        ("1.081E+05", YUAN, "不是数字", "科学计数"),
        ("=SUM(A1:A3)", YUAN, "不是数字", "公式"),
        ("0.001", YUAN, "不能精确到分", "按分舍入"),
        ("1" * 20, YUAN, "最大金额", "核对单位"),
        (float("nan"), YUAN, "不是", "数字"),
        (float("inf"), COUNT, "不是", "数字"),
        ("0.1234567", RATE, "六位小数", "舍入"),
        ("县级", TIER, "不在可选值之中", "省级"),
        ("可能", YES, "看不出是或否", "是"),
        ("21-7-12", DAY, "只有两位", "四位"),
        ("2021-02-30", DAY, "没有这一天", "核对"),
        ("七月", DAY, "不是日期", "四位年份"),
    ],
)
def test_what_cannot_be_read_says_what_was_found_and_what_to_do(
    raw: Raw, column: Column, found: str, remedy: str
) -> None:
    wrong = fault(raw, column)
    assert found in wrong.found
    assert wrong.expected
    assert remedy in wrong.remedy + wrong.expected


@pytest.mark.parametrize(
    ("word", "remedy"),
    [("县级", "可能是“区级”"), ("支付", "改用所列的词"), ("省及", "改用所列的词"), ("镇 级", "可能是“镇级”")],
)
def test_a_word_is_proposed_where_one_is_meant(word: str, remedy: str) -> None:
    tiers = Column("层级", ColumnType.ENUM, choices=("省级", "市级", "区级", "镇级"))
    assert fault(word, tiers).remedy == remedy


def test_full_width_digits_are_read_and_noted() -> None:
    assert read_cell("１２３", COUNT) == ReadCell(123, (CellNote.FULL_WIDTH,))
    assert read_cell("１，０００．５", YUAN) == ReadCell(Money.yuan("1000.5"), (CellNote.FULL_WIDTH,))
    assert read_cell("２０２１－７－１２", DAY) == ReadCell(date(2021, 7, 12), (CellNote.FULL_WIDTH,))


def test_a_column_of_wan_that_holds_yuan_is_noted() -> None:
    assert read_cell("1460710", WAN) == ReadCell(Money.wan("1460710"), (CellNote.WAN_LOOKS_LIKE_YUAN,))
    assert read_cell("9999.99", WAN) == ReadCell(Money.wan("9999.99"))


@pytest.mark.parametrize(
    ("text", "doubtful"), [("0.93", True), ("1", True), ("1.5", False), ("93", False), ("0", False)]
)
def test_a_percentage_that_is_kept_as_a_ratio_is_noted(text: str, *, doubtful: bool) -> None:
    """As a workbook keeps what it shows as 93%."""
    notes = (CellNote.PERCENT_LOOKS_LIKE_RATIO,) if doubtful else ()
    assert read_cell(text, RATE) == ReadCell(Fraction(text) / 100, notes)
    assert read_cell(f"{text}%", RATE) == ReadCell(Fraction(text) / 100)
    assert read_cell(text, Column("系数", ColumnType.RATE)) == ReadCell(Fraction(text))


@given(st.integers(-(10**15), 10**15))
def test_an_amount_reads_back_from_the_way_it_is_printed(fen: int) -> None:
    printed = f"{Decimal(fen).scaleb(-2):,.2f}"
    assert value(printed, YUAN) == Money(fen)


@given(
    st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates(), st.none()),
    st.sampled_from([TEXT, TIER, COUNT, RATE, YUAN, WAN, DAY, YES]),
)
def test_any_cell_is_a_value_or_a_fault(raw: Raw, column: Column) -> None:
    assert isinstance(read_cell(raw, column), ReadCell | CellFault)
