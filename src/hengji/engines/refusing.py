"""What speaks against a condition, in sentences that need no knowledge of the policy language: what stands there, what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from hengji.engines.interpreter import Interpreter
from hengji.engines.tracing import looked_at, tried
from hengji.model.finding import one_of
from hengji.model.table import Value
from hengji.policies.kinds import BOOL, DATE
from hengji.policies.nodes import (
    Aggregate,
    Between,
    Compare,
    Comparison,
    Connective,
    Field,
    Gathering,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Named,
    Node,
    Not,
    Parameter,
    Within,
)
from hengji.policies.policy import Policy
from hengji.policies.printing import show, show_value

_PERCENT = "%"
_READ = Field | Joined | Named | Aggregate
_WANTED: Mapping[Comparison, tuple[str, str]] = MappingProxyType(
    {
        Comparison.EQUAL: ("应为", "应为"),
        Comparison.UNEQUAL: ("不能是", "不能是"),
        Comparison.LESS: ("应低于", "应早于"),
        Comparison.AT_MOST: ("不能超过", "不能晚于"),
        Comparison.MORE: ("应高于", "应晚于"),
        Comparison.AT_LEAST: ("不能低于", "不能早于"),
    }
)
"""What is wanted of a quantity, and of a day."""


class Objections:
    """Says it for rows of the policy's main table."""

    def __init__(self, policy: Policy, interpreter: Interpreter) -> None:
        self.policy = policy
        self.main = policy.rows
        self.interpreter = interpreter

    def against(self, node: Node, row: int) -> Iterator[str]:
        """Why ``node`` does not hold for ``row``: the parts that decide it."""
        match node:
            case Logic(connective=connective):
                parts = [part for part in looked_at(node, self.interpreter, row) if self._value(part, row) is False]
                telling = [part for part in parts if not self._only_filled_in(part, row)]
                for part in (telling or parts) if connective is Connective.OR else parts:
                    yield from self.against(part, row)
            case If():
                branch = node.then if self._value(node.test, row) else node.otherwise
                if isinstance(branch, Literal):
                    yield from (self._stated(leaf, row) for leaf in self._leaves(node.test, row))
                else:
                    yield from self.against(branch, row)
            case Compare():
                yield self._compared(node, row)
            case Within():
                options = one_of(_bare(show_value(self._value(each, row), each.kind)) for each in node.options)
                yield f"{self._stated(node.of, row)}，应为{options}"
            case IsMissing():
                yield f"{self.name(node.of)}已经填写"
            case Not(of=IsMissing(of=of)):
                yield f"{self.name(of)}没有填写"
            case _ if isinstance(node, _READ):
                yield self._stated(node, row)
            case _:
                yield from (self._stated(leaf, row) for leaf in self._leaves(node, row))

    def _only_filled_in(self, node: Node, row: int) -> bool:
        """Whether it fails because a column is filled in, which is an exception that is not made and no reproach."""
        if isinstance(node, Logic) and node.connective is Connective.AND and self._value(node.left, row) is False:
            return self._only_filled_in(node.left, row)
        return isinstance(node, IsMissing)

    def name(self, node: Node) -> str:
        """What an expression is called: “天数”, 「机构信息」的“星级”, 同一“人员编号”的行数."""
        match node:
            case Field() if node.table == self.main:
                return f"“{node.name}”"
            case Field():
                return f"「{node.table}」的“{node.name}”"
            case Joined():
                return f"「{node.field.table}」的“{node.field.name}”"
            case Named() | Parameter():
                return f"“{node.name}”"
            case Aggregate():
                return self._gathered(node)
            case Between():
                return f"从{self.name(node.start)}到{self.name(node.end)}的{node.span.value}"
            case _:
                return show(node, self.main)

    def _gathered(self, node: Aggregate) -> str:
        keys = "、".join(f"“{each.name}”" for each in node.by)
        where = "" if node.table == self.main else f"「{node.table}」中"
        group = f"{where}同一{keys}" if keys else f"{where or '本表'}全部各行"
        what = "行" if node.of is None else self.name(node.of)
        only = "" if node.when is None else f"（只计 {show(node.when, self.main)} 的行）"
        said = "数" if node.gathering is Gathering.COUNT else node.gathering.value
        return f"{group}的{what}{said}{only}"

    def _stated(self, node: Node, row: int) -> str:
        value = self._value(node, row)
        name = self.name(node)
        if value is None:
            return f"{name}没有填写"
        shown = self._shown(node, row)
        if isinstance(node, Field | Joined):
            return f"{name}填的是{f'“{shown}”' if node.kind is BOOL else shown}"
        if isinstance(node, Between):
            return f"{name}是{shown}（{self._stated(node.start, row)}，{self._stated(node.end, row)}）"
        return f"{name}为{f'“{shown}”' if node.kind is BOOL else shown}"

    def _compared(self, node: Compare, row: int) -> str:
        wanted = _WANTED[node.comparison][node.left.kind is DATE]
        value = self._shown(node.right, row, node.left)
        right = value if isinstance(node.right, Literal) else f"{self.name(node.right)}（{_bare(value)}）"
        if node.comparison is Comparison.UNEQUAL:
            return f"{self.name(node.left)}{wanted}{right}"
        return f"{self._stated(node.left, row)}，{wanted}{right}"

    def _shown(self, node: Node, row: int, beside: Node | None = None) -> str:
        """Its value; in percent where its column or parameter is, or where it is a number written beside one that is."""
        value = self._value(node, row)
        told = beside if beside is not None and isinstance(node, Literal) else node
        if self._unit(told) == _PERCENT and isinstance(value, int | Fraction):
            return f"{show_value(Fraction(value) * 100, node.kind)}%"
        return show_value(value, node.kind)

    def _unit(self, node: Node) -> str:
        match node:
            case Joined():
                return self._unit(node.field)
            case Field():
                columns = self.policy.tables[node.table].columns
                return next((column.unit for column in columns if column.name == node.name), "")
            case Parameter():
                return self.policy.parameters[node.name].unit
            case _:
                return ""

    def _leaves(self, node: Node, row: int) -> dict[Node, None]:
        """The columns, 令 and aggregates that were looked at and have a value, each once."""
        if isinstance(node, _READ):
            return {} if self._value(node, row) is None else {node: None}
        return {leaf: None for part in looked_at(node, self.interpreter, row) for leaf in self._leaves(part, row)}

    def _value(self, node: Node, row: int) -> Value:
        return tried(node, self.interpreter, row)


def _bare(text: str) -> str:
    return text.removeprefix("“").removesuffix("”")
