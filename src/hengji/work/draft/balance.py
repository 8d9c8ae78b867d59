"""Indicators put under the parent where the weights add up, when two places of a report disagree about it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hengji.model.scorecard import Record, Scored
from hengji.work.draft.notes import Notes

_ZERO = Decimal(0)


def balanced(indicators: tuple[Scored, ...], notes: Notes) -> tuple[Scored, ...]:
    """The tree with each child moved that makes one parent too heavy and another, named elsewhere, too light by just its weight."""
    move = _move(indicators)
    if move is None:
        return indicators
    child, parent = move
    notes.doubt(f"“{child.name}”在报告中有两个上级，按分值移到“{parent.name}”之下", child.records[0].span)
    return tuple(_moved(node, child, parent) for node in indicators)


def _move(indicators: tuple[Scored, ...]) -> tuple[Scored, Scored] | None:
    nodes = [node for top in indicators for node in top.walk()]
    by_record = {(record.place, record.number): node for node in nodes for record in node.records if record.level}
    light = [node for node in nodes if node.children and _excess(node) < 0]
    for heavy in (node for node in nodes if node.children and _excess(node) > 0):
        for child in heavy.children:
            elsewhere = {id(by_record.get((record.place, _above(record)))) for record in child.records}
            for parent in light:
                if id(parent) in elsewhere and _excess(parent) == -_weight(child) and _excess(heavy) == _weight(child):
                    return child, parent
    return None


def _above(record: Record) -> int:
    return -1 if record.above is None else record.above


def _weight(node: Scored) -> Decimal:
    return node.weight.value if node.weight else _ZERO


def _excess(node: Scored) -> Decimal:
    return sum((_weight(child) for child in node.children), _ZERO) - _weight(node)


def _moved(node: Scored, child: Scored, parent: Scored) -> Scored:
    kept = tuple(_moved(each, child, parent) for each in node.children if each is not child)
    return replace(node, children=(*kept, child) if node is parent else kept)
