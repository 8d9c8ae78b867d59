"""A condition as a filter: only whether it holds matters, and not whether it fails or is missing. That costs half.

What policies often say is put as the database tests it quickest: "缺(x) 或 x ≥ 3" is (x ≥ 3) IS NOT FALSE, because the comparison
is missing exactly where x is; "x ≥ 3 或 (缺(x) 且 y)" is coalesce(x ≥ 3, y).
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.sql import Sql, both, either, sql
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
    Node,
    Not,
    Parameter,
    PartOf,
    Within,
    children,
)

_STRICT = (Arithmetic, Between, Compare, Not, PartOf, Within)
"""They are missing exactly where one of their parts is."""


def holds(rows: Lowerer, node: Node) -> Sql:
    """True for the rows of which the expression holds; false or NULL for all others, those with a fault among them."""
    term = rows.lower(node)
    if term.fault is not None:
        return both(sql("{} IS NULL", term.fault), term.sql)
    match node:
        case Logic(connective=Connective.AND):
            return both(*(holds(rows, each) for each in _operands(node, Connective.AND)))
        case Logic():
            return _one_of(rows, list(_operands(node, Connective.OR)))
        case _:
            return term.sql


def _operands(node: Node, connective: Connective) -> Iterator[Node]:
    if isinstance(node, Logic) and node.connective is connective:
        yield from _operands(node.left, connective)
        yield from _operands(node.right, connective)
    else:
        yield node


def _one_of(rows: Lowerer, operands: list[Node]) -> Sql:
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
        tests.append(holds(rows, node))
    return either(*tests)


def _behind(rows: Lowerer, node: Node, otherwise: Node) -> Sql:
    """``node``, and where it is missing what ``otherwise`` says beside that."""
    _, rest = _otherwise(rows, otherwise)
    test = rows.lower(node).sql
    if not rest:
        return sql("(({}) IS NOT FALSE)", test)
    return sql("coalesce({}, {})", test, both(*(holds(rows, each) for each in rest)))


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
    for child in children(node):
        below = _leaves(child)
        if below is None:
            return None
        found += below
    return found
