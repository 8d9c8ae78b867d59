"""Printed decimals are intervals: what a number printed so may be exactly."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from hengji.model.figure import Figure, display, scaled


def half_unit(printed: Decimal) -> Fraction:
    """Half a unit of the last printed place: 0.005 for 53.31, 0.5 for 681."""
    exponent = printed.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Fraction(1, 2 * 10**places)


def could_be(printed: str, unit: str, figure: Figure) -> bool:
    """Whether the exact value lies within half a unit of the last printed place; words must be the same words."""
    try:
        number = Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return printed == display(figure, unit)
    exact = scaled(figure, unit)
    return exact is not None and abs(exact - Fraction(number)) <= half_unit(number)
