"""Standards and payments of subsidies, as sentences state them: 每张床位补助 3000 元; 完成床位建设 24 张，实际补助 12.00 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Hedge, Measure
from hengji.model.patterns import pattern
from hengji.model.subsidy import StatedPayment, StatedStandard, Subsidies
from hengji.reading.documents import cited_in
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind
from hengji.reading.units import unit_named

_EACH = pattern(rf"每(?P<per>{HAN}{{1,3}}?)(?=床位|一次|次性|给予|补|奖|资助|按|发|不|每|{HAN}{{0,8}}$)")
_PAID = pattern(r"补助|补贴|奖补|奖励|资助")
_NOT_PAID = pattern(r"标准|每|未|尚|应|涉及")


def subsidies_of(passages: Sequence[Passage]) -> Subsidies:
    """The standards and payments of a report's paragraphs."""
    standards = tuple(each for passage in passages for each in _standards(passage))
    payments = tuple(each for passage in passages for each in _payments(passage))
    return Subsidies(standards, payments)


def _standards(passage: Passage) -> Iterator[StatedStandard]:
    documents = tuple(dict.fromkeys(cited.number for cited in cited_in(passage.text)))
    for mention in passage.mentions:
        if mention.quantity.measure is not Measure.MONEY or mention.quantity.hedge is not Hedge.NONE:
            continue
        per = _per(mention)
        if per:
            yield StatedStandard(mention.quantity, per, passage.span(mention.token.start, mention.token.end), documents)


def _per(mention: Mention) -> str:
    """What an amount is one for; empty where it is for none, or for two things at once (每人每月)."""
    if mention.unit.per:
        return mention.unit.per
    if Kind.PER not in mention.words or mention.before.count("每") > 1:
        return ""
    match = _EACH.search(mention.before)
    unit = unit_named(match["per"]) if match else None
    return unit.kind if unit is not None and unit.measure is Measure.COUNT else ""


def _payments(passage: Passage) -> Iterator[StatedPayment]:
    """A number of things, and in the next clause of the same sentence an amount that was paid."""
    for count, amount in zip(passage.mentions, passage.mentions[1:], strict=False):
        paid = _PAID.search(amount.before) and not _NOT_PAID.search(amount.before)
        beside = count.sentence == amount.sentence and amount.clause - count.clause in {0, 1}
        if (
            paid
            and beside
            and count.quantity.measure is Measure.COUNT
            and amount.quantity.measure is Measure.MONEY
            and not (count.unit.per or amount.unit.per)
            and count.quantity.hedge is amount.quantity.hedge is Hedge.NONE
            and count.quantity.value > 0
        ):
            span = passage.span(count.token.start - len(count.before), amount.token.end)
            yield StatedPayment(amount.quantity, count.quantity, count.unit.kind, span)
