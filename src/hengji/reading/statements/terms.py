"""Terms kept or missed: 公示 7 天,比规定的 10 天少 3 天; 用时 26 天,比规定的 20 天超 6 天."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Statement, exactly, shown

_TERM = pattern(r"[比较](?:规定|要求|计划|合同|约定|法定|承诺|标准|办法|方案)[^\d,。;]{0,8}$")
_OFF = pattern("^的?(?:时限|期限|工期|时间)?(?:少|多|超|超出|超过|超期|逾期|提前|缩短|延后|延迟|推迟|晚|早|短|长)了?$")
_HEDGED = ("超", "多", "少", "不足")


def terms(passage: Passage) -> Iterator[Claim]:
    """How far off its term something was, beside the term and how long it took."""
    days = [each for each in passage.mentions if each.unit.measure is Measure.DAYS]
    for taken, term, off in zip(days, days[1:], days[2:], strict=False):
        told = _TERM.search(term.before) and (_OFF.match(off.before) or _is_hedged(passage, off))
        near = term.clause - taken.clause == 1 and off.clause == term.clause and taken.sentence == off.sentence
        if not told or not near or not (taken.like(term) and term.like(off)):
            continue
        if any(each.quantity.hedge is not Hedge.NONE for each in (taken, term)):
            continue
        before = [each for each in days if each.sentence == taken.sentence and each.at < term.at]
        apart = exactly(abs(taken.quantity.value - term.quantity.value))
        high, low = sorted((taken, term), key=lambda each: each.quantity.value, reverse=True)
        written = f"{shown(high.quantity)} - {shown(low.quantity)}"
        sure = Confidence.CERTAIN if len(before) == 1 else Confidence.LIKELY
        yield Statement(Relation.CHANGE, _plain(off), (taken, term), apart, written, confidence=sure).claim(passage)


def _is_hedged(passage: Passage, off: Mention) -> bool:
    """Whether the word for what is off is read as one that makes the number vague: 超6天."""
    return not off.before and passage.text[off.token.start : off.token.end].startswith(_HEDGED)


def _plain(off: Mention) -> Mention:
    return replace(off, quantity=_exact(off.quantity))


def _exact(quantity: Quantity) -> Quantity:
    return replace(quantity, low=quantity.value, high=quantity.value, hedge=Hedge.NONE)
