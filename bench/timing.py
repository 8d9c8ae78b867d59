"""Timing two things against each other: in turns, so that a slow minute of the machine slows both, and by medians."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Contest:
    """What we do and the least that anybody must do; ``limit`` in seconds is for ours, or for what ours takes above the floor."""

    name: str
    ours: Work
    floor_name: str
    floor: Work
    limit: float | None = None
    above_floor: float | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians in seconds; ``ratio`` is the median of the ratios taken pair by pair."""

    contest: Contest
    ours: float
    floor: float
    ratio: float

    @property
    def verdict(self) -> str:
        """Whether a limit holds; a dash where there is none."""
        contest = self.contest
        if contest.limit is None and contest.above_floor is None:
            return "—"
        within = contest.limit is None or self.ours <= contest.limit
        near = contest.above_floor is None or self.ours - self.floor <= contest.above_floor
        return "yes" if within and near else "NO"


def run(contests: Sequence[Contest], rounds: int) -> list[Timed]:
    """Every contest once to warm up, then ``rounds`` rounds through all of them, ours and the floor in turns."""
    for contest in contests:
        contest.ours()
        contest.floor()
    taken: list[list[tuple[float, float]]] = [[] for _ in contests]
    for _ in range(rounds):
        for contest, pairs in zip(contests, taken, strict=True):
            pairs.append((seconds(contest.ours), seconds(contest.floor)))
    return [
        Timed(
            contest,
            median(ours for ours, _ in pairs),
            median(floor for _, floor in pairs),
            median(ours / floor for ours, floor in pairs),
        )
        for contest, pairs in zip(contests, taken, strict=True)
    ]


def seconds(work: Work) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
