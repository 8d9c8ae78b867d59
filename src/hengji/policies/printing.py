"""Nodes to text in the policy language, so that ``parse(show(node))`` gives the node again."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from hengji.model.figure import chinese_date
from hengji.model.money import FEN_PER_YUAN, Rounding, round_to
from hengji.model.table import ColumnType, Value
from hengji.policies.grammar import AND, COMPARE, LOOSEST, NOT, OR, PRODUCT, SIGN, SUM
from hengji.policies.kinds import MONEY, RATE
from hengji.policies.lexer import WORDS
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Between,
    Compare,
    Connective,
    Field,
    FigureRef,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Lookup,
    Named,
    Negate,
    Node,
    Not,
    Operator,
    Outer,
    Parameter,
    PartOf,
    Pick,
    Round,
    Shift,
    WholeDivide,
    Within,
)

_TIGHTEST = SIGN + 1
_PLAIN = re.compile(r"[^\W\d]\w*(?:[.@]\w+)*")
_EXACT_DECIMALS = 6


def show(node: Node, main: str = "") -> str:
    """The text of a node; columns of the table ``main`` stand without the table's name."""
    return _Printer(main).text(node, LOOSEST)


def show_value(value: Value, kind: ColumnType) -> str:
    """A value as a reader sees it: 12,640.00元, 0.85, 是, 2021年7月12日; a missing one as 未填写."""
    match value:
        case None:
            return "未填写"
        case bool():
            return "是" if value else "否"
        case date():
            return chinese_date(value)
        case str():
            return f"“{value}”"
    if kind is MONEY:
        return f"{round_to(Fraction(value, FEN_PER_YUAN), 2):,}元"
    if isinstance(value, int):
        return str(int(value))
    exact = Fraction(value)
    shown = round_to(exact, _EXACT_DECIMALS)
    digits = f"{shown:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if Fraction(shown) == exact else f"{digits}（约）"


def show_name(text: str) -> str:
    """A name as it has to be written: in 「」 where it would not be read as one."""
    if _PLAIN.fullmatch(text) and text not in WORDS:
        return text
    return f"「{text}」"


def show_literal(value: Value, kind: ColumnType) -> str:
    """A literal as it has to be written; exact."""
    match value:
        case None:
            return "空"
        case bool():
            return "真" if value else "假"
        case date():
            return chinese_date(value) if value.year >= 1000 else value.isoformat()  # noqa: PLR2004 years have four digits
        case str():
            return f"“{value}”"
    if kind is MONEY:
        return f"{_decimal(Fraction(value, FEN_PER_YUAN))}元"
    if kind is RATE:
        percent = Fraction(value) * 100
        return f"{_decimal(percent)}%"
    return str(value)


def _decimal(value: Fraction) -> str:
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return f"{round_to(value, places):f}"


class _Printer:
    def __init__(self, main: str) -> None:
        self.main = main

    def text(self, node: Node, least: int) -> str:
        """The text, in brackets when it binds less tightly than ``least``."""
        text, binding = self.parts(node)
        return f"（{text}）" if binding < least else text

    def all(self, nodes: tuple[Node, ...]) -> str:
        return ", ".join(self.text(node, LOOSEST) for node in nodes)

    def parts(self, node: Node) -> tuple[str, int]:
        match node:
            case Literal():
                text = show_literal(node.value, node.kind)
                return text, SIGN if text.startswith("-") else _TIGHTEST
            case Negate():
                return f"-{self.text(node.of, _TIGHTEST)}", SIGN
            case Arithmetic():
                binding = SUM if node.operator in {Operator.ADD, Operator.SUBTRACT} else PRODUCT
                return self.infix(node.left, node.operator.value, node.right, binding)
            case Compare():
                left, right = self.text(node.left, COMPARE + 1), self.text(node.right, COMPARE + 1)
                return f"{left} {node.comparison.value} {right}", COMPARE
            case Within():
                return f"{self.text(node.of, COMPARE + 1)} 属于 ({self.all(node.options)})", COMPARE
            case Logic():
                binding = AND if node.connective is Connective.AND else OR
                return self.infix(node.left, node.connective.value, node.right, binding)
            case Not():
                return f"非 {self.text(node.of, NOT)}", NOT
            case If():
                test, then = self.text(node.test, OR), self.text(node.then, OR)
                return f"若 {test} 则 {then} 否则 {self.text(node.otherwise, LOOSEST)}", LOOSEST
            case _:
                return self.call(node) or self.named(node), _TIGHTEST

    def infix(self, left: Node, sign: str, right: Node, binding: int) -> tuple[str, int]:
        return f"{self.text(left, binding)} {sign} {self.text(right, binding + 1)}", binding

    def named(self, node: Node) -> str:
        match node:
            case Field():
                return show_name(node.name if node.table == self.main else f"{node.table}.{node.name}")
            case Outer():
                return show_name(f"本行.{node.of.name}")
            case Joined():
                return show_name(f"{node.field.table}.{node.field.name}")
            case Named() | Parameter():
                return show_name(node.name)
            case FigureRef():
                return show_name(node.id)
            case _:
                raise AssertionError(node)

    def call(self, node: Node) -> str:
        match node:
            case Pick():
                return f"{node.extreme.value}({self.all(node.of)})"
            case WholeDivide():
                return f"整除({self.all((node.left, node.right))})"
            case IsMissing():
                return f"缺({self.text(node.of, LOOSEST)})"
            case Between():
                return f"{node.span.value}({self.all((node.start, node.end))})"
            case Shift():
                return f"{node.step.value}({self.all((node.day, node.count))})"
            case PartOf():
                return f"{node.part.value}({self.text(node.day, LOOSEST)})"
            case Round():
                manner = "" if node.rounding is Rounding.HALF_UP else f", 方式={node.rounding.value}"
                return f"取整({self.text(node.of, LOOSEST)}, 到={self.text(node.unit, LOOSEST)}{manner})"
            case Lookup():
                keys = "".join(f", {self.text(key, LOOSEST)}" for key in node.keys)
                return f"查({show_name(node.table)}{keys})"
            case Aggregate():
                return self.aggregate(node)
            case _:
                return ""

    def aggregate(self, node: Aggregate) -> str:
        parts = [] if node.of is None else [self.text(node.of, LOOSEST)]
        if node.table != self.main:
            parts = parts or [show_name(node.table)]
        if node.by:
            parts.append(f"按=({', '.join(show_name(each.name) for each in node.by)})")
        if node.when is not None:
            parts.append(f"当={self.text(node.when, LOOSEST)}")
        return f"{node.gathering.value}({', '.join(parts)})"
