"""Totals whose parts are told elsewhere: 共计 681 张床位 in one chapter, 172 张 and 498 张 in the items of another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import TOTALS
from hengji.reading.statements.verdicts import Range, added, as_printed, label, total

_WORD = pattern(f"{HAN}{{2}}")
_SHARE = 10
"""A sum of other things is seldom within a tenth of the total."""

_SMALLEST = 20
_MOST = 50


@record
class _Group:
    """并列的数量: quantities side by side, and what they come to."""

    total: Range
    parts: Sequence[Mention]


def distant(passages: Sequence[Passage], blocks: Iterable[Sequence[Mention]]) -> Iterator[Claim]:
    """Totals without parts of their own, beside what the items of a list or the clauses of a paragraph add up to."""
    groups: dict[tuple[Measure, str], list[_Group]] = defaultdict(list)
    for block in blocks:
        groups[block[0].unit.measure, block[0].unit.kind].append(_Group(total(part.quantity for part in block), block))
    for group in groups.values():
        group.sort(key=_value)
    counts = Counter((each.unit.kind, each.quantity.printed) for passage in passages for each in passage.mentions)
    for passage in passages:
        for mention in passage.mentions:
            if _lone(passage, mention):
                claim = _compared(passage, mention, groups[mention.unit.measure, mention.unit.kind])
                once = counts[mention.unit.kind, mention.quantity.printed] == 1
                if claim and (claim.verdict is Verdict.HELD or once):
                    yield claim


def _value(group: _Group) -> Fraction:
    return group.total.value


def _lone(passage: Passage, mention: Mention) -> bool:
    """Whether a quantity is called a total and no part of it stands before it in its sentence or after it."""
    if not (mention.words & TOTALS and addable(mention) and mention.unit.measure is Measure.COUNT):
        return False
    if mention.quantity.value < _SMALLEST:
        return False
    return not any(
        each is not mention and each.like(mention) and each.sentence == mention.sentence for each in passage.mentions
    )


def _compared(passage: Passage, mention: Mention, groups: Sequence[_Group]) -> Claim | None:
    """The total beside the sums that are near it, the nearest first."""
    value = mention.quantity.value
    first = bisect_left(groups, value * (_SHARE - 1) / _SHARE, key=_value)
    last = bisect_right(groups, value * (_SHARE + 1) / _SHARE, key=_value)
    near = sorted(groups[first:last][:_MOST], key=lambda group: abs(group.total.value - value))
    for group in near:
        if all(part is not mention for part in group.parts) and _same_words(mention, group.parts):
            verdict = Verdict.HELD if group.total.holds(mention.quantity) else Verdict.CONTRADICTED
            return _claim(passage, mention, group.parts, verdict)
    return None


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
    return Claim(
        Relation.DISTANT,
        passage.span(mention.token.start, mention.token.end),
        (mention.quantity, *(part.quantity for part in parts)),
        verdict,
        f"{added(part.quantity for part in parts)} = {expected}",
        "" if verdict is Verdict.HELD else expected,
        label(mention),
        Confidence.LIKELY,
    )
