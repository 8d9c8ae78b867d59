"""Budgets that were changed within the year: 年初预算 500 万元,追加 30 万元,全年预算 530 万元."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Statement, range_of, shown

_FIRST = pattern("年初(?:部门|批复|财政|安排)?的?预算(?:数|安排|批复|资金|收入|支出)?(?:安排)?(?:为|是|共)?$")
_MORE = pattern("(?:追加|调增|增拨)[^增减]{0,8}$")
_LESS = pattern("(?:调减|核减|压减|收回)[^增减]{0,8}$")
_LAST = pattern("(?:全年|调整后|最终|年度)的?预算(?:数|安排|资金|收入|支出)?(?:为|是|共|达)?$|预算调整为$")
_MOST = 4


def adjustments(passage: Passage) -> Iterator[Claim]:
    """Every budget at the end of a sentence that began with the one at the beginning of the year."""
    for number, first in enumerate(passage.mentions):
        if first.unit.measure is Measure.MONEY and _FIRST.search(first.before):
            following = passage.mentions[number + 1 : number + 1 + _MOST]
            near = [each for each in following if each.sentence == first.sentence and each.like(first)]
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
