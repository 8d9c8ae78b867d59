"""Weights and scores told one indicator after another, behind those that they add up to: 过程权重25分,得22分。…权重15分,得14分;…权重10分,得8分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Statement, added, exactly

_WEIGHT = pattern("(?:权重|分值|标准分|满分|赋分)为?$")
_SCORE = pattern("(?:得|得分|评分)为?$")
_TOTAL = pattern("(?:综合|评价|总体?|整体|最终|绩效|项目)(?:评价)?(?:得分|评分|分)(?:为|是)?$")
_SCORES = pattern("得分.{0,4}分别.{0,2}$")
_GIVEN = pattern("[得扣](?:分|减)?(?:为)?$")
_FEWEST = 3
_FULL = 100
_NEAR = Fraction(1, 5)
"""How far the sum of all classes is from the total at most."""


def marks(passage: Passage) -> Iterator[Claim]:
    """The sum of the weights and that of the scores, where one of them shows that all parts are told."""
    told = [each for each in passage.mentions if each.unit.measure is Measure.POINTS]
    yield from (each.claim(passage) for each in (*_of_total(told), *_of_row(told)))
    pairs = list(_pairs(told))
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


def _of_total(mentions: Sequence[Mention]) -> Iterator[Statement]:
    """The total score before the scores of all classes: 综合评分86分。其中:投入20分,得18分;过程…;效果…, whose weights are a hundred together;
    or weights in brackets behind the scores: 投入18分(满分20分)、…."""
    scored = (number for number, each in enumerate(mentions) if _TOTAL.search(each.before) and not _is_full(each))
    whole = next(scored, None)
    if whole is None:
        return
    rows: list[tuple[Mention, Mention]] = []
    for weight, score in zip(mentions[whole + 1 :], mentions[whole + 2 :], strict=False):
        bracketed = score.depth > weight.depth and bool(_WEIGHT.search(score.before))
        if bracketed or (
            not _GIVEN.search(weight.before) and _SCORE.search(score.before) and score.clause - weight.clause <= 1
        ):
            rows.append((score, weight) if bracketed else (weight, score))
            weights = sum(each.quantity.value for each, _ in rows)
            if weights == _FULL and len(rows) >= _FEWEST:
                yield _sum((mentions[whole], *(each for _, each in rows)))
            if weights >= _FULL:
                return


def _of_row(mentions: Sequence[Mention]) -> Iterator[Statement]:
    """The total score behind the scores of all classes in a row: 得分分别为14分、21.8分、32.4分,总分68.2分; not the mean of several."""
    for number, first in enumerate(mentions):
        if Kind.EACH in first.words and _SCORES.search(first.before):
            row = [each for each in mentions[number:] if each.clause == first.clause]
            total = next(iter(mentions[number + len(row) :]), None)
            told = total is not None and total.clause - first.clause == 1 and _TOTAL.search(total.before)
            if total is not None and told and len(row) >= _FEWEST:
                together = _sum((total, *row))
                whole = total.quantity.value
                if abs(together.computed.value - whole) <= whole * _NEAR:
                    yield together


def _is_full(mention: Mention) -> bool:
    """Whether points are those to be had, not those given: 评价总分100分."""
    return mention.quantity.value == _FULL and mention.before.endswith("总分")


def _sum(row: Sequence[Mention]) -> Statement:
    whole, *parts = row
    quantities = [part.quantity for part in parts]
    computed = exactly(sum((each.value for each in quantities), Fraction(0)))
    return Statement(Relation.SUM, whole, parts, computed, added(quantities), confidence=Confidence.LIKELY)
