"""What every node is, literals, and the questions that constructors ask of their parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from hengji.model.finding import one_of
from hengji.model.record import Remembering, record
from hengji.model.table import ColumnType, Value
from hengji.policies.kinds import COUNT, ENUM, MONEY, RATE, TEXT, IllTypedError, common, words


@record
class Node(Remembering):
    """表达式: holds nodes, names and plain values and nothing else, so that it can be printed, compared and lowered."""

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """The nodes that it holds, in the order in which they are written."""
        found: list[Node] = []
        names: tuple[str, ...] = self.__match_args__  # as ``fields``, which makes a tuple for each question
        for name in names:
            held = getattr(self, name)
            found.extend(part for part in (held if isinstance(held, tuple) else (held,)) if isinstance(part, Node))
        return tuple(found)

    @property
    def kind(self) -> ColumnType:
        """The kind of value it gives."""
        raise NotImplementedError

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it can give, where they are declared."""
        return ()


@record
class Typed(Node):
    """A node whose kind is declared where its name is."""

    of: ColumnType

    @property
    def kind(self) -> ColumnType:
        return self.of


@record
class Literal(Typed):
    """字面量; ``value`` None is 空. 金额 is in fen, 数值 an exact Fraction."""

    value: Value


def is_zero(node: Node) -> bool:
    return isinstance(node, Literal) and node.kind in {COUNT, RATE, MONEY} and node.value == 0


def alike(nodes: Iterable[Node]) -> ColumnType | None:
    """The one kind of all these nodes; a bare 0 is an amount among amounts. None when there is none."""
    present = tuple(nodes)
    kinds = {node.kind for node in present}
    if MONEY in kinds:
        kinds = {node.kind for node in present if not is_zero(node)} or {MONEY}
    return common(kinds)


def expect(role: str, node: Node, kinds: Collection[ColumnType]) -> None:
    """IllTypedError unless ``node`` gives one of ``kinds``."""
    if node.kind not in kinds:
        raise IllTypedError(f"{role}是{node.kind.value}", words(kinds))


def expect_choice(known: Node, literal: Node) -> None:
    """IllTypedError when a literal word is compared with an enum that does not have it."""
    if not (known.kind is ENUM and known.choices and isinstance(literal, Literal)):
        return
    if literal.kind is TEXT and literal.value is not None and literal.value not in known.choices:
        raise IllTypedError(f"“{literal.value}”不在可选值之中", one_of(known.choices), "改用所列的词")
