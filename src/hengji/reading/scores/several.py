"""Reports that score several things one by one, each in a table of its own: what one indicator scored there differs, and may.

Two tables of one thing in two versions differ in few of their indicators; those of two things differ in most.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from hengji.reading.scores.tables import Table
from hengji.reading.scores.wording import key

_FEWEST = 3
"""Indicators that two tables have in common at least."""

_MOST_TABLES = 40


def of_several(tables: Sequence[Table]) -> bool:
    """Whether two tables score the same indicators, each up to a total of its own, and most of them otherwise."""
    scored = [scores for table in tables[:_MOST_TABLES] if (scores := _scores(table))]
    return any(_apart(one, other) for one, other in combinations(scored, 2))


def _scores(table: Table) -> dict[str, Decimal]:
    """What the indicators of a table scored, by their names; nothing of one that does not add up to the total under it."""
    above = {id(line.parent) for line in table.lines}
    leaves = [line for line in table.lines if id(line) not in above]
    scores = {key(line.title): line.awarded.value for line in leaves if line.awarded}
    return scores if sum(scores.values()) in {each.value for each in table.totals} else {}


def _apart(one: dict[str, Decimal], other: dict[str, Decimal]) -> bool:
    common = one.keys() & other.keys()
    differing = sum(one[name] != other[name] for name in common)
    return len(common) >= _FEWEST and differing * 2 > len(common) and sum(one.values()) != sum(other.values())
