"""Going through a tree of nodes."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.policies.nodes.base import Node


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that it holds, in the order in which they are written."""
    found: list[Node] = []
    names: tuple[str, ...] = node.__match_args__  # as ``fields``, which makes a tuple for each question
    for name in names:
        held = getattr(node, name)
        found.extend(part for part in (held if isinstance(held, tuple) else (held,)) if isinstance(part, Node))
    return tuple(found)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)
