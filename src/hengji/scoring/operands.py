"""Operands: what a rubric compares, read exactly from text or from the figures.

A literal is a number ("36", "-3", "1,200") or a percentage ("95%"), full-width digits included; anything else is the
id of a figure. Only things of a kind are compared: a rate (a rate figure, or a literal with %) with rates, money with
money, numbers (counts, days, scores) with numbers. A bare number beside money is in the unit in which that money is
printed: "300" beside 294.33万元 means 300万元. A bare number beside a rate in % is refused: "1" could mean 100% or 1%.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction

from hengji.model.band import Operand
from hengji.model.figure import Figure, FigureKind, Figures, display, unit_of
from hengji.model.finding import Finding, Place
from hengji.model.money import FEN_PER_WAN, FEN_PER_YUAN, round_to
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.scoring.faults import FIGURE_MISSING, IMPOSSIBLE, KINDS_DIFFER, UNKNOWN_FIGURE

LITERAL = pattern(r"[+-]?\d+(\.\d+)?%?")
_SPOKEN = {"元": FEN_PER_YUAN, "万元": FEN_PER_WAN, "亿元": FEN_PER_WAN * 10_000, "倍": 1}


class Measure(Enum):
    """量: what may be compared with what."""

    MONEY = "金额"
    RATE = "比率"
    NUMBER = "数量"


_MEASURES = {
    FigureKind.MONEY: Measure.MONEY,
    FigureKind.RATE: Measure.RATE,
    FigureKind.COUNT: Measure.NUMBER,
    FigureKind.SCORE: Measure.NUMBER,
    FigureKind.DAYS: Measure.NUMBER,
}


@record
class Value:
    """取值: ``exact`` is in fen for money and plain for rates; ``shown`` with its unit, ``told`` with label and division."""

    exact: Fraction
    measure: Measure
    shown: str
    told: str
    unit: str = ""
    figure: str = ""


def literal(operand: Operand) -> Value | None:
    """The value of a literal operand; None when it is the id of a figure."""
    text = unicodedata.normalize("NFKC", operand).strip().replace(",", "").replace("−", "-")
    if not LITERAL.fullmatch(text):
        return None
    if text.endswith("%"):
        return Value(Fraction(Decimal(text[:-1])) / 100, Measure.RATE, text, text, "%")
    return Value(Fraction(Decimal(text)), Measure.NUMBER, text, text)


def read(operand: Operand, figures: Figures, place: Place) -> Value | Finding:
    """The value of one operand; a finding when the id is unknown or its figure has no number."""
    written = literal(operand)
    if written is not None:
        return written
    if not operand.strip():
        return IMPOSSIBLE.at(place, "评分标准中有一个数值没有填写", "数字、百分数或数值编号")
    figure = figures.get(operand)
    if figure is None:
        near = get_close_matches(operand, list(figures), n=3, cutoff=0.5)
        return UNKNOWN_FIGURE.at(place, f"没有编号为“{operand}”的数值", " 或 ".join(near))
    if figure.kind not in _MEASURES or (figure.value is not None and not isinstance(figure.value, Fraction)):
        return KINDS_DIFFER.at(place, f"“{operand}”是{figure.kind.value}，不是数", "金额、比率、数量、分值或天数")
    if figure.value is None:
        return FIGURE_MISSING.at(place, f"“{operand}”（{figure.label}）没有数值")
    return Value(
        figure.value, _MEASURES[figure.kind], display(figure), _told(figure, figures), unit_of(figure), operand
    )


def _told(figure: Figure, figures: Figures) -> str:
    """资金使用率 = 294.33万元 ÷ 295.43万元 = 99.63%: the division is shown when the figure is just that."""
    match [figures.get(name) for name in figure.inputs]:
        case [
            Figure(value=Fraction() as top) as part,
            Figure(value=Fraction() as bottom) as whole,
        ] if bottom and top / bottom == figure.value:
            return f"{figure.label} = {display(part)} ÷ {display(whole)} = {display(figure)}"
    return f"{figure.label}{display(figure)}"


def read_alike(
    operands: Iterable[Operand], figures: Figures, place: Place
) -> tuple[tuple[Value, ...], tuple[Finding, ...]]:
    """The values of operands that are compared with each other, with all that is wrong with them."""
    found = [read(operand, figures, place) for operand in operands]
    findings = tuple(each for each in found if isinstance(each, Finding))
    values = [each for each in found if isinstance(each, Value)]
    spoken = (value for value in values if value.measure is not Measure.NUMBER and value.unit in _SPOKEN)
    anchor = next(spoken, None)
    if anchor is not None:
        values = [_beside(anchor, value) for value in values]
    kinds = {value.measure: value for value in reversed(values)}
    if len(kinds) > 1:
        listed = "、".join(f"{value.figure or value.shown}（{kind.value}）" for kind, value in kinds.items())
        findings += (KINDS_DIFFER.at(place, f"{listed}不能放在一起比较"),)
    return tuple(values), findings


def _beside(anchor: Value, value: Value) -> Value:
    """A bare number beside money (or beside a rate printed in 倍), in the unit in which that is printed."""
    if value.measure is not Measure.NUMBER or value.figure:
        return value
    shown = value.shown + anchor.unit
    exact = value.exact * _SPOKEN[anchor.unit]
    return replace(value, exact=exact, measure=anchor.measure, shown=shown, told=shown, unit=anchor.unit)


def percent(rate: Fraction) -> str:
    """A rate printed in percent with two decimals, half-up: 0.97222 is 97.22%."""
    return f"{round_to(rate * 100, 2)}%"


def points(value: Fraction | Decimal) -> str:
    """Points printed with at most two decimals, half-up, without closing zeros: 3, 1.5, 7.78."""
    return f"{round_to(value, 2).normalize():f}"
