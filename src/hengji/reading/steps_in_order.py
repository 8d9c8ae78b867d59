"""Steps told in the wrong order: in a sentence, in a row, from row to row of a table of steps, and in two places that tell of one procedure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from hengji.reading.dates import Grain
from hengji.reading.steps import PROCEDURES, SET_RIGHT, Step

_MOST = 40
"""A table of more steps is a roster."""

_FINDING = ("检查", "抽查", "核查", "督查", "督导", "审计")
_HANDED_ON = {"下达", "支付"}
"""What one level hands down may be another's than what the next pays out: whose it is must be asked first."""

Reversed = tuple[Step, Step]
"""The step that must come first, and the one that must follow it and has an earlier day."""


def out_of_order(steps: Iterable[Step]) -> Iterator[Reversed]:
    """Pairs of steps whose days are the wrong way round, each step once."""
    groups: dict[tuple[int, int], list[Step]] = defaultdict(list)
    homes: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        if step.dated.grain is not Grain.YEAR and step.sure:
            groups[step.group].append(step)
            homes[step.home].append(step)
    said: set[Step] = set()
    for first, second in (
        *_grouped(groups.values()),
        *_set_right(homes.values()),
        *_row_by_row(homes.values()),
        *_far(homes),
    ):
        if said.isdisjoint((first, second)):
            said.update((first, second))
            yield first, second


def _grouped(groups: Iterable[list[Step]]) -> Iterator[Reversed]:
    """Neighbours in a sentence, and any two steps of a row."""
    for group in groups:
        for one, other in combinations(group, 2) if group[0].in_table else pairwise(group):
            if group[0].in_table and _follows(one, other):
                yield other, one
            elif _follows(other, one) and (one.in_table or {one.kind, other.kind} != _HANDED_ON):
                yield one, other


def _set_right(homes: Iterable[list[Step]]) -> Iterator[Reversed]:
    """What was set right in a paragraph before the audit or inspection that found it."""
    for home in homes:
        for one, other in pairwise(() if home[0].in_table else home):
            if other.kind == SET_RIGHT and one.kind.endswith(_FINDING) and other.dated.last < one.dated.first:
                yield one, other


def _row_by_row(homes: Iterable[list[Step]]) -> Iterator[Reversed]:
    """Two rows of a table each row of which tells of one step, where each kind is told of once."""
    for home in homes:
        rows = {step.group for step in home}
        if home[0].in_table and len(rows) == len(home) <= _MOST:
            yield from _each_once(home)


def _far(homes: dict[int, list[Step]]) -> Iterator[Reversed]:
    """Two places that tell of one step on one day, which no third place tells on another day, and each of a step that the other does not tell of."""
    days: dict[str, set[tuple[int, int, int]]] = defaultdict(set)
    places: dict[str, list[int]] = defaultdict(list)
    for number, home in homes.items():
        for step in home if len(home) <= _MOST else ():
            days[step.kind].add(step.dated.first.timetuple()[:3])
            places[step.kind].append(number)
    for kind, numbers in places.items():
        if len(days[kind]) == 1 and 1 < len(set(numbers)) <= _MOST:
            for here, there in combinations(sorted(set(numbers)), 2):
                own = {step.kind for step in homes[here]}, {step.kind for step in homes[there]}
                only = [step for step in homes[here] if step.kind not in own[1]]
                also = [step for step in homes[there] if step.kind not in own[0]]
                yield from _each_once([*only, *also], {here, there})


def _each_once(steps: Sequence[Step], homes: frozenset[int] | set[int] = frozenset()) -> Iterator[Reversed]:
    """Reversed pairs of the steps whose kind is told of once; of two homes, one in each."""
    kinds: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        kinds[step.kind].append(step)
    once = [group[0] for group in kinds.values() if len(group) == 1]
    for one, other in combinations(once, 2):
        if homes and one.home == other.home:
            continue
        if _follows(one, other):
            yield other, one
        elif _follows(other, one):
            yield one, other


def _follows(late: Step, early: Step) -> bool:
    """Whether a step must come after the other and has the earlier day."""
    if late.which and early.which and not late.which & early.which:
        return False
    ordered = any(
        early.kind in kinds and late.kind in kinds and kinds.index(early.kind) < kinds.index(late.kind)
        for kinds in PROCEDURES
    )
    return ordered and late.dated.last < early.dated.first
