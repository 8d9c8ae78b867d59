"""Nodes that compute an amount, a ratio or a count."""

from __future__ import annotations

from enum import Enum

from hengji.model.money import Rounding
from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import COUNT, MONEY, ORDERED, QUANTITIES, RATE, IllTypedError, common
from hengji.policies.nodes.base import Literal, Node, alike, expect, is_zero


class Operator(Enum):
    """运算符."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "×"
    DIVIDE = "÷"


_HELP = {
    Operator.ADD: ("两边同为金额，或同为数", "金额要写单位，如 6000元；日期加天数用 加日(日期, 天数)"),
    Operator.SUBTRACT: ("两边同为金额，或同为数", "金额要写单位，如 6000元；两日相差用 天数(起, 止)"),
    Operator.MULTIPLY: ("两个数，或一个金额与一个数", "检查是否多写了「元」"),
    Operator.DIVIDE: ("金额÷金额、金额÷数或数÷数", "检查两边的单位"),
}


@record
class Arithmetic(Node):
    """四则运算. 金额×数值 and 金额÷数 are rounded half-up to the fen; any other ÷ is an exact ratio."""

    operator: Operator
    left: Node
    right: Node

    def __post_init__(self) -> None:
        if _result(self.operator, self.left, self.right) is None:
            found = f"{self.left.kind.value} {self.operator.value} {self.right.kind.value}"
            raise IllTypedError(found, *_HELP[self.operator])

    @property
    def kind(self) -> ColumnType:
        kind = _result(self.operator, self.left, self.right)
        assert kind is not None
        return kind


def _result(operator: Operator, left: Node, right: Node) -> ColumnType | None:
    both = {left.kind, right.kind}
    if not both <= QUANTITIES:
        return None
    match operator:
        case Operator.ADD | Operator.SUBTRACT:
            return alike((left, right))
        case Operator.MULTIPLY:
            if both == {MONEY}:
                return None
            return MONEY if MONEY in both else common(both)
        case Operator.DIVIDE:
            if MONEY in both and left.kind is not MONEY:
                return None
            return RATE if right.kind is MONEY or left.kind is not MONEY else MONEY


@record
class Negate(Node):
    """负号."""

    of: Node

    def __post_init__(self) -> None:
        expect("负号后面", self.of, QUANTITIES)

    @property
    def kind(self) -> ColumnType:
        return self.of.kind


@record
class WholeDivide(Node):
    """整除: how many times ``right`` goes whole into ``left``; the rest is cut off towards zero."""

    left: Node
    right: Node

    def __post_init__(self) -> None:
        if self.left.kind is not self.right.kind or self.left.kind not in {MONEY, COUNT}:
            raise IllTypedError(f"整除({self.left.kind.value}, {self.right.kind.value})", "两个整数或两个金额")

    @property
    def kind(self) -> ColumnType:
        return COUNT


class Extreme(Enum):
    """取最值."""

    LEAST = "最小"
    GREATEST = "最大"


@record
class Pick(Node):
    """最小、最大 (封顶 and 保底 are these two); missing when one of them is."""

    extreme: Extreme
    of: tuple[Node, ...]

    def __post_init__(self) -> None:
        kind = alike(self.of)
        if kind is None or kind not in ORDERED:
            found = f"{self.extreme.value}({', '.join(node.kind.value for node in self.of)})"
            raise IllTypedError(found, "种类相同的金额、数或日期", "金额要写单位，如 6000元")

    @property
    def kind(self) -> ColumnType:
        kind = alike(self.of)
        assert kind is not None
        return kind


@record
class Round(Node):
    """取整 to a multiple of ``unit``, which is above 0."""

    of: Node
    unit: Literal
    rounding: Rounding = Rounding.HALF_UP

    def __post_init__(self) -> None:
        expect("取整的对象", self.of, QUANTITIES)
        if self.unit.kind not in QUANTITIES or (self.of.kind is MONEY) is not (self.unit.kind is MONEY):
            expected = "金额，如 到=100元" if self.of.kind is MONEY else "数，如 到=1 或 到=0.01"
            raise IllTypedError(f"对{self.of.kind.value}取整，「到」是{self.unit.kind.value}", expected)
        if is_zero(self.unit) or self.unit.value is None:
            raise IllTypedError("取整的「到」是 0", "大于 0 的数或金额")

    @property
    def kind(self) -> ColumnType:
        return self.unit.kind
