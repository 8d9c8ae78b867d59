"""Totals whose parts are told elsewhere: 共计 681 张床位 in one chapter, 172 张 and 498 张 in the items of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import as_printed, label, shown, total

_TOTALS = frozenset({Kind.TOTAL, Kind.LOOSE_TOTAL})
_WORD = re.compile("[一-龥]{2}")
_SHARE = 10
"""A sum of other things is seldom within a tenth of the total."""

_SMALLEST = 20


def distant(passages: Sequence[Passage], blocks: Iterable[Sequence[Mention]]) -> Iterator[Claim]:
    """Totals without parts of their own, beside what the items of a list or the clauses of a paragraph add up to."""
    groups: dict[tuple[Measure, str], list[Sequence[Mention]]] = defaultdict(list)
    for block in blocks:
        groups[block[0].unit.measure, block[0].unit.kind].append(block)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for passage in passages:
        for mention in passage.mentions:
            counts[mention.unit.kind, mention.quantity.printed] += 1
    for passage in passages:
        for mention in passage.mentions:
            if _lone(passage, mention):
                claim = _compared(passage, mention, groups[mention.unit.measure, mention.unit.kind])
                if claim and (
                    claim.verdict is Verdict.HELD or counts[mention.unit.kind, mention.quantity.printed] == 1
                ):
                    yield claim


def _lone(passage: Passage, mention: Mention) -> bool:
    """Whether a quantity is called a total and no part of it stands before it in its sentence or after it."""
    if not (mention.words & _TOTALS and addable(mention) and mention.unit.measure is Measure.COUNT):
        return False
    if mention.quantity.value < _SMALLEST:
        return False
    return not any(
        each is not mention and each.like(mention) and each.sentence == mention.sentence for each in passage.mentions
    )


def _compared(passage: Passage, mention: Mention, groups: Sequence[Sequence[Mention]]) -> Claim | None:
    near: Sequence[Mention] | None = None
    for parts in groups:
        if any(part is mention for part in parts) or not _same_words(mention, parts):
            continue
        together = total(part.quantity for part in parts)
        if together.holds(mention.quantity):
            return _claim(passage, mention, parts, Verdict.HELD)
        if abs(together.value - mention.quantity.value) * _SHARE <= mention.quantity.value:
            near = parts
    return None if near is None else _claim(passage, mention, near, Verdict.CONTRADICTED)


def _same_words(mention: Mention, parts: Sequence[Mention]) -> bool:
    """Whether what is totalled and each part are told with a word in common."""
    ours = _pairs(mention.before + mention.after)
    return all(ours & _pairs(part.before + part.after) for part in parts)


def _pairs(words: str) -> set[str]:
    """All pairs of neighbouring characters, which stand for words."""
    return {words[n : n + 2] for n in range(len(words) - 1) if _WORD.fullmatch(words[n : n + 2])} - {
        "共计",
        "合计",
        "人次",
        "累计",
    }


def _claim(passage: Passage, mention: Mention, parts: Sequence[Mention], verdict: Verdict) -> Claim:
    expected = as_printed(total(part.quantity for part in parts).value, mention.quantity)
    written = " + ".join(shown(part.quantity) for part in parts)
    return Claim(
        Relation.DISTANT,
        passage.span(mention.token.start, mention.token.end),
        (mention.quantity, *(part.quantity for part in parts)),
        verdict,
        f"{written} = {expected}",
        "" if verdict is Verdict.HELD else expected,
        label(mention),
        Confidence.LIKELY,
    )
