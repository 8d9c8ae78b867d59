"""A rate with two of its digits in each other's place: the amounts right before it give the same digits in another order.

Nothing says of what such a rate is; that another order of its digits is just what two amounts beside it give is hardly chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.finding import Confidence
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range, Statement, as_printed, range_of, shown

_CHANGE = frozenset({Kind.RISE, Kind.FALL, Kind.VERSUS, Kind.UP_TO, Kind.EACH, Kind.STANDARD})
_MOST, _APART, _DIGITS, _SWAPPED = 5, 4, 3, 2

_Way = tuple[Range, tuple[Mention, ...], str]


def transposed(passage: Passage) -> Iterator[Claim]:
    """Every rate whose digits stand in another order than those of what the amounts before it in the sentence give."""
    for number, rate in enumerate(passage.mentions):
        if rate.unit.measure is not Measure.RATE or rate.quantity.hedge is not Hedge.NONE or rate.words & _CHANGE:
            continue
        if sum(sign.isdecimal() for sign in rate.quantity.printed) < _DIGITS:
            continue
        before = passage.mentions[max(0, number - _MOST) : number]
        near = [each for each in before if _is_beside(each, rate)]
        ways = list(_ways(near))
        if any(computed.holds(rate.quantity) for computed, _, _ in ways):
            continue
        swapped = [way for way in ways if _is_swapped(way[0], rate)]
        if len(swapped) == 1:
            computed, others, written = swapped[0]
            yield Statement(Relation.RATIO, rate, others, computed, written, rate.before, Confidence.LIKELY).claim(
                passage
            )


def _is_beside(mention: Mention, rate: Mention) -> bool:
    return mention.sentence == rate.sentence and addable(mention) and rate.clause - mention.clause <= _APART


def _ways(near: Sequence[Mention]) -> Iterator[_Way]:
    """What one amount, or two beside each other, are of a larger one."""
    for one, other in combinations(near, 2):
        low, high = sorted((one, other), key=lambda each: each.quantity.value)
        quotient = range_of(low.quantity).over_by(range_of(high.quantity)) if low.like(high) else None
        if quotient is not None:
            yield quotient, (low, high), f"{shown(low.quantity)} ÷ {shown(high.quantity)}"
    for first, second in pairwise(near):
        for whole in near:
            if whole in (first, second) or not (first.like(whole) and second.like(whole)):
                continue
            quotient = (range_of(first.quantity) + range_of(second.quantity)).over_by(range_of(whole.quantity))
            if quotient is not None and quotient.value <= 1:
                said = f"({shown(first.quantity)} + {shown(second.quantity)}) ÷ {shown(whole.quantity)}"
                yield quotient, (first, second, whole), said


def _is_swapped(computed: Range, rate: Mention) -> bool:
    """Whether two digits, and nothing else, stand in each other's place."""
    meant = as_printed(computed.value, rate.quantity).removesuffix(rate.quantity.unit)
    said = rate.quantity.printed
    if len(meant) != len(said):
        return False
    other = [(a, b) for a, b in zip(meant, said, strict=True) if a != b]
    return len(other) == _SWAPPED and other[0] == other[1][::-1]
