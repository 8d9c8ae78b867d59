"""Going through a tree of nodes."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.policies.nodes.base import Node


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    pending = [node]
    while pending:
        at = pending.pop()
        yield at
        pending += reversed(at.children)
