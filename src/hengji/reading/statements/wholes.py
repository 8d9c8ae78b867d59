"""Shares of a whole that is told elsewhere and called by its name: 占本年支出合计的 64.7%, where 本年支出合计 stands a page before.

Several parts in a row have their shares in the same order (货物、服务分别为…和…，占采购总额的…和…).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.reading import Span
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Statement, range_of, shown

_NAME = re.compile(r"占(?:到|了|同期|当年|全部)?(?P<name>[一-龥“”()]{4,24}?)的?(?:比重|比例)?(?:分别)?(?:为|达到?)?$")
_VERB = re.compile("(?:[数为是达到共仅有约]|累计|完成|实现|决算|合计|总计|总额|金额)+$")
_AND = frozenset({"", "和", "及", "与", "以及"})
_LAST, _NEAR = 4, 2


def wholes(passages: Sequence[Passage], stated: AbstractSet[Span]) -> Iterator[Claim]:
    """Shares that are in no claim yet (``stated``), of wholes that are named. Time is linear in the text."""
    named: dict[str, list[Mention]] = defaultdict(list)
    for passage in passages:
        for mention in passage.mentions:
            name = _VERB.sub("", mention.before)
            if mention.unit.measure is Measure.MONEY and addable(mention) and len(name) >= _LAST:
                named[name[-_LAST:]].append(mention)
    for passage in passages:
        for number, rate in enumerate(passage.mentions):
            match = _NAME.search(rate.before) if rate.unit.measure is Measure.RATE else None
            if match is None or not number or Kind.SHARE not in rate.words or rate.quantity.span in stated:
                continue
            name = _VERB.sub("", match["name"])
            found = [each for each in named[name[-_LAST:]] if _VERB.sub("", each.before).endswith(name)]
            for share, part in _paired(passage.mentions, number):
                statement = _statement(share, part, [each for each in found if each is not part and each.like(part)])
                if statement is not None:
                    yield statement.claim(passage)


def _paired(mentions: Sequence[Mention], number: int) -> Iterator[tuple[Mention, Mention]]:
    """The shares in a row that begins at ``number``, each with its part of those in a row before."""
    last = number + 1
    while last < len(mentions) and mentions[last].before in _AND and mentions[last].unit.measure is Measure.RATE:
        last += 1
    first = number - 1
    while first > 0 and mentions[first].before in _AND and mentions[first].like(mentions[first - 1]):
        first -= 1
    parts, shares = mentions[first:number], mentions[number:last]
    near = parts[-1].sentence == shares[0].sentence and shares[0].clause - parts[-1].clause <= _NEAR
    if len(parts) == len(shares) and near and all(addable(part) for part in parts):
        yield from zip(shares, parts, strict=True)


def _statement(share: Mention, part: Mention, found: Sequence[Mention]) -> Statement | None:
    """The share of the whole that gives it; where none does, of the one value that the name has in the text."""
    possible = [each for each in found if each.quantity.value >= part.quantity.value and each.quantity.low > 0]
    if not possible:
        return None
    ways = [(each, rate) for each in possible if (rate := range_of(part.quantity).over_by(range_of(each.quantity)))]
    held = next((way for way in ways if way[1].holds(share.quantity)), None)
    if held is None and (len({each.quantity.value for each in found}) != 1 or not ways):
        return None
    whole, rate = held or ways[0]
    written = f"{shown(part.quantity)} ÷ {shown(whole.quantity)}"
    return Statement(Relation.SHARE, share, (part, whole), rate, written, confidence=Confidence.LIKELY)
