"""Several changes in a row of several amounts in a row: 三年分别支出 800 万元、880 万元、924 万元,后两年分别比上年增长 10%、5%.

The amounts are those of years one after another, each the base of the next; or those of several in one year and then in the other; or
both of each in turn. A rate that is a mean of others in a row (平均节约率) lies between them, and is their mean where it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Range, Statement, differing, exactly, range_of, shown, total

_AMOUNTS = frozenset({Measure.MONEY, Measure.COUNT})
_BOUNDS = frozenset({Hedge.MORE, Hedge.LESS})
_TIMES = frozenset({"年", "月", "季度", "学期"})
_NEXT = pattern("^(?:[和及与]|以及)?(?:同比)?(?:增长|下降|增加|减少|提高|降低|上升)?了?$")
_MEAN = pattern("(?P<plain>简单|算术)?平均[一-龥]{0,8}[率度][为是]?$")
_OF_YEARS = pattern("^(?:来|间|的|年度|总体)?平均[一-龥]{0,8}$")
_FEWEST = 2
_HALF = Fraction(1, 2)

_Pair = tuple[Mention, Mention]


def rows(passage: Passage) -> Iterator[Claim]:
    """The changes in a row of amounts in a row, of which all but one hold at least; and the means of rates in a row."""
    for number, first in enumerate(passage.mentions):
        if Kind.EACH not in first.words:
            continue
        row = _row(passage.mentions, number)
        if len(row) < _FEWEST:
            continue
        if first.words & CHANGES and Kind.UP_TO not in first.words:
            yield from (each.claim(passage) for each in _changes(row, passage.mentions[:number]))
        elif not first.words & CHANGES:
            told = _mean if first.unit.measure is Measure.RATE else _mean_of_years
            yield from (each.claim(passage) for each in told(row, passage.mentions[number + len(row) :]))


def _row(mentions: Sequence[Mention], number: int) -> list[Mention]:
    """The quantities from ``number`` on that have nothing between them but 、 and 和, and words for their changes."""
    row = [mentions[number]]
    for mention in mentions[number + 1 :]:
        if not mention.like(row[0]) or not _NEXT.match(mention.before) or mention.sentence != row[0].sentence:
            break
        row.append(mention)
    return row


def _changes(row: Sequence[Mention], before: Sequence[Mention]) -> Sequence[Statement]:
    ways = [[_change(change, *pair) for change, pair in zip(row, pairs, strict=True)] for pairs in _pairs(row, before)]
    told = [[each for each in way if each is not None] for way in ways]
    best = max(told, key=_held, default=[])
    return best if len(best) == len(row) and _held(best) >= len(row) - 1 else []


def _held(way: Sequence[Statement]) -> int:
    return sum(each.computed.holds(each.stated.quantity) for each in way)


def _pairs(row: Sequence[Mention], before: Sequence[Mention]) -> Iterator[Sequence[_Pair]]:
    """The ways to take what changed, from which to which."""
    count = len(row)
    told = [
        each
        for each in before
        if each.unit.measure in _AMOUNTS
        and each.unit.kind not in _TIMES
        and each.quantity.hedge not in _BOUNDS
        and row[0].sentence - each.sentence <= 1
    ]
    years = told[-count - 1 :]
    if len(years) == count + 1 and _alike(years) and not _begins(years[1:]):
        yield list(pairwise(years))
    both = told[-2 * count :]
    if len(both) == 2 * count and _alike(both) and not _begins([*both[1:count], *both[count + 1 :]]):
        yield list(zip(both[:count], both[count:], strict=True))
        yield list(zip(both[::2], both[1::2], strict=True))


def _begins(mentions: Sequence[Mention]) -> bool:
    """Whether a row begins with one of some amounts."""
    return any(Kind.EACH in each.words for each in mentions)


def _alike(mentions: Sequence[Mention]) -> bool:
    return all(each.like(mentions[0]) and not each.words & CHANGES - {Kind.UP_TO} for each in mentions)


def _change(change: Mention, base: Mention, other: Mention) -> Statement | None:
    """The rate or the amount of a change from one amount to another."""
    difference = differing(Relation.CHANGE, change, base, other)
    if change.like(base):
        return difference
    quotient = range_of(other.quantity).over_by(range_of(base.quantity))
    if change.unit.measure is not Measure.RATE or quotient is None:
        return None
    rate = quotient - exactly(1) if other.quantity.value > base.quantity.value else exactly(1) - quotient
    said = f"({difference.sum}) ÷ {shown(base.quantity)}"
    return Statement(Relation.GROWTH, change, (base, other), rate, said, confidence=Confidence.LIKELY)


def _mean(rates: Sequence[Mention], after: Sequence[Mention]) -> Iterator[Statement]:
    """The mean right behind some rates; one that may be weighed may be anything between them."""
    mean = after[0] if after and after[0].sentence == rates[0].sentence else None
    match = _MEAN.search(mean.before) if mean is not None else None
    if mean is None or match is None or not mean.like(rates[0]) or mean.clause - rates[-1].clause > 1:
        return
    plain = total(each.quantity for each in rates) * exactly(Fraction(1, len(rates)))
    found = plain if match["plain"] or plain.holds(mean.quantity) else _between(rates, plain)
    if found is plain or not found.holds(mean.quantity):
        written = f"({' + '.join(shown(each.quantity) for each in rates)}) ÷ {len(rates)}"
        yield Statement(Relation.AVERAGE, mean, rates, found, written, confidence=Confidence.LIKELY)


def _mean_of_years(row: Sequence[Mention], after: Sequence[Mention]) -> Iterator[Statement]:
    """The mean of as many years as there are amounts right before it: 分别为 90.2 分、91.5 分和 92.5 分,三年平均 91.4 分."""
    years, mean = after[:2] if len(after) > 1 else (None, None)
    if years is None or mean is None or not mean.like(row[0]) or mean.sentence != row[0].sentence:
        return
    if years.unit.kind != "年" or years.quantity.value != len(row) or _OF_YEARS.match(mean.before) is None:
        return
    found = total(each.quantity for each in row) * exactly(Fraction(1, len(row)))
    if mean.quantity.low == mean.quantity.high:
        found = Range(found.low - _HALF, found.high + _HALF, found.value)  # people and things are told in whole ones
    written = f"({' + '.join(shown(each.quantity) for each in row)}) ÷ {len(row)}"
    yield Statement(Relation.AVERAGE, mean, row, found, written, confidence=Confidence.LIKELY)


def _between(rates: Sequence[Mention], plain: Range) -> Range:
    low = min(each.quantity.low for each in rates)
    return Range(low, max(each.quantity.high for each in rates), plain.value)
