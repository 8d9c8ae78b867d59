"""Weights of indicators: direct assignment, AHP, entropy, Delphi and combinations, rounded so that they add up to 100.

All arithmetic is exact (fractions) or decimal with ``DIGITS`` significant digits; no binary float decides a weight.
Methods give shares that add up to 1; ``published`` rounds them by largest remainder, so that the printed weights add up
to the whole exactly. Faults of the data are findings beside a result of None.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction

from hengji.model.finding import Place
from hengji.model.record import record
from hengji.scoring.faults import INCONSISTENT, MATRIX_REFUSED
from hengji.scoring.shape import Findings

DIGITS = 50
SETTLED = Decimal("1e-40")
ITERATIONS = 10_000
ACCEPTED_CR = Decimal("0.10")
# mean consistency index of random matrices of order 1 to 15 (Saaty)
RANDOM_INDEX = tuple(
    Decimal(index)
    for index in "0 0 0.58 0.90 1.12 1.24 1.32 1.41 1.45 1.49 1.51 1.48 1.56 1.57 1.59".split()  # noqa: SIM905  a table reads best so
)
WHOLE = Decimal(100)

Number = Decimal | Fraction | int
Shares = tuple[Decimal, ...]


def published(shares: Sequence[Number], whole: Decimal = WHOLE, places: int = 0) -> Shares:
    """Shares as weights of ``places`` decimals that add up to ``whole`` exactly.

    Each is cut off, and the units that are then missing go to the largest remainders, the earlier first among equals.
    Shares need not add up to 1; ValueError when they are negative or all 0.
    """
    exact = [Fraction(share) for share in shares]
    total = sum(exact, Fraction(0))
    if total <= 0 or min(exact) < 0:
        raise ValueError("权重应不小于 0，且不能全部为 0")
    units = int(whole.scaleb(places))
    ideal = [share * units / total for share in exact]
    counts = [int(part) for part in ideal]
    by_remainder = sorted(range(len(ideal)), key=lambda index: counts[index] - ideal[index])
    for index in by_remainder[: units - sum(counts)]:
        counts[index] += 1
    return tuple(Decimal(count).scaleb(-places) for count in counts)


def normalised(shares: Sequence[Number]) -> Shares:
    """Shares divided by their sum; ValueError when the sum is 0."""
    with localcontext(prec=DIGITS):
        values = [_decimal(share) for share in shares]
        total = sum(values, Decimal(0))
        if not total:
            raise ValueError("权重不能全部为 0")
        return tuple(value / total for value in values)


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def direct(importances: Sequence[Number], place: Place) -> tuple[Shares | None, Findings]:
    """直接赋权: the importances that experts give, divided by their sum; equal importances give equal weights."""
    if not importances or min(importances) < 0 or not any(importances):
        return None, (MATRIX_REFUSED.at(place, "重要性有负数、全部为 0 或没有填写", "不小于 0 且不全为 0 的数"),)
    return normalised(importances), ()


class AhpMethod(Enum):
    """层次分析法求权方法."""

    EIGENVECTOR = "特征向量法"
    GEOMETRIC = "几何平均法"


@record
class Ahp:
    """层次分析法: shares, λmax, CI = (λmax − n) ÷ (n − 1) and CR = CI ÷ RI (0 where RI is 0)."""

    shares: Shares
    largest: Decimal
    index: Decimal
    ratio: Decimal

    @property
    def consistent(self) -> bool:
        return self.ratio < ACCEPTED_CR


Matrix = Sequence[Sequence[Fraction]]


def ahp(matrix: Matrix, method: AhpMethod, place: Place) -> tuple[Ahp | None, Findings]:
    """The weights of a pairwise comparison matrix (aᵢⱼ × aⱼᵢ = 1, up to 15 elements).

    The principal eigenvector by power iteration until no share moves by ``SETTLED``, or the row geometric means. An
    inconsistent matrix (CR ≥ 0.10) gives its result with an error, since its weights must not be used.
    """
    findings = _matrix_faults(matrix, place)
    if findings:
        return None, findings
    with localcontext(prec=DIGITS):
        rows = [[_decimal(value) for value in row] for row in matrix]
        shares = _eigenvector(rows) if method is AhpMethod.EIGENVECTOR else _geometric(rows)
        order = len(rows)
        products = _product(rows, shares)
        largest = sum((product / share for product, share in zip(products, shares, strict=True)), Decimal(0)) / order
        index = (largest - order) / (order - 1) if order > 1 else Decimal(0)
        random = RANDOM_INDEX[order - 1]
        result = Ahp(shares, largest, index, index / random if random else Decimal(0))
    if result.consistent:
        return result, ()
    return result, (INCONSISTENT.at(place, f"CR = {result.ratio:.4f}", f"小于{ACCEPTED_CR}"),)


def _matrix_faults(matrix: Matrix, place: Place) -> Findings:
    order = len(matrix)
    if not 1 <= order <= len(RANDOM_INDEX) or any(len(row) != order for row in matrix):
        return (MATRIX_REFUSED.at(place, f"判断矩阵有{order}行，或行列数不等", f"1～{len(RANDOM_INDEX)}阶方阵"),)
    return tuple(
        MATRIX_REFUSED.at(
            place,
            f"第{row + 1}行第{column + 1}列为{matrix[row][column]}，第{column + 1}行第{row + 1}列为{matrix[column][row]}",
            "大于 0 且互为倒数，对角线为 1",
        )
        for row in range(order)
        for column in range(row, order)
        if matrix[row][column] <= 0 or matrix[row][column] * matrix[column][row] != 1
    )


def _product(rows: Sequence[Sequence[Decimal]], vector: Shares) -> Shares:
    return tuple(sum((a * v for a, v in zip(row, vector, strict=True)), Decimal(0)) for row in rows)


def _eigenvector(rows: Sequence[Sequence[Decimal]]) -> Shares:
    shares = normalised([1] * len(rows))
    for _ in range(ITERATIONS):
        following = normalised(_product(rows, shares))
        moved = max(abs(new - old) for new, old in zip(following, shares, strict=True))
        shares = following
        if moved < SETTLED:
            break
    return shares


def _geometric(rows: Sequence[Sequence[Decimal]]) -> Shares:
    means = []
    for row in rows:
        logarithms = sum((value.ln() for value in row), Decimal(0))
        means.append((logarithms / len(row)).exp())
    return normalised(means)


class Direction(Enum):
    """指标方向: whether more is better."""

    FORWARD = "正向"
    INVERSE = "反向"


@record
class Entropy:
    """熵权法: shares, and the entropy eⱼ of each indicator (1: it tells units apart not at all, and weighs nothing)."""

    shares: Shares
    entropies: tuple[Decimal, ...]


def entropy(
    units: Sequence[Sequence[Number]], directions: Sequence[Direction], place: Place
) -> tuple[Entropy | None, Findings]:
    """Weights from how much indicators differ between units: one row per unit, one column per indicator.

    Columns are scaled to 0…1 by their range (inverse ones flipped), pᵢⱼ = zᵢⱼ ÷ Σzᵢⱼ, eⱼ = −Σ pᵢⱼ ln pᵢⱼ ÷ ln m with
    0 ln 0 = 0; a constant column weighs 0. Needs two units and one column that is not constant.
    """
    if len(units) < 2 or not directions or any(len(unit) != len(directions) for unit in units):  # noqa: PLR2004  two
        return None, (MATRIX_REFUSED.at(place, f"有{len(units)}个单位，或各行指标数不等", "两个以上单位，指标数一致"),)
    with localcontext(prec=DIGITS):
        columns = [[_decimal(unit[index]) for unit in units] for index in range(len(directions))]
        entropies = tuple(_entropy(column, way) for column, way in zip(columns, directions, strict=True))
        spread = [1 - each for each in entropies]
        if not any(spread):
            return None, (MATRIX_REFUSED.at(place, "各单位的每项指标都相同，区分不出轻重", "至少一项指标有差异"),)
        return Entropy(normalised(spread), entropies), ()


def _entropy(column: Sequence[Decimal], direction: Direction) -> Decimal:
    low, high = min(column), max(column)
    if low == high:
        return Decimal(1)
    scaled = [value - low if direction is Direction.FORWARD else high - value for value in column]
    parts = [part for part in normalised(scaled) if part]
    return -sum((part * part.ln() for part in parts), Decimal(0)) / Decimal(len(column)).ln()


class Combination(Enum):
    """组合赋权方法."""

    GEOMETRIC = "几何平均"
    CONVEX = "线性加权"


def combined(
    one: Sequence[Number], other: Sequence[Number], combination: Combination, part: Fraction = Fraction(1, 2)
) -> Shares:
    """Two sets of shares in one: ∝ √(a × b), or ``part`` × a + (1 − part) × b. ValueError for sets of different size."""
    with localcontext(prec=DIGITS):
        pairs = list(zip(normalised(one), normalised(other), strict=True))
        if combination is Combination.GEOMETRIC:
            return normalised([(a * b).sqrt() for a, b in pairs])
        weight = _decimal(part)
        return normalised([weight * a + (1 - weight) * b for a, b in pairs])
