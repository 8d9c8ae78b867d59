"""A figure is a node, not a number: exact value, unit, formula in words, and what it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from hengji.model.money import FEN_PER_WAN, FEN_PER_YUAN, round_to
from hengji.model.record import record


class FigureKind(Enum):
    """数值种类: the exact value of 金额 is in fen, of 比率 a plain ratio (0.8541 for 85.41 %)."""

    MONEY = "金额"
    RATE = "比率"
    COUNT = "数量"
    SCORE = "分值"
    DAYS = "天数"
    DATE = "日期"
    TEXT = "文字"


class SourceKind(Enum):
    """来源种类: what a figure finally rests on."""

    LEDGER = "台账"
    ROW = "数据行"
    SURVEY = "问卷计数"
    CLAUSE = "政策条款"
    PARAMETER = "政策参数"
    STANDARD = "评分标准"
    JUDGEMENT = "评判"
    EVIDENCE = "佐证"
    PUBLISHED = "已公布"
    CALENDAR = "工作日历"
    PROFILE = "评价规范"


@record
class Source:
    """来源: a leaf of a trace. ``text`` says in words what stands there."""

    kind: SourceKind
    text: str
    file: str = ""
    line: int | None = None
    reference: str = ""


@record
class Figure:
    """数值: ``value`` is exact (None: cannot be had, and a finding says why); ``unit`` and ``places`` are for printing.

    ``inputs`` are ids of the figures it is computed from, ``sources`` what it takes from outside.
    """

    id: str
    label: str
    kind: FigureKind
    value: Fraction | date | str | None
    unit: str = ""
    places: int | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


Figures = Mapping[str, Figure]

MISSING = "—"
_SCALES = {
    "元": Fraction(1, FEN_PER_YUAN),
    "万元": Fraction(1, FEN_PER_WAN),
    "亿元": Fraction(1, FEN_PER_WAN * 10_000),
    "%": Fraction(100),
    "‰": Fraction(1000),
}
_UNITS = {
    FigureKind.MONEY: "万元",
    FigureKind.RATE: "%",
    FigureKind.SCORE: "分",
    FigureKind.DAYS: "天",
}


def unit_of(figure: Figure, unit: str = "") -> str:
    """The unit it is printed in: the one asked for, its own, or the usual one of its kind."""
    return unit or figure.unit or _UNITS.get(figure.kind, "")


def scaled(figure: Figure, unit: str = "") -> Fraction | None:
    """The exact number in the unit in which it is printed; None when it is missing or is not a number."""
    if not isinstance(figure.value, Fraction):
        return None
    scale = _SCALES.get(unit_of(figure, unit))
    return figure.value if scale is None else figure.value * scale


def number(figure: Figure, unit: str = "") -> Decimal | None:
    """The printed number without its unit, rounded half-up; None when it is missing or is not a number."""
    exact = scaled(figure, unit)
    return None if exact is None else round_to(exact, _places(figure, unit_of(figure, unit), exact))


def _places(figure: Figure, unit: str, exact: Fraction) -> int:
    own = unit_of(figure)
    if figure.places is not None and unit == own:
        return figure.places
    if figure.kind in (FigureKind.MONEY, FigureKind.RATE, FigureKind.SCORE):
        return 2
    return 0 if exact.denominator == 1 else 2


def plain(figure: Figure, unit: str = "") -> str:
    """The number alone, as it stands in a table cell whose header has the unit: 1,460,710.00."""
    printed = number(figure, unit)
    if printed is not None:
        return f"{printed:,}"
    if isinstance(figure.value, date):
        return chinese_date(figure.value)
    return figure.value if isinstance(figure.value, str) else MISSING


def display(figure: Figure, unit: str = "") -> str:
    """The number with its unit, as it stands in a sentence: 251.28万元, 85.41%, 2021年7月12日."""
    shown = unit_of(figure, unit) if isinstance(figure.value, Fraction) else ""
    return plain(figure, unit) + shown


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
