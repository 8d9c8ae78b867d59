"""Sentences that are nearly the same: found through the runs of characters they share, in time that grows with the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.manuscript import Passage

_RUN = 5
_STRIDE = 3
_COMMON = 12
"""A run of characters that stands in more sentences than this tells nothing."""


@record
class Clause:
    """分句: a sentence or a part of one between semicolons; it begins at the folded character ``start`` of its passage."""

    text: str
    passage: Passage
    start: int

    def span(self, start: int, end: int) -> Span:
        """The original of a part of it."""
        return self.passage.span(self.start + start, self.start + end)


@record
class Difference:
    """异文: words of the one, or the other, that the other has not; ``at`` and ``there`` are where they begin."""

    one: str
    other: str
    at: int
    there: int


def clauses(passages: Iterable[Passage], shortest: int) -> Iterator[Clause]:
    """The clauses of passages that are at least so long."""
    for passage in passages:
        for start, end in passage.sentences() if len(passage.text) >= shortest else ():
            at = start
            for piece in passage.text[start:end].split(";"):
                if len(piece) >= shortest:
                    yield Clause(piece, passage, at)
                at += len(piece) + 1


def alike(ones: Iterable[Clause], others: Iterable[Clause], ratio: float) -> Iterator[tuple[Clause, Clause]]:
    """Each clause of the first with the most similar of the others, where they are nearly but not quite the same."""
    known = list(ones)
    runs: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(known):
        for at in range(len(clause.text) - _RUN + 1):
            runs[clause.text[at : at + _RUN]].append(number)
    shared: list[Counter[int]] = [Counter() for _ in known]
    there = list(others)
    same = {clause.text for clause in there}
    for place, clause in enumerate(there):
        for at in range(0, len(clause.text) - _RUN + 1, _STRIDE):
            numbers = runs.get(clause.text[at : at + _RUN], ())
            for number in numbers if len(numbers) <= _COMMON else ():
                shared[number][place] += 1
    for clause, places in zip(known, shared, strict=True):
        for place, _ in places.most_common(1) if clause.text not in same else ():
            if _near(clause.text, there[place].text, ratio):
                yield clause, there[place]


def _near(one: str, other: str, ratio: float) -> bool:
    """Whether two texts are so much alike; the bounds that take less time are asked first."""
    if 2 * min(len(one), len(other)) / (len(one) + len(other)) < ratio:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ratio and matcher.ratio() >= ratio


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Where two texts differ, in order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return tuple(Difference(one[a:b], other[c:d], a, c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
