"""Text of one cell to a value, or to a sentence that says what is wrong with it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.cells.sheet import Cell
from hengji.cells.values import read_choice, read_count, read_date, read_money
from hengji.model.finding import Place, Severity
from hengji.model.money import Money

PLACE = Place("funds.csv", 5, 2, item="日期")


def cell(text: str) -> Cell:
    return Cell(text, PLACE)


@pytest.mark.parametrize(
    "text",
    ["2021-07-12", "2021-7-12", "2021/7/12", "2021.7.12", "2021年7月12日", "2021 年 7 月 12 日", "20210712"],
)
def test_a_day_in_the_usual_ways_of_writing(text: str) -> None:
    assert read_date(cell(text)) == (date(2021, 7, 12), ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("21-7-12", "只有两位"),
        ("21年7月12日", "只有两位"),
        ("2021-07", "只到月份"),
        ("2021年7月份", "只到月份"),
        ("44389", "不是日期"),
        ("2021-02-30", "没有这一天"),
        ("七月", "不是日期"),
    ],
)
def test_a_day_that_would_have_to_be_guessed_is_refused(text: str, why: str) -> None:
    value, found = read_date(cell(text))
    assert value is None
    assert [finding.code for finding in found] == ["C102"]
    assert text in found[0].found
    assert why in found[0].found
    assert found[0].place == PLACE


def test_full_width_digits_are_understood_and_noted() -> None:
    value, found = read_money(cell("１，０８１．５"), "元")
    assert value == Money.yuan("1081.5")
    assert [(finding.code, finding.severity) for finding in found] == [("C103", Severity.NOTE)]
    assert read_date(cell("２０２１年７月１２日"))[0] == date(2021, 7, 12)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [("108100", "元", 10_810_000), ("108,100.00", "元", 10_810_000), ("10.81", "万元", 10_810_000), ("-3", "元", -300)],
)
def test_an_amount_is_exact_in_the_unit_of_its_header(text: str, unit: str, fen: int) -> None:
    assert read_money(cell(text), unit) == (Money(fen), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "C101"),
        ("10.8万元", "C102"),
        ("约10", "C102"),
        ("=A1+B1", "C102"),
        ("1.08E+05", "C102"),
        ("1,08,100", "C102"),
        ("1.2.3", "C102"),
        ("NaN", "C102"),
        ("1.005", "C102"),
        ("999999999999999999", "C102"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, code: str) -> None:
    value, found = read_money(cell(text), "元")
    assert value is None
    assert [finding.code for finding in found] == [code]


def test_a_count_is_whole_and_not_negative() -> None:
    assert read_count(cell("63")) == (63, ())
    assert read_count(cell("63.5"))[1][0].code == "C102"
    assert read_count(cell("-1"))[1][0].code == "C102"


def test_a_word_outside_the_list_is_answered_with_the_list() -> None:
    value, found = read_choice(cell("省"), {"省级": 1, "市级": 2})
    assert value is None
    assert found[0].expected == "省级、市级之一"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_printed_amount_reads_back(number: Decimal) -> None:
    assert read_money(cell(f"{number:,}"), "元") == (Money.yuan(number), ())


@given(st.text(max_size=12))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for value, found in (read_date(cell(text)), read_count(cell(text)), read_money(cell(text), "万元")):
        assert (value is None) == any(finding.severity is Severity.ERROR for finding in found)
