"""Sentences that are nearly the same: found through the runs of characters they share, in time that grows with the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from hengji.model.reading import Span
from hengji.reading.manuscript import Passage

_RUN = 5
_STRIDE = 3
_COMMON = 12
"""A run of characters that stands in more sentences than this tells nothing."""


@dataclass(frozen=True, slots=True)
class Clause:
    """分句: a sentence or a part of one between semicolons."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """异文: the words of one that are not in the other, by kind (replaced words together)."""

    one: str
    other: str


def clauses(passages: Iterable[Passage], shortest: int) -> Iterator[Clause]:
    """The clauses of passages that are at least so long."""
    for passage in passages:
        for start, end in passage.sentences():
            at = start
            for piece in passage.text[start:end].split(";"):
                if len(piece) >= shortest:
                    yield Clause(piece, passage.span(at, at + len(piece)))
                at += len(piece) + 1


def alike(ones: Iterable[Clause], others: Iterable[Clause], ratio: float) -> Iterator[tuple[Clause, Clause]]:
    """Each clause of the first with the most similar of the others, where they are nearly but not quite the same."""
    known = list(ones)
    runs: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(known):
        for at in range(len(clause.text) - _RUN + 1):
            runs[clause.text[at : at + _RUN]].append(number)
    shared: list[Counter[Clause]] = [Counter() for _ in known]
    same: set[str] = set()
    for clause in others:
        same.add(clause.text)
        for at in range(0, len(clause.text) - _RUN + 1, _STRIDE):
            numbers = runs.get(clause.text[at : at + _RUN], ())
            for number in numbers if len(numbers) <= _COMMON else ():
                shared[number][clause] += 1
    for clause, others_of in zip(known, shared, strict=True):
        for other, _ in others_of.most_common(1) if clause.text not in same else ():
            if SequenceMatcher(None, clause.text, other.text, autojunk=False).ratio() >= ratio:
                yield clause, other


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Where two texts differ, in order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return tuple(Difference(one[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
