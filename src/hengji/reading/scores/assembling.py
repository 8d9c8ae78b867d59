"""Records of many places to one tree: who is meant by a name, and what belongs to whom.

The richest table is the tree; every other table, the body and the papers are laid over it. A node of another place is the node of the
tree that bears its name; of several, the one below the same parent, of the same weight and depth. What bears no known name but is the
only one left under its parent, with the same weight, is the same indicator under another name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from hengji.model.scorecard import Record, Scored
from hengji.reading.scores.wording import key, loose

_ALIKE = 0.6
_DISTANT = 0.3
_CLOSE = 0.9
_ENOUGH = 0.5
_FULL = 100
"""Points of all tables together where each chapter has a table of its own."""


@dataclass(slots=True, eq=False)
class Node:
    """An indicator while the tree is put together."""

    title: str
    record: Record | None
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    records: list[Record] = field(default_factory=list)

    def add(self, child: Node) -> Node:
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def depth(self) -> int:
        return 1 if self.parent is None else 1 + self.parent.depth

    def below(self, other: Node | None) -> bool:
        """Whether ``other`` is among the nodes above it."""
        node = self.parent
        while node is not None:
            if node is other:
                return True
            node = node.parent
        return other is None

    @property
    def weight(self) -> object:
        records = [self.record, *self.records] if self.record else self.records
        return next((record.weight.value for record in records if record and record.weight), None)


Forest = list[Node]


def merged(forests: list[Forest]) -> Forest:
    """One forest of them all; the first is the one that the others are laid over."""
    if not forests:
        return []
    tree, *others = forests
    for node in _every(tree):
        if node.record is not None:
            node.records.append(node.record)
    strange = [other for other in others if not lay_over(tree, other)]
    if strange and sum(map(weight_of, [tree, *strange])) == _FULL:
        for other in strange:
            for node in _every(other):
                node.records.extend([node.record] if node.record is not None else [])
            tree.extend(other)
    return tree


def weight_of(forest: Forest) -> Decimal:
    """What the last indicators of a forest weigh together."""
    records = (record for node in forest for leaf in node.walk() if not leaf.children and (record := leaf.record))
    return sum((record.weight.value for record in records if record.weight), Decimal(0))


def _every(forest: Forest) -> Iterator[Node]:
    for root in forest:
        yield from root.walk()


class Names:
    """The nodes of a forest by name, also by one that tells what they stand under: 数量 of 产出 is 产出数量, 社会 of 效益 社会效益."""

    def __init__(self, forest: Forest) -> None:
        self.exact: dict[str, list[Node]] = defaultdict(list)
        self.near: dict[str, list[Node]] = defaultdict(list)
        for node in _every(forest):
            self.exact[key(node.title)].append(node)
            self.near[loose(node.title)].append(node)
            if node.parent is not None:
                self.near[loose(node.parent.title + node.title)].append(node)
                self.near[loose(node.title + node.parent.title)].append(node)

    def of(self, title: str) -> list[Node]:
        """The nodes that bear a name, to the letter first."""
        exact = self.exact.get(key(title), [])
        return [*exact, *(each for each in self.near.get(loose(title), ()) if each not in exact)]

    def is_parent(self, title: str) -> bool:
        """Whether a node of this name has others below it."""
        return any(node.children for node in self.of(title))

    def has(self, title: str) -> bool:
        """Whether a node bears exactly this name."""
        return key(title) in self.exact


def lay_over(tree: Forest, other: Forest) -> bool:
    """Give the records of ``other`` to the nodes of ``tree`` that are meant; leave out a forest that is of something else (False)."""
    names = Names(tree)
    meant: dict[Node, Node] = {}
    taken: set[Node] = set()
    waiting: list[Node] = []
    for node in _every(other):
        best = _best(node, [each for each in names.of(node.title) if each not in taken], meant)
        if best is None:
            waiting.append(node)
        else:
            meant[node] = best
            taken.add(best)
    strange = [node for node in waiting if node.parent not in meant]
    if len(meant) < _ENOUGH * (len(meant) + len(strange)):
        return False
    for node in waiting:
        found = _only_one_left(tree, node, waiting, meant, taken)
        if found is not None:
            meant[node] = found
            taken.add(found)
    for node in _every(other):
        if (
            node not in meant
            and (parent := meant.get(node.parent) if node.parent else None) is not None
            and not _had_children(parent, meant)
        ):
            meant[node] = parent.add(Node(node.title, None))
    for node, found in meant.items():
        if node.record is not None:
            found.records.append(node.record)
    return True


def _had_children(parent: Node, meant: dict[Node, Node]) -> bool:
    added = set(meant.values())
    return any(child not in added or child.records for child in parent.children)


def _best(node: Node, candidates: list[Node], meant: dict[Node, Node]) -> Node | None:
    parent = meant.get(node.parent) if node.parent else None
    return max(candidates, key=lambda each: _nearness(node, each, parent), default=None)


def _nearness(node: Node, each: Node, parent: Node | None) -> int:
    points = 4 if parent is not None and each.below(parent) else 0
    mine, its = node.weight, each.weight
    if mine is not None and its is not None:
        points += 3 if mine == its else -1
    points += 2 if bool(node.children) == bool(each.children) else 0
    points += 2 if node.depth == each.depth else 0
    return points + (1 if key(node.title) == key(each.title) else 0)


def _only_one_left(
    tree: Forest, node: Node, waiting: list[Node], meant: dict[Node, Node], taken: set[Node]
) -> Node | None:
    if node.parent is None:
        siblings, pool = [each for each in waiting if each.parent is None], tree
    else:
        parent = meant.get(node.parent)
        if parent is None:
            return None
        siblings = [each for each in waiting if each.parent is node.parent]
        pool = [each for each in parent.walk() if each is not parent]
    free = [
        each
        for each in pool
        if each not in taken and each.weight == node.weight and bool(each.children) == bool(node.children)
    ]
    if (
        len(free) == 1
        and len([each for each in siblings if each.weight == node.weight]) == 1
        and node.weight is not None
    ):
        return free[0]
    left = [each for each in pool if each not in taken and bool(each.children) == bool(node.children)]
    if len(left) == len(siblings) == 1 and _alike(node.title, left[0].title, _DISTANT):
        return left[0]
    close = [each for each in pool if each not in taken and _alike(node.title, each.title, _CLOSE)]
    if len(close) == 1:
        return close[0]
    alike = [each for each in pool if each not in taken and _alike(node.title, each.title)]
    if not alike:
        alike = [
            each
            for each in _every(tree)
            if each not in taken and each.weight == node.weight and _alike(node.title, each.title)
        ]
    return alike[0] if len(alike) == 1 and (node.weight is None or alike[0].weight in (None, node.weight)) else None


def _alike(one: str, other: str, least: float = _ALIKE) -> bool:
    return SequenceMatcher(None, loose(one), loose(other), autojunk=False).ratio() >= least


def scored(node: Node, level: int = 1) -> Scored:
    """The finished node, records in reading order."""
    children = tuple(scored(child, level + 1) for child in node.children)
    records = tuple(sorted(node.records, key=lambda record: record.span.start))
    return Scored(node.title, level, records, children)


def richness(forest: Forest) -> tuple[int, int, int]:
    """How much a forest tells: the leaves with scores, the leaves with standards, its nodes."""
    leaves = [node for node in _every(forest) if not node.children and node.record]
    return (
        len(leaves) + sum(1 for node in leaves if node.record and node.record.awarded),
        sum(1 for node in leaves if node.record and node.record.standard),
        len(list(_every(forest))),
    )


def place(forest: Forest, pairs: Iterable[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """Give single records to the nodes that they name; those that name none come back."""
    names = Names(forest)
    left = []
    for title, record in pairs:
        found = names.of(title)
        same = [each for each in found if record.weight is None or each.weight == record.weight.value] or found
        if same:
            min(same, key=lambda each: each.depth).records.append(record)
        else:
            left.append((title, record))
    return left
