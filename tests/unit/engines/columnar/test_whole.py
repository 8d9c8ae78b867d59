"""Whole numbers in SQL: the roundings of the house, and bounds that hold."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.sql import Sql
from hengji.engines.columnar.whole import RefusedError, Whole, Wholes
from hengji.model.money import LARGEST, Rounding, divide

WHOLES = Wholes(DUCKDB)
NUMBERS = st.integers(-(10**36), 10**36) | st.integers(-1000, 1000) | st.sampled_from([0, LARGEST, -LARGEST])
BOTTOMS = st.integers(1, 10**36) | st.integers(1, 9) | st.just(10**6)


def asked(whole: Whole, **columns: int) -> object:
    given_columns = ", ".join(
        f"CAST({value} AS {'BIGINT' if abs(value) < 2**63 else 'HUGEINT'}) AS {name}" for name, value in columns.items()
    )
    row = duckdb.execute(f"SELECT {whole.sql.text} FROM (SELECT {given_columns})").fetchone()
    assert row is not None
    return row[0]


def column(name: str, value: int) -> Whole:
    return Whole(Sql(name, frozenset({name}), plain=True), value, value)


@given(NUMBERS, BOTTOMS, st.sampled_from(Rounding))
def test_division_rounds_as_the_reference_does(top: int, bottom: int, rounding: Rounding) -> None:
    exact = divide(top, bottom, rounding)
    quotient = WHOLES.divide(column("a", top), column("b", bottom), rounding)
    assert asked(quotient, a=top, b=bottom) == exact
    assert quotient.low <= exact <= quotient.high
    constant = WHOLES.divide(WHOLES.literal(top), WHOLES.literal(bottom), rounding)
    assert constant.low == constant.high == exact


@given(st.integers(-(10**18), 10**18), st.integers(-(10**18), 10**18))
def test_products_and_sums_stay_within_their_bounds(one: int, other: int) -> None:
    a, b = column("a", one), column("b", other)
    for made, exact in (
        (WHOLES.multiply(a, b), one * other),
        (WHOLES.add(a, b), one + other),
        (WHOLES.subtract(a, b), one - other),
        (WHOLES.negate(a), -one),
        (WHOLES.distance(a), abs(one)),
    ):
        assert asked(made, a=one, b=other) == exact
        assert made.low <= exact <= made.high


def test_what_could_pass_128_bits_is_refused() -> None:
    with pytest.raises(RefusedError, match="不能保证不溢出"):
        WHOLES.multiply(column("a", DUCKDB.widest), column("b", 2))
