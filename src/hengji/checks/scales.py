"""How two neighbouring intervals of one scale meet: a gap, an overlap, or a bound that nobody assigns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hengji.model.band import Edge
from hengji.model.scorecard import Interval

_BOTTOM, _TOP = Decimal(-1), Decimal(1000)


def meetings(intervals: tuple[Interval, ...]) -> Iterator[tuple[int, int, str]]:
    """Neighbours (by their index) that leave something open, and what it is."""
    ordered = sorted(range(len(intervals)), key=lambda index: _bounds(intervals[index]))
    for low, high in pairwise(ordered):
        if word := _meeting(intervals[low], intervals[high]):
            yield low, high, word


def _bounds(interval: Interval) -> tuple[Decimal, Decimal]:
    low = _BOTTOM if interval.low is None else interval.low
    return low, _TOP if interval.high is None else interval.high


def _meeting(low: Interval, high: Interval) -> str:
    upper, lower = _bounds(low)[1], _bounds(high)[0]
    if upper < lower:
        return f"{upper:f}与{lower:f}之间没有规定"
    if upper > lower:
        if lower is _BOTTOM:
            return f"{upper:f}以下同属两档"
        return f"{lower:f}至{upper:f}同属两档" if upper is not _TOP else f"{lower:f}以上同属两档"
    edges = {low.high_edge, high.low_edge}
    if edges == {Edge.INCLUDED}:
        return f"{upper:f}同属两档"
    if edges == {Edge.EXCLUDED}:
        return f"{upper:f}不属任何一档"
    return f"{upper:f}归哪一档没有写明" if None in edges else ""
