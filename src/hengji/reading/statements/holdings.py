"""What is owned and owed, and what things are worth yet: 资产总额 800 万元,负债总额 120 万元,净资产 680 万元; 原值…,累计折旧…,净值…."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Statement, range_of, sharpened, shown

_IS = "(?:总额|总计|合计|总值)?(?:共计|[为是共达])?$"
_OWNED = pattern(rf"(?<![净定动形公均收货币])资产(?:总额|总计|合计|总值)(?:共计|[为是共达])?$|(?<=账面)资产{_IS}")
_OWED = pattern(rf"(?<![动期性])负债{_IS}")
_NET = pattern(rf"(?:净资产|所有者权益){_IS}")
_TIME = pattern(r"[年期]初|[年期]末|上年|\d{4}年")
OWN, WORTH = "净资产", "净值"
_COST = pattern(rf"资产(?:账面)?原[值价]{_IS}")
_WORN = pattern(rf"(?:累计折旧|折旧额?){_IS}")
_LEFT = pattern(rf"净值{_IS}")


def holdings(passage: Passage) -> Iterator[Claim]:
    """Net assets that stand behind assets and debts in their sentence, each told once."""
    for first, last in passage.sentences:
        told = [each for each in passage.between(first, last) if each.unit.measure is Measure.MONEY]
        found = [_only([each for each in told if words.search(each.before)]) for words in (_OWNED, _OWED, _NET)]
        owned, owed, own = found
        if owned is not None and owed is not None and own is not None and _of_one_time(owned, owed, own):
            yield _statement(owned, owed, own, OWN).claim(passage)
        for cost, worn, left in zip(told, told[1:], told[2:], strict=False):
            named = _COST.search(cost.before) and _WORN.search(worn.before) and _LEFT.search(left.before)
            if named and _of_one_time(cost, worn, left):
                yield _statement(cost, worn, left, WORTH).claim(passage)


def _of_one_time(first: Mention, *others: Mention) -> bool:
    """Whether none of the others is said to be of a time that the first is not."""
    return all(word in first.before for each in others for word in _TIME.findall(each.before))


def _only(mentions: list[Mention]) -> Mention | None:
    return mentions[0] if len(mentions) == 1 and not mentions[0].unit.per else None


def _statement(owned: Mention, owed: Mention, own: Mention, about: str) -> Statement:
    computed = range_of(owned.quantity) - range_of(owed.quantity)
    sharp = sharpened(owned.quantity, own.quantity) - sharpened(owed.quantity, own.quantity)
    written = f"{shown(owned.quantity)} - {shown(owed.quantity)}"
    return Statement(
        Relation.DIFFERENCE, own, (owned, owed), computed, written, about, confidence=Confidence.CERTAIN, sharp=sharp
    )
