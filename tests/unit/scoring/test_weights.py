"""Weights: direct, AHP, entropy, Delphi and combined, against values found another way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from hengji.model.finding import Place, Severity
from hengji.scoring.delphi import Centre, agreement, chance, delphi
from hengji.scoring.weights import (
    RANDOM_INDEX,
    AhpMethod,
    Combination,
    Direction,
    ahp,
    combined,
    direct,
    entropy,
    normalised,
    published,
)

D = Decimal
HERE = Place("indicators.yaml", item="权重")
TINY = D("1e-30")


def matrix(*rows: str) -> list[list[Fraction]]:
    """A comparison matrix from its rows: "1 3 5"."""
    return [[Fraction(value) for value in row.split()] for row in rows]


SAATY = matrix("1 3 5", "1/3 1 3", "1/5 1/3 1")


def test_largest_remainders_make_the_whole() -> None:
    assert published([1, 1, 1]) == (D(34), D(33), D(33))
    assert published([Fraction(1, 7)] * 7, places=2) == (D("14.29"),) * 4 + (D("14.28"),) * 3
    assert published([D("0.666"), D("0.334")], whole=D(60)) == (D(40), D(20))
    assert published([0, 1]) == (D(0), D(100))


@pytest.mark.parametrize("shares", [[0, 0], [-1, 2]])
def test_no_weights_come_of_nothing(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="权重"):
        published(shares)


def test_direct_assignment_divides_by_the_sum() -> None:
    shares, findings = direct([5, 3, 2], HERE)
    assert (shares, findings) == ((D("0.5"), D("0.3"), D("0.2")), ())


@pytest.mark.parametrize("importances", [[], [0, 0], [3, -1]])
def test_direct_assignment_of_nothing_is_a_finding(importances: list[int]) -> None:
    shares, (finding,) = direct(importances, HERE)
    assert shares is None
    assert (finding.code, finding.severity) == ("R401", Severity.ERROR)


def test_ahp_of_three_elements_meets_its_closed_form() -> None:
    # for order 3: λmax = 1 + ∛c + 1/∛c with c = a13 ÷ (a12 × a23), and both methods agree
    result, findings = ahp(SAATY, AhpMethod.EIGENVECTOR, HERE)
    other, _ = ahp(SAATY, AhpMethod.GEOMETRIC, HERE)
    assert result is not None
    assert other is not None
    assert findings == ()
    root = (D(5) / D(9)) ** (D(1) / D(3))
    assert abs(result.largest - (1 + root + 1 / root)) < D("1e-25")
    assert max(abs(a - b) for a, b in zip(result.shares, other.shares, strict=True)) < TINY
    assert [round(share, 3) for share in result.shares] == [D("0.637"), D("0.258"), D("0.105")]
    assert round(result.ratio, 3) == D("0.033")
    assert published(result.shares) == (D(64), D(26), D(10))


def test_ahp_of_a_consistent_matrix_gives_its_weights_back() -> None:
    wanted = [Fraction(4, 10), Fraction(3, 10), Fraction(2, 10), Fraction(1, 10)]
    consistent = [[one / other for other in wanted] for one in wanted]
    for method in AhpMethod:
        result, findings = ahp(consistent, method, HERE)
        assert result is not None
        assert findings == ()
        assert max(abs(Fraction(got) - want) for got, want in zip(result.shares, wanted, strict=True)) < Fraction(TINY)
        assert abs(result.ratio) < TINY


def test_ahp_of_order_four_is_an_eigenvector() -> None:
    rows = matrix("1 2 4 3", "1/2 1 3 2", "1/4 1/3 1 1/2", "1/3 1/2 2 1")
    result, _ = ahp(rows, AhpMethod.EIGENVECTOR, HERE)
    assert result is not None
    for row, share in zip(rows, result.shares, strict=True):
        product = sum(Fraction(a) * Fraction(b) for a, b in zip(row, result.shares, strict=True))
        assert abs(product - Fraction(result.largest * share)) < Fraction(1, 10**25)
    assert result.index == (result.largest - 4) / 3 or abs(result.index - (result.largest - 4) / 3) < D("1e-25")
    assert result.consistent


def test_an_inconsistent_matrix_is_an_error_with_its_ratio() -> None:
    result, (finding,) = ahp(matrix("1 9 1/9", "1/9 1 9", "9 1/9 1"), AhpMethod.EIGENVECTOR, HERE)
    assert result is not None
    assert not result.consistent
    assert (finding.code, finding.expected) == ("R402", "小于0.10")


@pytest.mark.parametrize("order", [1, 2])
def test_small_matrices_are_always_consistent(order: int) -> None:
    result, findings = ahp([[Fraction(1)] * order] * order, AhpMethod.EIGENVECTOR, HERE)
    assert result is not None
    assert (sum(result.shares), result.ratio, findings) == (1, 0, ())


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (matrix("1 3", "1/2 1"), "第1行第2列为3，第2行第1列为1/2"),
        (matrix("2 1", "1 1"), "第1行第1列为2"),
        (matrix("1 -1", "-1 1"), "第1行第2列为-1"),
        (matrix("1 2"), "行列数不等"),
        ([], "有0行"),
    ],
)
def test_a_matrix_that_is_not_reciprocal_is_refused(rows: list[list[Fraction]], told: str) -> None:
    result, findings = ahp(rows, AhpMethod.GEOMETRIC, HERE)
    assert result is None
    assert told in findings[0].found


def test_random_indices_cover_fifteen_orders() -> None:
    assert RANDOM_INDEX[:9] == tuple(map(D, ["0", "0", "0.58", "0.90", "1.12", "1.24", "1.32", "1.41", "1.45"]))
    assert len(RANDOM_INDEX) == 15


def test_entropy_weighs_what_differs() -> None:
    # (0, 1, 1) has entropy ln 2 ÷ ln 3, (0, 0, 1) has 0, a constant column has 1
    result, findings = entropy(
        [[0, 5, 7], [1, 5, 7], [1, 1, 7]], [Direction.FORWARD, Direction.INVERSE, Direction.FORWARD], HERE
    )
    assert result is not None
    assert findings == ()
    known = D(2).ln() / D(3).ln()
    assert abs(result.entropies[0] - known) < D("1e-25")
    assert result.entropies[1:] == (D(0), D(1))
    assert abs(result.shares[0] - (1 - known) / (2 - known)) < D("1e-25")
    assert result.shares[2] == 0
    assert sum(published(result.shares, places=2)) == 100


@pytest.mark.parametrize("units", [[[1, 2]], [[1, 2], [1, 2]], [[1, 2], [1]]])
def test_entropy_needs_units_that_differ(units: list[list[int]]) -> None:
    result, (finding,) = entropy(units, [Direction.FORWARD, Direction.FORWARD], HERE)
    assert result is None
    assert finding.code == "R401"


def test_combined_weights() -> None:
    one, other = [D("0.64"), D("0.36")], [D("0.36"), D("0.64")]
    assert combined(one, other, Combination.GEOMETRIC) == (D("0.5"), D("0.5"))
    assert combined(one, other, Combination.CONVEX, Fraction(3, 4)) == (D("0.57"), D("0.43"))


def test_normalising_nothing_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="权重"):
        normalised([0])


OPINIONS = [
    [D(each) for each in ["1", "6", "3", "2", "5", "4"]],
    [D(each) for each in ["1", "5", "6", "2", "4", "3"]],
    [D(each) for each in ["6", "3", "2", "5", "4", "1"]],
]


def test_kendalls_w_by_hand() -> None:
    # rank sums 8 14 11 9 13 8 about 10.5: S = 33.5, W = 12 × 33.5 ÷ (9 × 210)
    measured = agreement(OPINIONS)
    assert abs(measured.concordance - D(402) / D(1890)) < D("1e-25")
    assert abs(measured.chi_square - 15 * D(402) / D(1890)) < D("1e-25")
    assert not measured.reached


def test_ties_share_their_ranks() -> None:
    # both rank 1.5 1.5 3: S = 6, ties 6 each, W = 72 ÷ (4 × 24 − 2 × 12) = 1
    assert agreement([[D(2), D(2), D(5)], [D(1), D(1), D(9)]]).concordance == 1
    assert agreement([[D(2), D(2)], [D(1), D(1)]]).concordance == 0


@pytest.mark.parametrize(
    ("chi_square", "freedom", "probability"),
    [
        ("3.841459", 1, "0.05"),
        ("5.991465", 2, "0.05"),
        ("11.070498", 5, "0.05"),
        ("18.307038", 10, "0.05"),
        ("15.086272", 5, "0.01"),
    ],
)
def test_chance_meets_the_printed_tables(chi_square: str, freedom: int, probability: str) -> None:
    assert round(chance(D(chi_square), freedom), 6) == D(probability)


def test_chance_at_the_ends() -> None:
    assert chance(D(0), 4) == 1
    assert abs(chance(D(200), 2) - D(-100).exp()) < D("1e-55")


def test_delphi_takes_the_last_round() -> None:
    first = [[D(9), D(1)], [D(1), D(9)], [D(5), D(5)]]
    last = [[D(6), D(4)], [D(6), D(4)], [D(9), D(4)]]
    result, findings = delphi([first, last], Centre.MEDIAN, HERE, authorities=[D("0.8"), D("0.9"), D("0.7")])
    assert result is not None
    assert findings == ()
    assert result.shares == (D("0.6"), D("0.4"))
    assert result.authority == D("0.8")
    assert [each.reached for each in result.rounds] == [False, True]
    mean, _ = delphi([last], Centre.MEAN, HERE)
    assert mean is not None
    assert mean.authority is None
    assert published(mean.shares) == (D(64), D(36))


def test_delphi_without_agreement_warns() -> None:
    result, (finding,) = delphi([OPINIONS], Centre.MEAN, HERE)
    assert result is not None
    assert (finding.code, finding.severity) == ("R403", Severity.WARNING)
    assert "协调系数0.213" in finding.found


@pytest.mark.parametrize(
    "rounds",
    [
        [],
        [[[D(1), D(2)]]],
        [[[D(1)], [D(2)]]],
        [[[D(1), D(2)], [D(1)]]],
        [[[D(1), D(-2)], [D(1), D(2)]]],
        [[[D(0), D(0)], [D(0), D(0)]]],
    ],
)
def test_delphi_needs_two_experts_and_two_indicators(rounds: list[list[list[Decimal]]]) -> None:
    result, findings = delphi(rounds, Centre.MEAN, HERE)
    assert result is None
    assert findings[0].code == "R401"
