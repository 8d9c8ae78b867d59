"""Budgets that were changed within the year: 年初预算 500 万元,追加 30 万元,全年预算 530 万元."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.verdicts import Statement, range_of, shown

_FIRST = pattern("年初(?:部门|批复|财政|安排)?的?预算(?:数|安排|批复|资金|收入|支出)?(?:安排)?(?:为|是|共)?$")
_MORE = pattern("(?:追加|调增|增拨)[^增减]{0,8}$")
_LESS = pattern("(?:调减|核减|压减|收回)[^增减]{0,8}$")
_LAST = pattern("(?:全年|调整后|最终|年度)的?预算(?:数|安排|资金|收入|支出)?(?:为|是|共|达)?$|预算调整为$")
_BEFORE, _AFTER = pattern("年初|预算安排|批复预算|原预算"), pattern("调整后|调整预算|调整为|全年预算")
_MOST = 6


def adjustments(passage: Passage) -> Iterator[Claim]:
    """Every budget at the end of a sentence that began, or follows one that began, with the one at the beginning of the year."""
    for number, first in enumerate(passage.mentions):
        if first.unit.measure is Measure.MONEY and _FIRST.search(first.before):
            following = passage.mentions[number + 1 : number + 1 + _MOST]
            for sentence in (first.sentence, first.sentence + 1):
                near = [each for each in following if each.sentence == sentence and each.like(first)]
                changed = [each for each in near if _MORE.search(each.before) or _LESS.search(each.before)]
                last = next((each for each in near if _LAST.search(each.before)), None)
                if last is not None and changed and near[: len(changed) + 1] == [*changed, last]:
                    yield _statement(first, changed, last).claim(passage)


def _statement(first: Mention, changed: list[Mention], last: Mention) -> Statement:
    computed, written = range_of(first.quantity), shown(first.quantity)
    for each in changed:
        more = _MORE.search(each.before)
        amount = range_of(each.quantity)
        computed = computed + amount if more else computed - amount
        written += f" {'+' if more else '-'} {shown(each.quantity)}"
    return Statement(Relation.SUM, last, (first, *changed), computed, written, confidence=Confidence.LIKELY)


def adjusted(passage: Passage, number: int) -> Statement | None:
    """How much a budget was changed, of the first and the last in the sentence: 年初预算500万元,调整后预算530万元,调整率6%."""
    rate = passage.mentions[number]
    near = [each for each in passage.mentions[:number] if each.sentence == rate.sentence and _is_amount(each)]
    firsts = [each for each in near if _BEFORE.search(each.before)]
    lasts = [each for each in near if _AFTER.search(each.before)]
    if len(firsts) != 1 or len(lasts) != 1:
        return None
    first, last = firsts[0], lasts[0]
    low, high = sorted((first, last), key=lambda each: each.quantity.value)
    changed = (range_of(high.quantity) - range_of(low.quantity)).over_by(range_of(first.quantity))
    if changed is None:
        return None
    written = f"({shown(high.quantity)} - {shown(low.quantity)}) ÷ {shown(first.quantity)}"
    return Statement(Relation.RATIO, rate, (last, first), changed, written, confidence=Confidence.LIKELY)


def _is_amount(mention: Mention) -> bool:
    return mention.unit.measure is Measure.MONEY and addable(mention)
