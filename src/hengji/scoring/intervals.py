"""Intervals with edges that belong or not, and whether a set of them covers each value exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from hengji.model.band import Edge
from hengji.model.record import record
from hengji.scoring.faults import BAND_GAP, BAND_OVERLAP, EDGE_UNCLEAR, IMPOSSIBLE
from hengji.scoring.shape import Flaw


@record
class End:
    """An end of an interval: its exact value, how it is printed, and whether it belongs."""

    value: Fraction
    shown: str
    edge: Edge


@record
class Interval:
    """区间: from ``low`` to ``high``; None is open-ended."""

    low: End | None
    high: End | None

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low.value or (value == self.low.value and _belongs(self.low))
        below = self.high is None or value < self.high.value or (value == self.high.value and _belongs(self.high))
        return above and below

    def __str__(self) -> str:
        low = f"{'≥' if _belongs(self.low) else '>'}{self.low.shown}" if self.low else ""
        high = f"{'≤' if _belongs(self.high) else '<'}{self.high.shown}" if self.high else ""
        return "且".join(part for part in (low, high) if part) or "任意值"

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        closed = _belongs(self.low) and _belongs(self.high)
        return self.low.value > self.high.value or (self.low.value == self.high.value and not closed)


def _belongs(end: End) -> bool:
    return end.edge is Edge.INCLUDED


def ascending(interval: Interval) -> tuple[int, Fraction, int]:
    """The order of intervals by where they begin, the open-ended first."""
    if interval.low is None:
        return (0, Fraction(0), 0)
    return (1, interval.low.value, 0 if _belongs(interval.low) else 1)


def misfits(intervals: Iterable[Interval], floor: Fraction | None, ceiling: Fraction | None) -> Iterator[Flaw]:
    """Gaps, overlaps and unclear edges of intervals that should cover ``floor`` to ``ceiling`` (None: endless) once."""
    ordered = sorted(intervals, key=ascending)
    for interval in ordered:
        if interval.empty:
            yield Flaw(IMPOSSIBLE, f"“{interval}”没有任何数值", "下限小于上限")
    ordered = [interval for interval in ordered if not interval.empty]
    if not ordered:
        return
    first = ordered[0].low
    if first is not None and _short(first.value - floor if floor is not None else None, first):
        yield Flaw(BAND_GAP, f"{'小于' if _belongs(first) else '不大于'}{first.shown}的数值没有档")
    reached = ordered[0].high
    for interval in ordered[1:]:
        yield from _seam(reached, interval)
        reached = _further(reached, interval.high)
    if reached is not None and _short(ceiling - reached.value if ceiling is not None else None, reached):
        yield Flaw(BAND_GAP, f"{'大于' if _belongs(reached) else '不小于'}{reached.shown}的数值没有档")


def _short(missing: Fraction | None, end: End) -> bool:
    """Whether the outermost end leaves out a part of the domain; ``missing`` is its distance to the bound, None if endless."""
    return missing is None or missing > 0 or (missing == 0 and not _belongs(end))


def _seam(reached: End | None, interval: Interval) -> Iterator[Flaw]:
    """Where one interval ends and the next begins."""
    begin = interval.low
    if reached is None or begin is None or reached.value > begin.value:
        yield Flaw(BAND_OVERLAP, f"“{interval}”与前一档重叠")
    elif reached.value < begin.value:
        yield Flaw(BAND_GAP, f"{reached.shown}与{begin.shown}之间没有档")
    elif _belongs(reached) and _belongs(begin):
        yield Flaw(EDGE_UNCLEAR, f"恰为{begin.shown}时同属两档")
    elif not _belongs(reached) and not _belongs(begin):
        yield Flaw(EDGE_UNCLEAR, f"恰为{begin.shown}时没有归属")


def _further(one: End | None, other: End | None) -> End | None:
    if one is None or other is None:
        return None
    return max(one, other, key=lambda end: (end.value, _belongs(end)))
