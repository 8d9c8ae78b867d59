"""A figure prints the same everywhere: half-up, with its unit in a sentence and without it in a cell."""

from datetime import date
from fractions import Fraction

import pytest

from hengji.model.figure import Figure, FigureKind, display, plain, scaled
from hengji.model.money import Money


def money(yuan: str) -> Figure:
    return Figure("资金.到位", "到位资金", FigureKind.MONEY, Fraction(Money.yuan(yuan)))


@pytest.mark.parametrize(
    ("figure", "unit", "expected"),
    [
        (money("2512800"), "", "251.28万元"),
        (money("1460710"), "元", "1,460,710.00元"),
        (money("-67100"), "", "-6.71万元"),
        (Figure("率", "执行率", FigureKind.RATE, Fraction(21461, 25128)), "", "85.41%"),
        (Figure("人", "人数", FigureKind.COUNT, Fraction(1075), "人次"), "", "1,075人次"),
        (Figure("分", "得分", FigureKind.SCORE, Fraction(3497, 40)), "", "87.43分"),
        (Figure("天", "用时", FigureKind.DAYS, Fraction(19)), "", "19天"),
        (Figure("日", "届满日", FigureKind.DATE, date(2021, 7, 26)), "", "2021年7月26日"),
        (Figure("字", "等级", FigureKind.TEXT, "良"), "", "良"),
        (Figure("无", "缺", FigureKind.MONEY, None), "", "—"),
        (Figure("价", "标准", FigureKind.MONEY, Fraction(15000), "元", 0), "", "150元"),
    ],
)
def test_display(figure: Figure, unit: str, expected: str) -> None:
    assert display(figure, unit) == expected


def test_a_cell_leaves_the_unit_to_the_header() -> None:
    assert plain(money("2512800"), "万元") == "251.28"


def test_the_unrounded_value_is_kept() -> None:
    assert scaled(money("1460710"), "万元") == Fraction("146.071")
