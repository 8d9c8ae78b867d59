"""德尔菲法: rounds of expert opinion, how far they agree, and the weights of the last round.

Agreement is measured two ways: the coefficient of variation of each indicator (sample standard deviation ÷ mean, at
most 0.25), and Kendall's W over all indicators, corrected for ties, tested by χ² = m(n − 1)W with n − 1 degrees of
freedom for m experts and n indicators. Decimal arithmetic with ``DIGITS`` significant digits throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, localcontext
from enum import Enum
from statistics import median

from hengji.model.finding import Place
from hengji.model.record import record
from hengji.scoring.faults import MATRIX_REFUSED, NOT_CONCENTRATED
from hengji.scoring.shape import Findings
from hengji.scoring.weights import DIGITS, Shares, normalised

MOST_VARIATION = Decimal("0.25")
SIGNIFICANCE = Decimal("0.05")
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")
NEGLIGIBLE = Decimal("1e-60")
FEWEST = 2

Round = Sequence[Sequence[Decimal]]


class Centre(Enum):
    """取值方法 of the last round."""

    MEAN = "平均数"
    MEDIAN = "中位数"


@record
class Agreement:
    """一轮意见的集中程度: variation per indicator, Kendall's W, its χ² and the probability of so much by chance."""

    variations: tuple[Decimal, ...]
    concordance: Decimal
    chi_square: Decimal
    probability: Decimal

    @property
    def reached(self) -> bool:
        return max(self.variations) <= MOST_VARIATION or self.probability < SIGNIFICANCE


@record
class Delphi:
    """德尔菲法: shares of the last round, the agreement of each round, and the experts' mean authority (None: not asked)."""

    shares: Shares
    rounds: tuple[Agreement, ...]
    authority: Decimal | None = None


def delphi(
    rounds: Sequence[Round], centre: Centre, place: Place, authorities: Sequence[Decimal] = ()
) -> tuple[Delphi | None, Findings]:
    """Weights from rounds of importances: a round has a row per expert, a row a value per indicator.

    ``authorities`` are the experts' coefficients Cr = (Ca + Cs) ÷ 2, reported as their mean and not weighed in.
    """
    findings = tuple(
        MATRIX_REFUSED.at(
            place, f"第{number}轮的专家或指标少于两个、行列不齐或有负数", "两位以上专家对相同的两项以上指标打分"
        )
        for number, each in enumerate(rounds, 1)
        if not _usable(each)
    )
    if findings or not rounds:
        return None, findings or (MATRIX_REFUSED.at(place, "没有征询结果", "至少一轮"),)
    with localcontext(prec=DIGITS):
        agreements = tuple(agreement(each) for each in rounds)
        columns = list(zip(*rounds[-1], strict=True))
        middles = [_mean(column) if centre is Centre.MEAN else median(column) for column in columns]
        if not any(middles):
            return None, (MATRIX_REFUSED.at(place, "末轮各指标重要性全部为 0", "不全为 0 的数"),)
        authority = _mean(authorities) if authorities else None
        result = Delphi(normalised(middles), agreements, authority)
    last = agreements[-1]
    if last.reached:
        return result, ()
    found = f"最大变异系数{max(last.variations):.2f}，协调系数{last.concordance:.3f}（p = {last.probability:.3f}）"
    return result, (NOT_CONCENTRATED.at(place, found, f"变异系数不大于{MOST_VARIATION}，或 p 小于{SIGNIFICANCE}"),)


def _usable(opinions: Round) -> bool:
    width = len(opinions[0]) if opinions else 0
    if len(opinions) < FEWEST or width < FEWEST:
        return False
    return all(len(row) == width and min(row) >= 0 for row in opinions)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def agreement(opinions: Round) -> Agreement:
    """How far the experts of one round agree."""
    with localcontext(prec=DIGITS):
        variations = tuple(_variation(column) for column in zip(*opinions, strict=True))
        concordance = _concordance([_ranks(row) for row in opinions])
        freedom = len(opinions[0]) - 1
        chi_square = len(opinions) * freedom * concordance
        return Agreement(variations, concordance, chi_square, chance(chi_square, freedom))


def _variation(column: Sequence[Decimal]) -> Decimal:
    """Sample standard deviation ÷ mean; 0 where all say 0."""
    mean = _mean(column)
    if not mean:
        return Decimal(0)
    squares = sum(((value - mean) ** 2 for value in column), Decimal(0))
    return (squares / (len(column) - 1)).sqrt() / mean


def _ranks(row: Sequence[Decimal]) -> list[Decimal]:
    """Ranks from 1, equals sharing the mean of their places."""
    return [
        Decimal(sum(other < value for other in row)) + Decimal(sum(other == value for other in row) + 1) / 2
        for value in row
    ]


def _concordance(ranks: Sequence[Sequence[Decimal]]) -> Decimal:
    """W = 12S ÷ (m²(n³ − n) − mΣ(t³ − t)); 0 when every expert ranks all alike."""
    experts, indicators = len(ranks), len(ranks[0])
    sums = [sum(column, Decimal(0)) for column in zip(*ranks, strict=True)]
    mean = _mean(sums)
    squares = sum(((each - mean) ** 2 for each in sums), Decimal(0))
    ties = sum(count**3 - count for row in ranks for count in Counter(row).values())
    bottom = experts**2 * (indicators**3 - indicators) - experts * ties
    return 12 * squares / bottom if bottom else Decimal(0)


def chance(chi_square: Decimal, freedom: int) -> Decimal:
    """P(χ² with ``freedom`` degrees ≥ ``chi_square``): 1 less the regularised lower incomplete gamma series."""
    with localcontext(prec=2 * DIGITS):
        half, x = Decimal(freedom) / 2, chi_square / 2
        if x <= 0:
            return Decimal(1)
        term = (half * x.ln() - x).exp() / _gamma(freedom + 2)
        total, above = term, half
        while above <= x or term > NEGLIGIBLE:  # terms grow until they pass x
            above += 1
            term *= x / above
            total += term
        return max(Decimal(0), 1 - total)


def _gamma(twice: int) -> Decimal:
    """Γ(twice ÷ 2)."""
    value, at = (Decimal(1), 2) if twice % 2 == 0 else (PI.sqrt(), 1)
    while at < twice:
        value *= Decimal(at) / 2
        at += 2
    return value
