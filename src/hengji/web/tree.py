"""Editing the indicator tree: what a form says of each node, in which order, what is added and what is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hengji.model.indicator import Framework, Indicator
from hengji.model.record import record
from hengji.scoring.framework import walk
from hengji.web.judging import number_in
from hengji.web.numbers import digits
from hengji.web.standards import described

TEXTS = ("explanation", "criteria", "basis", "note")
MOST_NODES = 300
MOST_LEVELS = 4
"""As many as the workbook has columns for."""
_LONGEST_NAME = 80
_NOT_IN_FILES = str.maketrans(dict.fromkeys('/\\:*?"<>|\0\n\r\t', "_"))

Given = Mapping[str, str]


@record
class Tree:
    """指标树: as a form shows it and as it comes back; ``faults`` are by field name, ``""`` for the whole."""

    framework: Framework
    faults: Mapping[str, str]


@record
class _Places:
    """摆法: the numbers of the nodes below each number (None: the top), in the order of the page; ``fault`` when they run in a ring."""

    nodes: Sequence[Indicator]
    below: Mapping[int | None, Sequence[int]]
    fault: str

    def under(self, parent: int | None) -> Sequence[int]:
        return self.below.get(parent, ())


def _places(framework: Framework, order: Sequence[str]) -> _Places:
    """Where nodes stand on the page: ``order`` has for each its number, and ``5:2`` when it may have come to stand below another."""
    nodes = list(walk(framework.indicators))
    numbers = {id(node): at for at, node in enumerate(nodes)}
    parents: dict[int, int | None] = dict.fromkeys(range(len(nodes)))
    parents |= {numbers[id(child)]: at for at, node in enumerate(nodes) for child in node.children}
    ranks: dict[int, int] = {}
    for rank, word in enumerate(order):
        number, moved, parent = word.partition(":")
        at, above = digits(number, len(nodes) - 1), digits(parent, len(nodes) - 1)
        if at is None:
            continue
        ranks[at] = rank
        if moved and (above is not None or not parent):
            parents[at] = above
    below: dict[int | None, list[int]] = {}
    for at in sorted(parents, key=lambda at: ranks.get(at, at)):
        below.setdefault(parents[at], []).append(at)
    reached = _reached(below, None)
    return _Places(nodes, below, "" if reached == len(nodes) else "指标不能移到自己的下级里。没有保存。")


def _reached(below: Mapping[int | None, Sequence[int]], parent: int | None) -> int:
    return sum(1 + _reached(below, at) for at in below.get(parent, ()))


def shown(
    framework: Framework,
    given: Given | None = None,
    faults: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
) -> list[Any]:
    """The nodes for a template, each with its children. A node is known in the form by its place in the tree, counted from 0."""
    places = _places(framework, order)
    if places.fault:
        places = _places(framework, ())
    return [_shown(at, None, places, given or {}, faults or {}) for at in places.under(None)]


def _shown(at: int, parent: int | None, places: _Places, given: Given, faults: Mapping[str, str]) -> dict[str, Any]:
    node, under = places.nodes[at], places.under(at)
    now = {"name": node.name, "weight": f"{node.weight:f}"} | {part: getattr(node, part) for part in TEXTS}
    standard = described(node.rubric, node.weight) if node.rubric and not under else None
    return {
        "at": at,
        "under": "" if parent is None else parent,
        "id": node.id,
        "applies": node.applicability.value,
        "standard": standard,
        "faults": len(standard.faults) if standard else 0,
        "leaf": not under,
        **{part: given.get(f"{part}-{at}", value) for part, value in now.items()},
        "wrong": {part: faults.get(f"{part}-{at}", "") for part in now},
        "children": [_shown(child, at, places, given, faults) for child in under],
    }


def read(framework: Framework, given: Given, order: Sequence[str]) -> Tree:
    """The tree with what was typed; ``order`` lists the nodes as they stand on the page now, each with what it stands below."""
    places = _places(framework, order)
    if places.fault:
        return Tree(framework, {"": places.fault})
    faults: dict[str, str] = {}

    def built(parent: int | None) -> tuple[Indicator, ...]:
        return tuple(
            replace(_typed(places.nodes[at], at, given, faults), children=built(at)) for at in places.under(parent)
        )

    made = replace(framework, indicators=built(None))
    fault = misplaced(framework, made)
    return Tree(made, faults | {"": fault} if fault else faults)


def misplaced(old: Framework, new: Framework) -> str:
    """Why nodes cannot stand where they stand in ``new``; empty when they can. A leaf with a standard takes none below it."""
    leaves = {node.id for node in walk(old.indicators) if node.rubric is not None and not node.children}
    full = next((node for node in walk(new.indicators) if node.children and node.id in leaves), None)
    if full is not None:
        return f"“{full.name}”是末级指标，已有评分标准，不能再有下级。先在它的评分标准页里删去标准。"
    most = max(MOST_LEVELS, *(depth_of(old, node) for node in walk(old.indicators)), 0)
    deep = next((node for node in walk(new.indicators) if depth_of(new, node) > most), None)
    return "" if deep is None else f"指标最多{MOST_LEVELS}级，“{deep.name}”不能放在这一级。"


def _typed(node: Indicator, at: int, given: Given, faults: dict[str, str]) -> Indicator:
    name = given.get(f"name-{at}", node.name).strip()
    if not name or len(name) > _LONGEST_NAME:
        faults[f"name-{at}"] = "名称不能空。" if not name else f"名称不超过{_LONGEST_NAME}个字。"
    weight = weight_in(given.get(f"weight-{at}", f"{node.weight:f}"))
    if weight is None:
        faults[f"weight-{at}"] = "分值应为 0 至 100 的数字，如 2.5。"
    elif weight == node.weight:
        weight = node.weight
    texts = {part: given.get(f"{part}-{at}", getattr(node, part)) for part in TEXTS}
    return replace(node, name=name, weight=node.weight if weight is None else weight, **texts)


def weight_in(typed: str) -> Decimal | None:
    """A weight as it was typed; None when it is none."""
    number = number_in(typed)
    return number if number is not None and 0 <= number <= 100 else None  # noqa: PLR2004  a whole has 100 points


def node_at(framework: Framework, number: str) -> Indicator | None:
    """The node with that number; None when there is none."""
    nodes = list(walk(framework.indicators))
    at = digits(number, len(nodes) - 1)
    return None if at is None else nodes[at]


def depth_of(framework: Framework, wanted: Indicator) -> int:
    """On which level a node stands, counted from 1; 0 when it is not in the tree."""

    def found(nodes: Sequence[Indicator], level: int) -> int:
        return max((level if node is wanted else found(node.children, level + 1) for node in nodes), default=0)

    return found(framework.indicators, 1)


def without(framework: Framework, gone: Indicator) -> Framework:
    """The tree without a node and all below it."""

    def kept(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(replace(node, children=kept(node.children)) for node in nodes if node.id != gone.id)

    return replace(framework, indicators=kept(framework.indicators))


def moved(framework: Framework, node: Indicator, step: int) -> Framework:
    """The tree with a node one place up (-1) or down (+1) among its siblings."""

    def shifted(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        names = [each.id for each in nodes]
        if node.id in names:
            at = names.index(node.id)
            to = min(max(at + step, 0), len(nodes) - 1)
            rest = [each for each in nodes if each.id != node.id]
            return (*rest[:to], nodes[at], *rest[to:])
        return tuple(replace(each, children=shifted(each.children)) for each in nodes)

    return replace(framework, indicators=shifted(framework.indicators))


def raised(framework: Framework, node: Indicator) -> Framework:
    """The tree with a node one level up, right behind what it stood below."""

    def lifted(nodes: tuple[Indicator, ...]) -> Iterator[Indicator]:
        for each in nodes:
            mine = [child for child in each.children if child.id == node.id]
            rest = tuple(child for child in each.children if child.id != node.id)
            yield replace(each, children=rest if mine else tuple(lifted(each.children)))
            yield from mine

    return replace(framework, indicators=tuple(lifted(framework.indicators)))


def lowered(framework: Framework, node: Indicator) -> Framework:
    """The tree with a node one level down, the last below the sibling that stands before it."""

    def sunk(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        at = next((at for at, each in enumerate(nodes) if each.id == node.id), None)
        if at is None:
            return tuple(replace(each, children=sunk(each.children)) for each in nodes)
        if at == 0:
            return nodes
        above = replace(nodes[at - 1], children=(*nodes[at - 1].children, nodes[at]))
        return (*nodes[: at - 1], above, *nodes[at + 1 :])

    return replace(framework, indicators=sunk(framework.indicators))


def added(framework: Framework, parent: Indicator | None, new: Indicator) -> Framework:
    """The tree with ``new`` as the last below ``parent`` (None: at the top), under an id of its own."""
    own = replace(new, id=_free(framework, new.id))
    if parent is None:
        return replace(framework, indicators=(*framework.indicators, own))

    def grown(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(
            replace(node, children=(*node.children, own))
            if node.id == parent.id
            else replace(node, children=grown(node.children))
            for node in nodes
        )

    return replace(framework, indicators=grown(framework.indicators))


def _free(framework: Framework, wanted: str) -> str:
    """An id that nobody has yet and that can name a file."""
    taken = {node.id for node in walk(framework.indicators)}
    plain = wanted.translate(_NOT_IN_FILES).strip(" .") or "指标"
    return next(name for name in _numbered(plain) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def replaced(framework: Framework, new: Indicator) -> Framework:
    """The tree with the node of that id put in anew."""

    def put(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(new if node.id == new.id else replace(node, children=put(node.children)) for node in nodes)

    return replace(framework, indicators=put(framework.indicators))
