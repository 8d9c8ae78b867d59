"""Conditions as a filter: only whether all hold matters, and not which fails or is missing. That costs half.

What policies often say is put as the database tests it quickest: "缺(x) 或 x ≥ 3" is (x ≥ 3) IS NOT FALSE, because the comparison
is missing exactly where x is; "x ≥ 3 或 (缺(x) 且 y)" is coalesce(x ≥ 3, y).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.sql import Sql, both, either, sql
from hengji.policies.kinds import BOOL
from hengji.policies.nodes import (
    Arithmetic,
    Between,
    Compare,
    Connective,
    Field,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Named,
    Node,
    Not,
    Parameter,
    PartOf,
    Within,
)
from hengji.policies.policy import Condition

_STRICT = (Arithmetic, Between, Compare, Not, PartOf, Within)
"""They are missing exactly where one of their parts is."""


def holds(rows: Lowerer, conditions: Sequence[Condition]) -> Sql:
    """True for the rows of which all conditions hold; false or NULL for all others, those with a fault among them.

    Where all must hold, one that is named in another is no question there; "a 或 b" is none where a is asked by itself.
    """
    names = {each.name for each in conditions}
    parts = [part for each in conditions for part in _operands(_given(each.value, names), Connective.AND)]
    every = [_alternatives(rows, part) for part in parts]
    asked = {tests[0] for tests in every if len(tests) == 1}
    return both(*(either(*tests) for tests in every if len(tests) == 1 or asked.isdisjoint(tests)))


def _given(node: Node, names: AbstractSet[str]) -> Node:
    """The expression where the conditions of these names hold."""
    match node:
        case Named() if node.name in names:
            return Literal(BOOL, value=True)
        case Logic():
            return replace(node, left=_given(node.left, names), right=_given(node.right, names))
        case Not():
            return replace(node, of=_given(node.of, names))
        case _:
            return node


def _alternatives(rows: Lowerer, node: Node) -> list[Sql]:
    """Tests of which one must hold."""
    term = rows.lower(node)
    if term.fault is not None:
        return [both(sql("{} IS NULL", term.fault), term.sql)]
    if isinstance(node, Logic) and node.connective is Connective.OR:
        return _one_of(rows, list(_operands(node, Connective.OR)))
    return [term.sql]


def _all(rows: Lowerer, nodes: Iterable[Node]) -> Sql:
    return both(*(either(*_alternatives(rows, part)) for node in nodes for part in _operands(node, Connective.AND)))


def _operands(node: Node, connective: Connective) -> Iterator[Node]:
    if isinstance(node, Logic) and node.connective is connective:
        yield from _operands(node.left, connective)
        yield from _operands(node.right, connective)
    else:
        yield node


def _one_of(rows: Lowerer, operands: list[Node]) -> list[Sql]:
    """An operand that says what holds where another is missing is put behind that one."""
    tests = []
    while operands:
        node = operands.pop(0)
        blanks = _blanks(rows, node)
        found = next((each for each in operands if blanks and blanks == _otherwise(rows, each)[0]), None)
        if found is not None:
            operands.remove(found)
            tests.append(_behind(rows, node, found))
            continue
        missing = _otherwise(rows, node)[0]
        found = next((each for each in operands if missing and missing == _blanks(rows, each)), None)
        if found is not None:
            operands.remove(found)
            tests.append(_behind(rows, found, node))
            continue
        tests.append(_all(rows, [node]))
    return tests


def _behind(rows: Lowerer, node: Node, otherwise: Node) -> Sql:
    """``node``, and where it is missing what ``otherwise`` says beside that."""
    _, rest = _otherwise(rows, otherwise)
    test = rows.lower(node).sql
    if not rest:
        return sql("(({}) IS NOT FALSE)", test)
    return sql("coalesce({}, {})", test, _all(rows, rest))


def _otherwise(rows: Lowerer, node: Node) -> tuple[frozenset[Node], list[Node]]:
    """Of "缺(x) 且 rest": the cells of which one must be missing, and the rest; no cells where it is not of that form."""
    first, *rest = _operands(node, Connective.AND)
    cells = [each.of for each in _operands(first, Connective.OR) if isinstance(each, IsMissing)]
    plain = len(cells) == len(list(_operands(first, Connective.OR)))
    if not plain or not all(isinstance(cell, Field | Joined) for cell in cells):
        return frozenset(), []
    return frozenset(cell for cell in cells if not rows.filled(cell)), rest


def _blanks(rows: Lowerer, node: Node) -> frozenset[Node]:
    """The cells of which one is missing exactly where the node is; none where that is not known."""
    if rows.lower(node).fault is not None:
        return frozenset()
    leaves = _leaves(node)
    return frozenset() if leaves is None else frozenset(leaf for leaf in leaves if rows.lower(leaf).nullable)


def _leaves(node: Node) -> list[Node] | None:
    if isinstance(node, Field | Joined | Literal | Parameter):
        return [node]
    if not isinstance(node, _STRICT):
        return None
    found = []
    for child in node.children:
        below = _leaves(child)
        if below is None:
            return None
        found += below
    return found
