"""Rates told of an amount without what they are a rate of, where a table or another sentence has the same rate with both amounts.

支出4,109.95万元,执行率95.89% is what a row says of 4,286.00 and 4,109.95; a rate that would fit another amount of the report is of that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import agree, range_of, repeated

_NAME = pattern("(?P<sort>执行|支出|支付|拨付|到位|使用|完成)率(?:仅|只)?(?:为|是|达到?|约)?$")
_QUOTIENTS = frozenset({Relation.RATIO, Relation.TABLE_RATIO})
_WITH_BOTH = 3


def rates_again(passages: Sequence[Passage], claims: Sequence[Claim], in_tables: Iterable[Quantity]) -> Iterator[Claim]:
    """Rates that differ from what the same amount has elsewhere, and fit no other amount. Time is that of sorting the amounts."""
    known: dict[Fraction, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.verdict is Verdict.HELD and claim.relation in _QUOTIENTS and len(claim.quantities) == _WITH_BOTH:
            known[claim.quantities[1].value].append(claim)
    told = {claim.quantities[0].span for claim in claims if claim.quantities}
    alone = [each for passage in passages for each in _rates(passage) if each[1].quantity.span not in told]
    odd = [(amount, rate, other) for amount, rate, sort in alone if (other := _other(amount, rate, sort, known))]
    if not odd:
        return
    mentioned = (mention.quantity for passage in passages for mention in passage.mentions)
    values = sorted(each.value for each in (*mentioned, *in_tables) if each.measure is Measure.MONEY)
    for amount, rate, other in odd:
        whole = range_of(amount.quantity).over_by(range_of(rate.quantity))
        at = bisect_left(values, whole.low) if whole is not None else len(values)
        if whole is not None and not (at < len(values) and values[at] <= whole.high):
            yield repeated(rate.quantity, other.quantities[0], Verdict.CONTRADICTED, Confidence.LIKELY)


def _rates(passage: Passage) -> Iterator[tuple[Mention, Mention, str]]:
    """Amounts of money with the rate told right behind them, and its sort (执行)."""
    for amount, rate in pairwise(passage.mentions):
        money = amount.unit.measure is Measure.MONEY and rate.unit.measure is Measure.RATE
        beside = rate.clause - amount.clause == 1 and rate.sentence == amount.sentence
        plain = rate.quantity.hedge is amount.quantity.hedge is Hedge.NONE
        if money and beside and plain and (named := _NAME.search(rate.before)):
            yield amount, rate, named["sort"]


def _other(amount: Mention, rate: Mention, sort: str, known: Mapping[Fraction, Sequence[Claim]]) -> Claim | None:
    """The one rate of this sort that the amount has elsewhere, where this is another."""
    same = [each for each in known.get(amount.quantity.value, ()) if sort in each.about]
    one = len({each.quantities[0].value for each in same}) == 1
    return same[0] if one and not agree((rate.quantity, same[0].quantities[0])) else None
