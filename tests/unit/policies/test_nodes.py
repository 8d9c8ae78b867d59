"""An ill-typed node cannot be built."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM, MONEY, RATE, TEXT, IllTypedError
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Connective,
    Field,
    Gathering,
    If,
    Literal,
    Logic,
    Lookup,
    Operator,
    Pick,
    Round,
    Shift,
    Span,
    Step,
    Within,
    walk,
)
from hengji.policies.nodes.arithmetic import Extreme, Negate, WholeDivide

YUAN = Literal(MONEY, 600_00)
HALF = Literal(RATE, Fraction(1, 2))
THREE = Literal(COUNT, 3)
ZERO = Literal(COUNT, 0)
TRUE = Literal(BOOL, True)  # noqa: FBT003 a value of the language
WORD = Literal(TEXT, "一星")
STAR = Field(ENUM, "表", "星级", ("一星", "二星"))
DAY = Field(DATE, "表", "日期")


@pytest.mark.parametrize(
    ("left", "operator", "right", "kind"),
    [
        (YUAN, Operator.ADD, YUAN, MONEY),
        (YUAN, Operator.SUBTRACT, ZERO, MONEY),
        (THREE, Operator.ADD, HALF, RATE),
        (THREE, Operator.MULTIPLY, THREE, COUNT),
        (YUAN, Operator.MULTIPLY, THREE, MONEY),
        (HALF, Operator.MULTIPLY, YUAN, MONEY),
        (YUAN, Operator.DIVIDE, YUAN, RATE),
        (YUAN, Operator.DIVIDE, THREE, MONEY),
        (THREE, Operator.DIVIDE, THREE, RATE),
    ],
)
def test_arithmetic_has_a_kind(left: Literal, operator: Operator, right: Literal, kind: object) -> None:
    assert Arithmetic(operator, left, right).kind is kind


@pytest.mark.parametrize(
    "build",
    [
        lambda: Arithmetic(Operator.ADD, YUAN, THREE),
        lambda: Arithmetic(Operator.MULTIPLY, YUAN, YUAN),
        lambda: Arithmetic(Operator.DIVIDE, THREE, YUAN),
        lambda: Arithmetic(Operator.ADD, DAY, THREE),
        lambda: Negate(DAY),
        lambda: WholeDivide(YUAN, THREE),
        lambda: Pick(Extreme.LEAST, (YUAN, THREE)),
        lambda: Pick(Extreme.LEAST, (WORD, WORD)),
        lambda: Round(YUAN, THREE),
        lambda: Round(HALF, YUAN),
        lambda: Round(THREE, ZERO),
        lambda: Compare(Comparison.EQUAL, YUAN, THREE),
        lambda: Compare(Comparison.LESS, WORD, WORD),
        lambda: Compare(Comparison.EQUAL, STAR, Literal(TEXT, "五星")),
        lambda: Within(STAR, ()),
        lambda: Within(STAR, (WORD, Literal(TEXT, "五星"))),
        lambda: Within(STAR, (THREE,)),
        lambda: Logic(Connective.AND, TRUE, THREE),
        lambda: If(THREE, YUAN, YUAN),
        lambda: If(TRUE, YUAN, HALF),
        lambda: Between(Span.DAYS, DAY, THREE),
        lambda: Shift(Step.MONTHS, DAY, HALF),
        lambda: Aggregate(Gathering.SUM, "表", WORD),
        lambda: Aggregate(Gathering.SUM, "表"),
        lambda: Aggregate(Gathering.COUNT, "表", THREE),
        lambda: Aggregate(Gathering.ANY, "表", THREE),
        lambda: Aggregate(Gathering.LATEST, "表", THREE),
        lambda: Aggregate(Gathering.COUNT, "表", when=THREE),
        lambda: Lookup(MONEY, "标准", (WORD,), (TEXT, TEXT)),
        lambda: Lookup(MONEY, "标准", (THREE,), (TEXT,)),
    ],
)
def test_ill_typed_nodes_are_refused_in_chinese(build: object) -> None:
    assert callable(build)
    with pytest.raises(IllTypedError) as refused:
        build()
    assert refused.value.found
    assert refused.value.expected


def test_a_tree_is_walked_in_reading_order() -> None:
    tree = If(Compare(Comparison.EQUAL, STAR, WORD), YUAN, Aggregate(Gathering.SUM, "表", YUAN, (STAR,), TRUE))
    assert [type(node).__name__ for node in tree.children] == ["Compare", "Literal", "Aggregate"]
    assert list(walk(tree))[1:4] == [tree.test, STAR, WORD]
