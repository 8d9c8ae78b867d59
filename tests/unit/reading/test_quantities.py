"""Numbers with their units, and what only looks like one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.claim import Hedge, Measure, Quantity
from hengji.model.reading import Span
from hengji.reading.quantities import OPEN, quantities


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(text, Span(0, len(text)))


def quoted(text: str) -> list[str]:
    return [text[quantity.span.start : quantity.span.end] for quantity in read(text)]


@pytest.mark.parametrize(
    ("text", "measure", "unit", "value"),
    [
        ("1,234.56 万元", Measure.MONEY, "万元", Fraction(12345600)),
        ("１２．５亿元", Measure.MONEY, "亿元", Fraction(1250000000)),
        ("75元/人次", Measure.MONEY, "元/人次", Fraction(75)),
        ("$700\\text{ 元}/\\text{m}^2$", Measure.MONEY, "元/m2", Fraction(700)),
        ("85.41%", Measure.RATE, "%", Fraction(8541, 10000)),
        ("百分之九十五", Measure.RATE, "%", Fraction(95, 100)),
        ("2.5‰", Measure.RATE, "‰", Fraction(25, 10000)),
        ("3.5 个百分点", Measure.PERCENTAGE_POINTS, "个百分点", Fraction(35, 1000)),
        ("增长-5.2%", Measure.RATE, "%", Fraction(-52, 1000)),
        ("一千二百户", Measure.COUNT, "户", Fraction(1200)),
        ("十二家", Measure.COUNT, "家", Fraction(12)),
        ("大中修43段", Measure.COUNT, "段", Fraction(43)),
        ("2.4万人次", Measure.COUNT, "万人次", Fraction(24000)),
        ("12个工作日", Measure.DAYS, "个工作日", Fraction(12)),
        ("4.5分", Measure.POINTS, "分", Fraction(9, 2)),
        ("3.2 公里", Measure.COUNT, "公里", Fraction(3200)),
        ("合计43.00", Measure.BARE, "", Fraction(43)),
    ],
)
def test_a_number_with_its_unit(text: str, measure: Measure, unit: str, value: Fraction) -> None:
    (quantity,) = read(text)
    assert (quantity.measure, quantity.unit, quantity.value) == (measure, unit, value)


@pytest.mark.parametrize(
    "text",
    [
        "2020年3月5日至8日",
        "2020-2021年",
        "2021年8月-9月",
        "2021.8.24",
        "3月底和12月31日",
        "财预〔2020〕10号",
        "财预（2020）10号",
        "第七条、第 16 条",
        "表 3：情况",
        "1. 立项情况",
        "（2）过程",
        "执行 DB37/T3774-2020",
        "电话0533-4180000，手机13812345678",
        "《关于2项工作的通知》",
        "统一安排一次性补贴，进一步规范",
        "“15分钟服务圈”",
        "按1:1.2配套",
    ],
)
def test_what_counts_and_measures_nothing(text: str) -> None:
    assert quoted(text) == []


def test_the_mark_of_an_item_is_no_digit_of_its_year() -> None:
    assert quoted("①2020 年 3 家；②2021年新增12张") == ["3 家", "12张"]


@pytest.mark.parametrize(
    ("text", "low", "high", "hedge"),
    [
        ("10.8万元", 107500, 108500, Hedge.NONE),
        ("172张", 172, 172, Hedge.NONE),
        ("300余人", 300, 400, Hedge.MORE),
        ("约30户", 20, 40, Hedge.ABOUT),
        ("近200人", 100, 200, Hedge.LESS),
        ("不少于20张", 20, OPEN, Hedge.MORE),
        ("20张以上", 20, OPEN, Hedge.MORE),
        ("不超过5处", 0, 5, Hedge.LESS),
        ("3至5个", 3, 5, Hedge.ABOUT),
    ],
)
def test_what_a_printed_number_could_be(text: str, low: int, high: int, hedge: Hedge) -> None:
    (quantity,) = read(text)
    assert (quantity.low, quantity.high) == (Fraction(low), Fraction(high))
    assert quantity.hedge is hedge


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(["元", "万元", "人", "%", "平方米", "万人次"]))
def test_a_printed_number_may_be_itself(digits: int, places: int, unit: str) -> None:
    printed = f"{digits / 10**places:,.{places}f}" if places else f"{digits:,}"
    (quantity,) = read(f"共{printed} {unit}，")
    assert quantity.low <= quantity.value <= quantity.high
    assert quantity.printed == printed


def test_a_number_is_as_precise_as_it_is_printed() -> None:
    """Equal numbers printed to other decimals could be other things."""
    coarse, fine = read("预算1万元，支出1.00万元")
    assert coarse.high - coarse.low == 100 * (fine.high - fine.low)
