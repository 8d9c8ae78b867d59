"""Editing the indicator tree: what a form says of each node, in which order, what is added and what is taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hengji.model.indicator import Framework, Indicator
from hengji.scoring.framework import walk
from hengji.web.judging import number_in
from hengji.web.standards import described

TEXTS = ("explanation", "criteria", "basis", "note")
MOST_NODES = 300
MOST_LEVELS = 4
"""As many as the workbook has columns for."""
_LONGEST_NAME = 80
_NOT_IN_FILES = str.maketrans(dict.fromkeys('/\\:*?"<>|\0\n\r\t', "_"))

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tree:
    """指标树: as a form shows it and as it comes back; ``faults`` are by field name, ``""`` for the whole."""

    framework: Framework
    faults: Mapping[str, str]


def shown(framework: Framework, given: Given | None = None, faults: Mapping[str, str] | None = None) -> list[Any]:
    """The nodes for a template, each with its children. A node is known in the form by its place in the tree, counted from 0."""
    numbers = {id(node): at for at, node in enumerate(walk(framework.indicators))}
    return [_shown(node, numbers, given or {}, faults or {}) for node in framework.indicators]


def _shown(node: Indicator, numbers: Mapping[int, int], given: Given, faults: Mapping[str, str]) -> dict[str, Any]:
    at = numbers[id(node)]
    now = {"name": node.name, "weight": f"{node.weight:f}"} | {part: getattr(node, part) for part in TEXTS}
    standard = described(node.rubric, node.weight) if node.rubric and not node.children else None
    return {
        "at": at,
        "id": node.id,
        "applies": node.applicability.value,
        "standard": standard,
        "faults": len(standard.faults) if standard else 0,
        "leaf": not node.children,
        **{part: given.get(f"{part}-{at}", value) for part, value in now.items()},
        "wrong": {part: faults.get(f"{part}-{at}", "") for part in now},
        "children": [_shown(child, numbers, given, faults) for child in node.children],
    }


def read(framework: Framework, given: Given, order: Sequence[str]) -> Tree:
    """The tree with what was typed; ``order`` lists the numbers of nodes as they stand on the page now, siblings among siblings."""
    faults: dict[str, str] = {}
    numbers = {id(node): at for at, node in enumerate(walk(framework.indicators))}
    places = {int(number): place for place, number in enumerate(order) if number.isascii() and number.isdigit()}

    def built(nodes: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        ranked = sorted(nodes, key=lambda node: places.get(numbers[id(node)], numbers[id(node)]))
        return tuple(
            replace(_typed(node, numbers[id(node)], given, faults), children=built(node.children)) for node in ranked
        )

    return Tree(replace(framework, indicators=built(framework.indicators)), faults)


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
    known = number.isascii() and number.isdigit() and len(number) <= len(str(MOST_NODES)) and int(number) < len(nodes)
    return nodes[int(number)] if known else None


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
