"""Scores: what each indicator got, what its standard would give, and why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hengji.model.indicator import Adjustment, Indicator, Judgement, Override
from hengji.model.profile import GradeBand
from hengji.model.record import record

MOST_LISTED = 12


@record
class Attainable:
    """可得分集: the single ``points`` a standard can give, and closed ranges ``spans`` within which it can give any."""

    points: tuple[Decimal, ...] = ()
    spans: tuple[tuple[Decimal, Decimal], ...] = ()

    def __contains__(self, score: Decimal) -> bool:
        return score in self.points or any(low <= score <= high for low, high in self.spans)

    def __str__(self) -> str:
        singles = [f"{point.normalize():f}" for point in self.points]
        if len(singles) > MOST_LISTED:
            singles = [*singles[:3], "…", singles[-1]]
        ranges = [f"{low.normalize():f}～{high.normalize():f}" for low, high in self.spans]
        return "、".join(singles + ranges) + "分"


@record
class Result:
    """评分结果: the exact score, the score rounded to two decimals, the reason as a sentence, and the figures it read."""

    exact: Fraction
    score: Decimal
    reason: str
    inputs: tuple[str, ...] = ()


@record
class Score:
    """得分: ``awarded`` counts; ``literal`` is what the printed standard gives (None when it cannot be had).

    ``weight`` is the weight that applies: an indicator that does not apply has 0, and a node the sum of its
    children (the printed weight stands in ``indicator``). ``reason`` tells how the standard's score comes about, also
    where there is an ``override``. ``exact`` and ``literal_exact`` are unrounded.
    """

    indicator: Indicator
    level: int
    weight: Decimal
    awarded: Decimal
    literal: Decimal | None
    reason: str
    attainable: Attainable | None = None
    override: Override | None = None
    inputs: tuple[str, ...] = ()
    children: tuple[Score, ...] = ()
    exact: Fraction = Fraction(0)
    literal_exact: Fraction | None = None
    judgement: Judgement | None = None

    @property
    def deduction(self) -> Decimal:
        return self.weight - self.awarded


@record
class ScoreSheet:
    """得分表: the tree, the totals and grades, awarded and literal; ``flips`` are leaves where the two differ.

    ``base`` is the weight that applies in all: when it is less than the framework's, ``subtotal`` (Σ level 1) is
    re-based to 100 before ``adjustments``. ``bands`` are the declared grades.
    """

    scores: tuple[Score, ...]
    total: Decimal
    grade: str
    literal_total: Decimal | None
    literal_grade: str
    flips: tuple[Score, ...] = ()
    base: Decimal = Decimal(100)
    subtotal: Decimal = Decimal(0)
    adjustments: tuple[Adjustment, ...] = ()
    bands: tuple[GradeBand, ...] = ()
