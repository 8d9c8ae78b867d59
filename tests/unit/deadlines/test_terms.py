"""Working days with make-up days, months to the same day, and years that nobody knows yet."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.deadlines.terms import (
    FIRST_YEAR,
    LAST_YEAR,
    UnknownYearError,
    add_days,
    add_months,
    add_working_days,
    is_working_day,
    whole_months_between,
    working_days_between,
)

KNOWN_DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
ANY_DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def test_the_review_of_nanzhuang_took_nineteen_working_days() -> None:
    assert working_days_between(date(2021, 7, 12), date(2021, 8, 6)) == 19
    assert add_working_days(date(2021, 7, 12), 10) == date(2021, 7, 26)


def test_a_make_up_saturday_counts_and_a_holiday_weekday_does_not() -> None:
    assert is_working_day(date(2021, 9, 18))  # Saturday, made up for Mid-Autumn
    assert not is_working_day(date(2021, 10, 1))  # Friday, National Day
    assert working_days_between(date(2021, 9, 17), date(2021, 9, 18)) == 1
    assert working_days_between(date(2021, 9, 30), date(2021, 10, 8)) == 1


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_a_year_without_arrangement_is_an_error_that_names_it(year: int) -> None:
    with pytest.raises(UnknownYearError, match=f"{year}年") as caught:
        working_days_between(date(2021, 1, 4), date(year, 6, 1))
    assert caught.value.year == year


def test_a_term_that_runs_out_of_the_calendar_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(UnknownYearError) as caught:
        add_working_days(date(LAST_YEAR, 12, 31), 1)
    assert caught.value.year == LAST_YEAR + 1
    with pytest.raises(UnknownYearError):
        add_working_days(date(FIRST_YEAR, 1, 5), -30)


@given(KNOWN_DAYS, KNOWN_DAYS, KNOWN_DAYS)
def test_working_days_of_two_stretches_add_up(a: date, b: date, c: date) -> None:
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)
    assert working_days_between(a, b) == -working_days_between(b, a)


@given(st.dates(date(2005, 1, 1), date(2025, 12, 31)), st.integers(1, 200))
def test_the_nth_working_day_is_the_first_with_that_count(day: date, n: int) -> None:
    due = add_working_days(day, n)
    assert is_working_day(due)
    assert working_days_between(day, due) == n
    before = add_working_days(day, -n)
    assert is_working_day(before)
    assert working_days_between(before - timedelta(1), day - timedelta(1)) == n


def test_three_months_from_the_funding_notice() -> None:
    assert add_months(date(2020, 7, 16), 3) == date(2020, 10, 16)


def test_a_month_without_that_day_ends_the_term_on_its_last_day() -> None:
    assert add_months(date(2021, 1, 31), 1) == date(2021, 2, 28)
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
    assert add_months(date(2021, 3, 31), -1) == date(2021, 2, 28)


def test_whole_months_are_full_on_the_same_day() -> None:
    assert whole_months_between(date(2021, 1, 15), date(2021, 2, 14)) == 0
    assert whole_months_between(date(2021, 1, 15), date(2021, 2, 15)) == 1
    assert whole_months_between(date(2021, 1, 31), date(2021, 2, 28)) == 1
    assert whole_months_between(date(2020, 2, 29), date(2021, 2, 28)) == 12


@given(ANY_DAYS, ANY_DAYS)
def test_whole_months_are_the_most_that_fit(start: date, end: date) -> None:
    n = whole_months_between(start, end)
    assert add_months(start, n) <= end < add_months(start, n + 1)


@pytest.mark.parametrize("move", [add_days, add_months])
def test_a_day_that_no_calendar_has_is_an_error(move: Callable[[date, int], date]) -> None:
    with pytest.raises(UnknownYearError):
        move(date(2021, 7, 12), 10**7)
