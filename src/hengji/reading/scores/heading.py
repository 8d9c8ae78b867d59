"""Rows that stand over those behind them where no column tells it: A | 决策 | | 15 above A11 | 立项 | 依据充分性 | 3.

The name of such a row stands in the column of the level below it, so that only its weight tells what it is: what all rows behind it
weigh together up to the next such row, and all such rows the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hengji.reading.scores.tables import Line, Table

_WHOLE = Decimal(100)


def stand_over(table: Table) -> Table:
    """The table, the rows of its first level under those that stand over them; as it was where the weights do not say so."""
    below: defaultdict[int, list[Line]] = defaultdict(list)
    for line in table.lines:
        if line.parent is not None:
            below[id(line.parent)].append(line)
    groups = _groups([line for line in table.lines if line.parent is None], below)
    whole = table.weight.value if table.weight else _WHOLE
    if len(groups) > 1 and sum(_weight(head) for head, _ in groups) == whole:
        for head, rows in groups:
            for row in rows:
                row.parent = head
    return table


def _groups(tops: Sequence[Line], below: Mapping[int, Sequence[Line]]) -> list[tuple[Line, Sequence[Line]]]:
    """Each row with those behind it that weigh as much; none where the rows cannot be told apart so."""
    groups: list[tuple[Line, Sequence[Line]]] = []
    at = 0
    while at < len(tops):
        head, first, weight = tops[at], at + 1, Decimal(0)
        at = first
        while at < len(tops) and weight < _weight(head):
            weight += _leaves(tops[at], below)
            at += 1
        if id(head) in below or weight == 0 or weight != _weight(head):
            return []
        groups.append((head, tops[first:at]))
    return groups


def _leaves(line: Line, below: Mapping[int, Sequence[Line]]) -> Decimal:
    """What the leaves of a row weigh together."""
    rows = below.get(id(line))
    return sum((_leaves(each, below) for each in rows), Decimal(0)) if rows else _weight(line)


def _weight(line: Line) -> Decimal:
    return line.weight.value if line.weight else Decimal(0)
