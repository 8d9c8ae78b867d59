"""Figures by what people call them, or by the number they have before them."""

from fractions import Fraction

import pytest

from hengji.model.figure import Figure, FigureKind, Figures
from hengji.work.find_figure import matching

FIGURES: Figures = {
    "资金.预算执行率": Figure("资金.预算执行率", "预算执行率", FigureKind.RATE, Fraction(8541, 10000)),
    "奖补.甲院.发放": Figure("奖补.甲院.发放", "甲院的奖补金额", FigureKind.MONEY, Fraction(1264000)),
    "甲院.床位": Figure("甲院.床位", "甲院床位", FigureKind.COUNT, Fraction(12640), "张"),
    "日期": Figure("日期", "下达日期", FigureKind.TEXT, "12640"),
}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("12640", ("甲院.床位", "奖补.甲院.发放")),
        ("12,640.00元", ("奖补.甲院.发放",)),
        ("1.26 万元", ("奖补.甲院.发放",)),
        ("1.26", ("奖补.甲院.发放",)),
        ("85.41%", ("资金.预算执行率",)),
        ("12640张", ("甲院.床位",)),
        ("甲院", ("甲院.床位", "奖补.甲院.发放")),
        ("777", ()),
    ],
)
def test_a_figure_is_found_by_the_number_that_is_printed(text: str, near: tuple[str, ...]) -> None:
    found = matching(FIGURES, text)
    assert (found.exact, found.near) == ((), near)


def test_a_name_comes_before_all_else() -> None:
    assert matching(FIGURES, "执行率").exact == ("资金.预算执行率",)
