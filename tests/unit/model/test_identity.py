"""Numbers that check themselves, against the worked example of the standard and by the laws of their check digit."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hengji.model.identity import birth_of, citizen_fault, credit_fault, masked, plain

DIGITS = "0123456789X"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DAYS = st.dates(date(1900, 1, 1), date(2020, 12, 31))


def citizen(day: date, order: int) -> str:
    body = f"370304{day:%Y%m%d}{order:03d}"
    return next(body + digit for digit in DIGITS if not citizen_fault(body + digit))


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "11010519491231002x", " 440524 18800101 0014"]
)
def test_the_examples_of_the_standard_hold(number: str) -> None:
    assert citizen_fault(number) == ""


@given(DAYS, st.integers(0, 999))
def test_one_check_digit_fits_and_the_day_of_birth_is_read_back(day: date, order: int) -> None:
    number = citizen(day, order)
    assert birth_of(number) == day
    assert sum(not citizen_fault(number[:-1] + digit) for digit in DIGITS) == 1


@given(DAYS, st.integers(0, 999), st.integers(0, 16), st.integers(0, 9))
def test_no_slip_of_one_digit_passes(day: date, order: int, position: int, digit: int) -> None:
    number = citizen(day, order)
    assume(number[position] != str(digit))
    assert citizen_fault(number[:position] + str(digit) + number[position + 1 :])


@given(DAYS, st.integers(0, 999), st.integers(0, 15))
def test_no_two_neighbours_change_places_unseen(day: date, order: int, position: int) -> None:
    number = citizen(day, order)
    assume(number[position] != number[position + 1])
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    assert citizen_fault(swapped)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("110105491231002", "15位"),
        ("1101051949123100", "不是18位（现16位）"),
        ("11010519491331002X", "不是日期"),
        ("00010519491231002X", "不是省级区划代码"),
        ("1101051949123100ZX", "不应出现的字符"),
        ("110105194912310021", "校验码不符"),
    ],
)
def test_what_is_wrong_is_said(number: str, said: str) -> None:
    assert said in citizen_fault(number)


def test_the_example_of_a_credit_code_holds() -> None:
    assert credit_fault("91350100M000100Y43") == ""


@given(st.text("0123456789", min_size=6, max_size=6), st.text(LETTERS, min_size=9, max_size=9))
def test_one_check_letter_fits_a_credit_code(region: str, body: str) -> None:
    assert sum(not credit_fault(f"91{region}{body}{letter}") for letter in LETTERS) == 1


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_a_masked_number_never_shows_more_than_seven_places(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert sum(letter != "*" for letter in shown) <= 7
    assert shown != number


def test_a_number_is_read_as_it_would_be_typed() -> None:
    assert plain("３７０３０４ 19x") == "37030419X"
