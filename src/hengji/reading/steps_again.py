"""Steps told again: on another day, or with another number, where the rest of what is told bears out that it is the same step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.dates import Grain
from hengji.reading.steps import PLAIN_KINDS, Step, called

_MOST = 60
"""What is told so often is not one thing."""
_DIGITS = 3
"""A number of so many digits is hardly another's by chance."""
_WORDS, _MANY_WORDS = 5, 7
_ONCE = frozenset({"招标", "开标", "批复", "下达"})
"""What is rarely done twice for one thing, nor for several things by turns."""


@record
class Recounted:
    """改动的数: a step, its number and unit, and the step that is told with another number."""

    kind: str
    unit: str
    number: str
    span: Span
    otherwise: str
    other: Span


_Key = tuple[str, frozenset[str], tuple[int, int]]
"""The kind of a step, which one it is, and its day."""


class _Told:
    """The steps of a report by kind and by where they are told."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.kinds: dict[str, list[Step]] = defaultdict(list)
        self.homes: dict[int, set[_Key]] = defaultdict(set)
        for step in steps:
            if step.dated.grain is not Grain.YEAR:
                self.kinds[step.kind].append(step)
            if step.dated.grain is Grain.DAY:
                self.homes[step.home].add((step.kind, step.which, _day(step)))

    def days(self, kind: str, but: Step | None = None) -> set[tuple[int, int]]:
        """The days of a kind in the whole report, one step left out."""
        return {_day(step) for step in self.kinds[kind] if step is not but and step.dated.grain is Grain.DAY}

    def mates(self, one: Step, other: Step) -> set[_Key]:
        """The other steps told with both, on the same day in both places."""
        return self.homes[one.home] & self.homes[other.home]

    def same(self, one: Step, other: Step) -> bool:
        """Whether two steps of one kind, told on two days, are one step all the same."""
        if one.which and other.which and not one.which & other.which:
            return False
        shared = one.numbers & other.numbers
        if min(one.dated.grain, other.dated.grain) is not Grain.DAY:
            return any(len(number) > 1 for number in shared) and (
                one.kind not in PLAIN_KINDS or one.which == other.which
            )
        mates = self.mates(one, other)
        if one.which and other.which:
            return bool(shared or mates or (not (one.numbers and other.numbers) and _slipped(one, other)))
        if any(len(number.replace(".", "").strip("0")) >= _DIGITS for number in shared):
            return True
        alone = len(self.days(one.kind, one)) == 1 or len(self.days(other.kind, other)) == 1
        if one.kind not in PLAIN_KINDS:
            return bool(shared) or (alone and _slipped(one, other))
        if len(mates) > 1 or (mates and shared):
            return alone
        if any(len(self.days(kind)) == 1 for kind, _, _ in mates):
            return alone
        alike = one.kind in _ONCE and len(one.words & other.words) >= _WORDS
        return alone and _slipped(one, other) and bool(shared or alike)


def on_two_days(steps: Iterable[Step]) -> Iterator[tuple[Step, Step]]:
    """Steps that no other place tells on their day, each with one that tells the same step on another."""
    told = _Told(steps)
    for group in told.kinds.values():
        said: set[int] = set()
        for number, step in enumerate(group if len(group) <= _MOST else ()):
            if number in said or any(each.home != step.home and _agree(each, step) for each in group):
                continue
            for at, other in enumerate(group):
                if (
                    at in said
                    or other.home == step.home
                    or not step.other_day(other)
                    or _tells_both(group, step, other)
                ):
                    continue
                if told.same(step, other):
                    said.update((number, at))
                    yield (
                        (other, step) if other.span.start > step.span.start and _lonely(group, other) else (step, other)
                    )
                    break


def _lonely(group: Sequence[Step], step: Step) -> bool:
    return not any(each.home != step.home and _agree(each, step) for each in group)


def _agree(one: Step, other: Step) -> bool:
    return _same_day(one, other) and (not one.which or not other.which or bool(one.which & other.which))


def _tells_both(group: Sequence[Step], one: Step, other: Step) -> bool:
    """Whether one of the two places tells of both days: then there are two steps."""
    homes = (one.home, other.home)
    return any(
        each.home in homes
        and _agree(each, there if each.home == here.home else here)
        and each is not here
        and each is not there
        for each in group
        for here, there in ((one, other),)
    )


def _same_day(one: Step, other: Step) -> bool:
    return one.kind == other.kind and not one.other_day(other)


def _day(step: Step) -> tuple[int, int]:
    return step.dated.first.month, step.dated.first.day


def _slipped(one: Step, other: Step) -> bool:
    """Whether only the month or the day differs, by one digit or two that changed places."""
    ours, theirs = one.dated.first, other.dated.first
    if (ours.month != theirs.month) == (ours.day != theirs.day) or (
        one.sure and other.sure and ours.year != theirs.year
    ):
        return False
    return near(*(f"{each.month:02}{each.day:02}" for each in (ours, theirs)))


def near(one: str, other: str) -> bool:
    """Whether numbers of one length differ in one digit, or in two neighbours that changed places."""
    apart = [at for at in range(len(one)) if one[at : at + 1] != other[at : at + 1]]
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1 and sorted(one) == sorted(other)  # noqa: PLR2004
    return len(one) == len(other) and (len(apart) == 1 or swapped)


def recounted(steps: Iterable[Step]) -> Iterator[Recounted]:
    """What was done on one day and is told with two numbers of one unit."""
    days: dict[tuple[str, date], list[Step]] = defaultdict(list)
    for step in steps:
        if step.counted and step.dated.grain is Grain.DAY:
            days[step.kind, step.dated.first].append(step)
    for same in days.values():
        met: set[Span] = set()
        for at, one in enumerate(same[:_MOST]):
            others = (other for other in same[:at] if other.home != one.home and _one_thing(one, other))
            for again in (found for other in others for found in _numbers(one, other)):
                if met.isdisjoint((again.span, again.other)):
                    met.update((again.span, again.other))
                    yield again


def _one_thing(one: Step, other: Step) -> bool:
    """Whether what was done on one day may be one thing: an occasion, a step of one batch, or one told in the same words."""
    if one.kind not in PLAIN_KINDS or (one.which and one.which == other.which):
        return True
    return one.which == other.which and len(one.words & other.words) >= _MANY_WORDS


def _numbers(one: Step, other: Step) -> Iterator[Recounted]:
    for unit in dict.fromkeys(unit for _, unit, _ in one.counted):
        ours, theirs = ([each[::2] for each in step.counted if each[1] == unit] for step in (one, other))
        sure = one.kind not in PLAIN_KINDS or one.which
        apart = [(here, there) for here, there in zip(ours, theirs, strict=False) if here[0] != there[0]]
        if len(ours) == len(theirs) and len(apart) == 1 and (sure or near(apart[0][0][0], apart[0][1][0])):
            yield Recounted(called(one), unit, *apart[0][0], *apart[0][1])
