"""Which parts of an expression were looked at for a row: the branch that was chosen, not the other."""

from __future__ import annotations

from hengji.engines.interpreter import Interpreter
from hengji.engines.values import RowFaultError
from hengji.model.table import Value
from hengji.policies.nodes import Connective, If, Joined, Literal, Logic, Node, Outer


def looked_at(node: Node, interpreter: Interpreter, row: int) -> tuple[Node, ...]:
    """The parts of ``node`` that were evaluated for ``row``, in reading order, without literals."""
    match node:
        case If():
            chosen = tried(node.test, interpreter, row)
            parts = (node.test, *(() if chosen is None else (node.then if chosen else node.otherwise,)))
        case Logic():
            decided = tried(node.left, interpreter, row) is (node.connective is Connective.OR)
            parts = (node.left,) if decided else (node.left, node.right)
        case Joined() | Outer():
            parts = ()
        case _:
            parts = node.children
    return tuple(part for part in parts if not isinstance(part, Literal))


def tried(node: Node, interpreter: Interpreter, row: int) -> Value:
    """The value; None also where there is a fault."""
    try:
        return interpreter.run(node)(row, -1)
    except RowFaultError:
        return None
