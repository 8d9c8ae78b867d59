"""Which expressions look at one joined table alone: they are computed once for each of its rows, and not for each row that is paid."""

from __future__ import annotations

from collections.abc import Mapping

from hengji.model.record import record
from hengji.policies.nodes import (
    Aggregate,
    Field,
    FigureRef,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Lookup,
    Named,
    Node,
    Outer,
    Parameter,
)
from hengji.policies.policy import Condition, Let


@record
class Place:
    """A joined table and the key that joins it."""

    table: str
    key: tuple[Field, ...]


@record
class Sides:
    """Says where the nodes of a policy can be computed. ``named`` are its 令 and 条件; ``dated``: parameters go by a row's day."""

    named: Mapping[str, Let | Condition]
    dated: bool

    def place(self, node: Node) -> Place | None:
        """The one joined table that ``node`` depends on and surely reads first; None where there is no such table."""
        found = self._places(node)
        if found is None or len(found) != 1 or not self._reads_first(node):
            return None
        return next(iter(found))

    def _places(self, node: Node) -> frozenset[Place] | None:
        """The joined tables that it depends on; None where it depends on something else of the row."""
        match node:
            case Literal():
                return frozenset()
            case Joined():
                return frozenset({Place(node.field.table, node.key)})
            case Named():
                return self._places(self.named[node.name].value)
            case Parameter() | Lookup() if self.dated:
                return None
            case Field() | Outer() | Aggregate() | FigureRef():
                return None
        found = frozenset[Place]()
        for child in node.children:
            below = self._places(child)
            if below is None:
                return None
            found |= below
        return found

    def _reads_first(self, node: Node) -> bool:
        """Whether a cell of the table is read before anything that could go wrong otherwise."""
        match node:
            case Joined():
                return True
            case Named():
                return self._reads_first(self.named[node.name].value)
            case Logic():
                return self._reads_first(node.left)
            case If():
                return self._reads_first(node.test)
            case IsMissing():
                return self._reads_first(node.of)
        for child in node.children:
            if not isinstance(child, Literal | Parameter):
                return self._reads_first(child)
        return False
