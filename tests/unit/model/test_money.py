"""Money is whole fen; one rounding, by name."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.money import LARGEST, Money, Rounding, divide, round_to


def test_published_scores_round_half_up() -> None:
    assert round_to(Fraction(3497, 40), 2) == Decimal("87.43")
    assert round_to(Fraction("67.875"), 2) == Decimal("67.88")
    assert round_to(Fraction(46935, 1000), 2) == Decimal("46.94")


@pytest.mark.parametrize(
    ("rounding", "up", "down"), [(Rounding.HALF_UP, 3, -3), (Rounding.DOWN, 2, -2), (Rounding.UP, 3, -3)]
)
def test_a_claw_back_is_the_negative_of_the_payment(rounding: Rounding, up: int, down: int) -> None:
    assert divide(5, 2, rounding) == up
    assert divide(-5, 2, rounding) == down
    assert divide(5, -2, rounding) == down


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**9))
def test_half_up_is_never_further_off_than_half(numerator: int, denominator: int) -> None:
    whole = divide(numerator, denominator)
    assert abs(Fraction(numerator, denominator) - whole) <= Fraction(1, 2)
    assert divide(-numerator, denominator) == -whole


def test_amounts_are_exact_to_the_fen_or_refused() -> None:
    assert Money.wan("10.81") == 10_810_000
    assert Money.yuan("12640") == 1_264_000
    with pytest.raises(ValueError, match="不能精确到分"):
        Money.yuan("0.001")
    with pytest.raises(ValueError, match="不是数字"):
        Money.yuan("一百")
    with pytest.raises(ValueError, match="超出"):
        Money.yuan(LARGEST)


def test_money_stays_money() -> None:
    total = sum((Money(1), Money(2)), Money(0))
    assert isinstance(total, Money)
    assert isinstance(total - 1, Money)
    assert isinstance(-total, Money)
    assert Money.yuan(459_998).share(Fraction(1, 2)) == Money.yuan(229_999)
