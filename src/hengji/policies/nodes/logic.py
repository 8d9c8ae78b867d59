"""Nodes that decide. Between true and false stands missing: what is not filled in decides nothing."""

from __future__ import annotations

from enum import Enum

from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import BOOL, ORDERED, IllTypedError
from hengji.policies.nodes.base import Node, alike, expect, expect_choice


@record
class _Test(Node):
    """A node that gives 是否."""

    @property
    def kind(self) -> ColumnType:
        return BOOL


class Comparison(Enum):
    """比较符."""

    EQUAL = "="
    UNEQUAL = "≠"
    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"


@record
class Compare(_Test):
    """比较; missing when one side is."""

    comparison: Comparison
    left: Node
    right: Node

    def __post_init__(self) -> None:
        kind = alike((self.left, self.right))
        found = f"{self.left.kind.value} {self.comparison.value} {self.right.kind.value}"
        if kind is None:
            raise IllTypedError(found, "两边种类相同", "金额与金额比，如 补助 > 6000元；文本要加引号")
        if self.comparison not in {Comparison.EQUAL, Comparison.UNEQUAL} and kind not in ORDERED:
            raise IllTypedError(found, "能比大小的金额、数或日期", "文本、枚举和是否只能用 =、≠、属于")
        expect_choice(self.left, self.right)
        expect_choice(self.right, self.left)


@record
class Within(_Test):
    """属于: whether the value is one of the list; missing when the value or one of the list is."""

    of: Node
    options: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not self.options:
            raise IllTypedError("属于后面的括号是空的", "至少一个值")
        for option in self.options:
            if alike((self.of, option)) is None:
                raise IllTypedError(f"{self.of.kind.value} 属于 ({option.kind.value})", "列出的值与左边种类相同")
            expect_choice(self.of, option)


class Connective(Enum):
    """连接词."""

    AND = "且"
    OR = "或"


@record
class Logic(_Test):
    """且、或: the right is not looked at when the left decides; missing when neither side decides and one is missing."""

    connective: Connective
    left: Node
    right: Node

    def __post_init__(self) -> None:
        expect(f"「{self.connective.value}」的左边", self.left, {BOOL})
        expect(f"「{self.connective.value}」的右边", self.right, {BOOL})


@record
class Not(_Test):
    """非; missing when its part is."""

    of: Node

    def __post_init__(self) -> None:
        expect("「非」的后面", self.of, {BOOL})


@record
class IsMissing(_Test):
    """缺: whether the value is not filled in; never missing itself."""

    of: Node


@record
class If(Node):
    """若 … 则 … 否则 …: only the chosen branch is looked at; missing when the test is."""

    test: Node
    then: Node
    otherwise: Node

    def __post_init__(self) -> None:
        expect("「若」的后面", self.test, {BOOL})
        if alike((self.then, self.otherwise)) is None:
            found = f"「则」后是{self.then.kind.value}，「否则」后是{self.otherwise.kind.value}"
            raise IllTypedError(found, "两个结果种类相同")

    @property
    def kind(self) -> ColumnType:
        kind = alike((self.then, self.otherwise))
        assert kind is not None
        return kind
