"""Printed decimals are intervals: what a number printed so may be exactly."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from hengji.model.figure import Figure, display, scaled


def printed_number(printed: str) -> Decimal | None:
    """The number that is printed, its decimals kept; None for words."""
    try:
        return Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return None


def places_of(printed: Decimal) -> int:
    """How many decimals it is printed with."""
    exponent = printed.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def half_unit(printed: Decimal) -> Fraction:
    """Half a unit of the last printed place: 0.005 for 53.31, 0.5 for 681."""
    return Fraction(1, 2 * 10 ** places_of(printed))


def could_be(printed: str, unit: str, figure: Figure) -> bool:
    """Whether the exact value lies within half a unit of the last printed place; words must be the same words."""
    number = printed_number(printed)
    if number is None:
        return printed == display(figure, unit)
    exact = scaled(figure, unit)
    return exact is not None and abs(exact - Fraction(number)) <= half_unit(number)
