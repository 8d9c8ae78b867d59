"""Money is a whole number of fen; every rounding has a name."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Self

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
LARGEST = 9_000_000_000_000_000  # fen (90 万亿元): far above any budget, far below 2**63


class Rounding(Enum):
    """舍入方式: how an exact value becomes a printed or payable one."""

    HALF_UP = "四舍五入"
    DOWN = "舍去"
    UP = "进一"


def divide(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Whole division of integers, the only rounding of amounts in the house.

    The sign is taken off first (sign × abs), so that a claw-back of −x is exactly the
    negative of a payment of x on every engine. ``DOWN`` cuts towards zero, ``UP`` goes away
    from zero. Raises ZeroDivisionError.
    """
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    top, bottom = abs(numerator), abs(denominator)
    match rounding:
        case Rounding.HALF_UP:
            return sign * ((2 * top + bottom) // (2 * bottom))
        case Rounding.DOWN:
            return sign * (top // bottom)
        case Rounding.UP:
            return sign * (-(-top // bottom))


def round_to(value: Fraction | Decimal | int, places: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round an exact value to ``places`` decimals; 87.425 at 2 places is 87.43."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    scale = 10**places
    whole = divide(exact.numerator * scale, exact.denominator, rounding)
    return Decimal(whole).scaleb(-places)


class Money(int):
    """金额: an amount in fen (分). Sums stay Money; a share of it is rounded half-up by ``share``."""

    __slots__ = ()

    @classmethod
    def yuan(cls, amount: str | int | Decimal) -> Self:
        """From yuan, exact to the fen; ValueError when there is more than a fen in it."""
        return cls._scaled(amount, FEN_PER_YUAN)

    @classmethod
    def wan(cls, amount: str | int | Decimal) -> Self:
        """From 万元, exact to the fen; ValueError when there is more than a fen in it."""
        return cls._scaled(amount, FEN_PER_WAN)

    @classmethod
    def _scaled(cls, amount: str | int | Decimal, scale: int) -> Self:
        try:
            fen = Decimal(amount) * scale
        except InvalidOperation:
            raise ValueError(f"{amount} 不是数字") from None
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise ValueError(f"{amount} 不能精确到分")
        if abs(fen) > LARGEST:
            raise ValueError(f"{amount} 超出可计算的最大金额")
        return cls(int(fen))

    def share(self, rate: Fraction, rounding: Rounding = Rounding.HALF_UP) -> Money:
        """The part ``rate`` of this amount, rounded to the fen."""
        return Money(divide(self * rate.numerator, rate.denominator, rounding))

    def __add__(self, other: int) -> Money:
        return Money(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Money:
        return Money(int(self) - int(other))

    def __neg__(self) -> Money:
        return Money(-int(self))

    def __abs__(self) -> Money:
        return Money(abs(int(self)))

    def __repr__(self) -> str:
        return f"Money({int(self)})"


def grouped(value: Decimal) -> str:
    """Print with thousands separators, keeping the decimals that are there: 108,100.00."""
    return f"{value:,}"
