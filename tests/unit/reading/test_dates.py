"""Dates in running text: what days they can be, and which cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.reading.dates import Dated, Grain, Impossible, scan


def dates_in(text: str) -> tuple[Dated, ...]:
    return scan(text)[0]


def impossible_in(text: str) -> tuple[Impossible, ...]:
    return scan(text)[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("资金于2021年8月26日拨付", date(2021, 8, 26), date(2021, 8, 26)),
        ("2021年7月份完成", date(2021, 7, 1), date(2021, 7, 31)),
        ("截至2022年底", date(2022, 1, 1), date(2022, 12, 31)),
        ("2021.8.24", date(2021, 8, 24), date(2021, 8, 24)),
        ("2021-01-04", date(2021, 1, 4), date(2021, 1, 4)),
        ("二〇二二年十二月", date(2022, 12, 1), date(2022, 12, 31)),
        ("二〇二三年三月二十一日", date(2023, 3, 21), date(2023, 3, 21)),
    ],
)
def test_a_date_is_the_days_it_can_be(text: str, first: date, last: date) -> None:
    (dated,) = dates_in(text)
    assert (dated.first, dated.last) == (first, last)


def test_a_day_takes_the_year_named_before_it() -> None:
    text = "2020年12月11日公示,12月16日下达,次年1月4日拨付"
    assert [dated.first for dated in dates_in(text)] == [date(2020, 12, 11), date(2020, 12, 16), date(2021, 1, 4)]
    assert [dated.full for dated in dates_in(text)] == [True, False, False]


def test_a_day_without_any_year_is_no_date() -> None:
    assert dates_in("12月16日下达") == ()


@pytest.mark.parametrize("text", ["版本1.2021.8", "满意度99.13%", "第2021号", "12个月", "每月80元"])
def test_numbers_are_no_dates(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize("text", ["2021年2月30日", "2021年13月", "2022.6.31", "8月26月", "2022年3月7日(星期三)"])
def test_the_calendar_does_not_have_it(text: str) -> None:
    assert len(impossible_in(text)) == 1


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_was_written(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", f"{day.year}-{day.month:02}-{day.day:02}"):
        (dated,) = dates_in(f"于{text}完成")
        assert (dated.first, dated.grain) == (day, Grain.DAY)
        assert not impossible_in(text)


@pytest.mark.parametrize("text", ["项目编号2021-13-05-001", "编码A2021-13-05", "144001-2021-13-05"])
def test_a_code_is_no_impossible_date(text: str) -> None:
    assert not impossible_in(text)
