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
                near = _nearest(mention, groups[mention.unit.measure, mention.unit.kind])
                if near is None:
                    continue
                once = counts[mention.unit.kind, mention.quantity.printed] == 1
                held = near.total.holds(mention.quantity)
                if held or once:
                    yield _claim(passage, mention, near.parts, Verdict.HELD if held else Verdict.CONTRADICTED)
                    yield from _beside(passages, passage, mention, near.parts)


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


def _nearest(mention: Mention, groups: Sequence[_Group]) -> _Group | None:
    """Of the sums that are near a total and told of the same thing the nearest."""
    value = mention.quantity.value
    first = bisect_left(groups, value * (_SHARE - 1) / _SHARE, key=_value)
    last = bisect_right(groups, value * (_SHARE + 1) / _SHARE, key=_value)
    near = sorted(groups[first:last][:_MOST], key=lambda group: abs(group.total.value - value))
    fitting = (
        group
        for group in near
        if all(part is not mention for part in group.parts) and _same_words(mention, group.parts)
    )
    return next(fitting, None)


def _beside(passages: Sequence[Passage], home: Passage, mention: Mention, parts: Sequence[Mention]) -> Iterator[Claim]:
    """Who has what is totalled, counted beside the total and beside each part: 6 家建成 681 张 where 3 家 have 172 张 and 2 家 498 张.

    One that stands among two parts is counted once in the total, so that only a total above the sum is wrong.
    """
    whole = _counted_before(home, mention, 1)
    if whole is None:
        return
    homes = (next((each for each in passages if each.tells(part)), None) for part in parts)
    owners = [_counted_before(each, part, 0) if each else None for each, part in zip(homes, parts, strict=True)]
    alike = [owner for owner in owners if owner is not None and owner.like(whole)]
    if len(alike) == len(parts) and len(set(map(id, alike))) == len(alike) and _same_words(whole, alike):
        together = total(owner.quantity for owner in alike)
        if whole.quantity.low > together.high:
            yield _claim(home, whole, alike, Verdict.CONTRADICTED)


def _counted_before(passage: Passage, mention: Mention, clauses: int) -> Mention | None:
    """The count of something else right before a mention in its sentence, at most so many clauses before."""
    before = [each for each in passage.mentions if each.at < mention.at and each.sentence == mention.sentence]
    last = before[-1] if before else None
    if last is None or last.unit.measure is not Measure.COUNT or last.like(mention):
        return None
    return last if mention.clause - last.clause <= clauses else None


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
