"""Shares of a whole that is told elsewhere and called by its name: 占本年支出合计的 64.7%, where 本年支出合计 stands a page before.

Several parts in a row have their shares in the same order (货物、服务分别为…和…，占采购总额的…和…). A part that has only words stands
before them (…合计 50 万元。三项支出占总支出的 25%). A whole under no name of the text is one of the amounts that it tells again and again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.statements.amounts import Amounts
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.respective import paired
from hengji.reading.statements.tokens import TOTALS, Kind
from hengji.reading.statements.verdicts import Range, Statement, one_digit_from, range_of, shown

_NAME = pattern(
    r"占(?:到(?!位)|了|同期|当年|全部)?(?P<name>[一-龥“”()]{4,24}?(?<!的)|总(?:支出|收入|投资|预算))的?(?:比重|比例)?(?:分别)?(?:为|达到?)?$"
)
_VERB = pattern("(?:[数为是达到共仅有约]|累计|完成|实现|决算|合计|总计|总额|金额)+$")
_ALL = pattern(
    r"^(?:20\d\d年度?|全年|当年|年度|本年度?|实际|累计|项目(?!支出)|资金|总|共)*(?=(?:支出|收入|投资|预算|采购)$)"
)
_PLANNED = pattern("计划|目标|预计")
_WHOLE = frozenset({"支出", "收入", "投资", "预算", "采购"})
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT})
_LAST = 4


def wholes(passages: Sequence[Passage], amounts: Amounts, stated: AbstractSet[Span]) -> Iterator[Claim]:
    """Shares that are in no claim yet (``stated``), of wholes that are named. Time is linear in the text."""
    named = _named(passages)
    for passage in passages:
        for number, rate in enumerate(passage.mentions):
            match = _NAME.search(rate.before) if rate.unit.measure is Measure.RATE else None
            if match is None or not number or Kind.SHARE not in rate.words or rate.quantity.span in stated:
                continue
            name = _called(match["name"])
            found = [each for each in named.get(name[-_LAST:], ()) if _is_called(each, name)]
            pairs = list(paired(passage.mentions, number))
            if found and not any(each.like(part) for each in found for _, part in pairs):
                pairs = _before(passage.mentions[:number], rate)
            for share, part in pairs:
                own = [each for each in found if each is not part and each.like(part)]
                statement = (_statement(share, part, own, amounts) if own else None) or _often(share, part, amounts)
                if statement is not None:
                    yield statement.claim(passage)


def _named(passages: Sequence[Passage]) -> Mapping[str, Sequence[Mention]]:
    """Amounts of money and numbers of things by the last characters of what they are called."""
    named: dict[str, list[Mention]] = defaultdict(list)
    for passage in passages:
        for mention in passage.mentions:
            name = _called(mention.before)
            told = len(name) >= _LAST or (name in _WHOLE and mention.unit.measure is Measure.MONEY)
            if told and mention.unit.measure in _MEASURED and addable(mention):
                named[name[-_LAST:]].append(mention)
    return named


def _called(words: str) -> str:
    """A name without the verb behind it; 全年支出, 总支出 and 实际支出 are all 支出."""
    return _ALL.sub("", _VERB.sub("", words))


def _is_called(mention: Mention, name: str) -> bool:
    """Whether an amount has a name; what was planned (计划受益人口) is not what came of it."""
    planned = _PLANNED.search(mention.before) and not _PLANNED.search(name)
    return not planned and _called(mention.before).endswith(name)


def _before(mentions: Sequence[Mention], share: Mention) -> list[tuple[Mention, Mention]]:
    """The total in the sentence before, for a part that has no number in its own."""
    totals = [
        each for each in mentions if each.sentence == share.sentence - 1 and each.words & TOTALS and addable(each)
    ]
    here = [each for each in mentions if each.sentence == share.sentence]
    return [(share, totals[-1])] if totals and not any(each.like(totals[-1]) for each in here) else []


def _statement(share: Mention, part: Mention, found: Sequence[Mention], amounts: Amounts) -> Statement | None:
    """The share of the whole that gives it; where none does, of the one value that the name has in the text: not where the share is
    that of another amount, as of one that only a table prints."""
    ways = list(_ways(part, [each for each in found if each.quantity.value >= part.quantity.value]))
    held = next((way for way in ways if way[1].holds(share.quantity)), None)
    if held is None and (len({each.quantity.value for each in found}) != 1 or not ways):
        return None
    whole = range_of(part.quantity).over_by(range_of(share.quantity)) if held is None else None
    if whole is not None and amounts.has_money(whole, part.quantity) and part.unit.measure is Measure.MONEY:
        return None
    return _of(share, part, *(held or ways[0]))


def _often(share: Mention, part: Mention, amounts: Amounts) -> Statement | None:
    """The share of an amount told again and again that gives it, or would if one digit of the share or the part were another."""
    told = [each for each in amounts.told_often(part) if each.quantity.value != part.quantity.value]
    ways = list(_ways(part, told))
    held = next((way for way in ways if way[1].holds(share.quantity)), None)
    whole = range_of(part.quantity).over_by(range_of(share.quantity))
    if held is None and (whole is None or amounts.has(part, whole)):
        return None
    slipped = held or next((way for way in ways if _slipped(share, part, way, amounts)), None)
    return _of(share, part, *slipped) if slipped else None


def _ways(part: Mention, found: Sequence[Mention]) -> Iterator[tuple[Mention, Range]]:
    for each in found:
        if (rate := range_of(part.quantity).over_by(range_of(each.quantity))) is not None:
            yield each, rate


def _slipped(share: Mention, part: Mention, way: tuple[Mention, Range], amounts: Amounts) -> bool:
    """Whether one digit of the share, or of the part, is all that is wrong; of those printed only here."""
    whole, rate = way
    if amounts.once(share) and one_digit_from(share.quantity, rate):
        return True
    return amounts.once(part) and one_digit_from(part.quantity, range_of(share.quantity) * range_of(whole.quantity))


def _of(share: Mention, part: Mention, whole: Mention, rate: Range) -> Statement:
    written = f"{shown(part.quantity)} ÷ {shown(whole.quantity)}"
    return Statement(Relation.SHARE, share, (part, whole), rate, written, confidence=Confidence.LIKELY)
