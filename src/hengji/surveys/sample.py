"""How many sheets a survey needs."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction


class Confidence(Enum):
    """置信水平 with its two-sided normal quantile."""

    NINETY = Fraction(1645, 1000)
    NINETY_FIVE = Fraction(196, 100)
    NINETY_NINE = Fraction(2576, 1000)


USUAL_MARGIN = Fraction(5, 100)


def required_sample(
    population: int | None, confidence: Confidence = Confidence.NINETY_FIVE, margin: Fraction = USUAL_MARGIN
) -> int:
    """Sheets needed to know a share within ``margin`` either way, rounded up; without a population, an unlimited one.

    n₀ = z²·p(1−p)/e² with p = ½, the least favourable share, and n = n₀ / (1 + (n₀ − 1)/N) for a population of N
    (Cochran, Sampling Techniques, 3rd ed. 1977, sections 4.4 and 5.3): 385 without bound, 278 of 1000, 7 of 7.
    Raises ValueError unless 0 < margin < 1 and the population, if given, is at least 1.
    """
    if not 0 < margin < 1 or (population is not None and population < 1):
        raise ValueError(f"margin {margin}, population {population}")
    needed = confidence.value**2 / (4 * margin**2)
    if population is not None:
        needed = needed / (1 + (needed - 1) / population)
    return -(-needed.numerator // needed.denominator)
