"""Weights and scores told one indicator after another, behind those that they add up to: 过程权重25分,得22分。…权重15分,得14分;…权重10分,得8分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Statement, exactly, shown

_WEIGHT = pattern("(?:权重|分值|标准分|满分|赋分)为?$")
_SCORE = pattern("(?:得|得分|评分)为?$")
_FEWEST = 3


def marks(passage: Passage) -> Iterator[Claim]:
    """The sum of the weights and that of the scores, where one of them shows that all parts are told."""
    pairs = list(_pairs([each for each in passage.mentions if each.unit.measure is Measure.POINTS]))
    if len(pairs) < _FEWEST:
        return
    statements = [_sum(row) for row in zip(*pairs, strict=True)]
    if any(each.computed.holds(each.stated.quantity) for each in statements):
        yield from (each.claim(passage) for each in statements)


def _pairs(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Each weight with the score that comes before the next weight."""
    weight: Mention | None = None
    for mention in mentions:
        if _WEIGHT.search(mention.before):
            weight = mention
        elif weight is not None and _SCORE.search(mention.before):
            yield weight, mention
            weight = None


def _sum(row: Sequence[Mention]) -> Statement:
    whole, *parts = row
    computed = exactly(sum((part.quantity.value for part in parts), Fraction(0)))
    written = " + ".join(shown(part.quantity) for part in parts)
    return Statement(Relation.SUM, whole, parts, computed, written, confidence=Confidence.LIKELY)
