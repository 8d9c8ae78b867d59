"""Amounts said to be more or less than another: 参保率97.07%,高于95%的目标; 在线率92.46%,低于98%的标准5.54个百分点."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Hedge, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.precision import half_unit
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Range, Statement, exactly, range_of, shown

_CUE = pattern("[高低大小多少]于|超[过出]|未达|达到")
_BETWEEN = pattern(
    r",(?:且|但|仍|还|已|均|也|略|稍|明显|远|大大|并|并且|虽)*(?P<not>[不未]|没有|并未)?"
    r"(?:(?P<more>高于|超过|超出|大于|多于)|(?P<less>低于|小于|少于)|(?P<short>未达到?)|(?P<met>达到))了?[^,;:。()\d]{0,12}"
)
_AIM = pattern(
    r"的?[^,;。()\d]{0,10}?(?:(?P<exact>目标|标准|要求|控制线|上限|下限|规定|红线|警戒线)|水平|平均|均值|计划|预期)+值?(?=[,;。)\d]|$)"
)
_DIGIT = pattern(r"\d")
_ENDS = (",", ";", "。", ")")
_NO_AMOUNT = CHANGES | {Kind.EACH, Kind.PER}
MORE, LESS = "高于", "低于"


def comparisons(passage: Passage) -> Iterator[Claim]:
    """What is said of an amount in the clause right behind it, and by how much."""
    if not _CUE.search(passage.text):
        return
    for number, (own, other) in enumerate(pairwise(passage.mentions)):
        begin = _DIGIT.search(passage.text, other.token.start)
        said = _BETWEEN.fullmatch(passage.text, own.token.end, begin.start()) if begin else None
        if begin is None or said is None or not _comparable(own, other):
            continue
        if begin.start() == other.token.start and other.quantity.hedge is not Hedge.NONE:
            continue  # a word that is not read with the number hedges it
        aim = _AIM.match(passage.text, other.token.end)
        if not aim and (said["met"] or not passage.text.startswith(_ENDS, other.token.end)):
            continue
        base = exactly(other.quantity.value) if aim and aim["exact"] else _printed(other)
        more = bool(said["less"] or said["short"]) is bool(said["not"])
        if own.quantity.high < base.low if more else own.quantity.low > base.high:
            sure = Confidence.CERTAIN if aim and not said["met"] else Confidence.LIKELY
            yield _claim(passage, own, other, MORE if more else LESS, sure)
        off = passage.mentions[number + 2 : number + 3]
        behind = aim.end() if aim else other.token.end
        if not said["met"] and off and off[0].token.start == behind and _is_off(own, off[0]):
            low, high = sorted((range_of(own.quantity), base), key=lambda each: each.value)
            written = f"{shown(other.quantity)}与{shown(own.quantity)}之差"
            yield Statement(Relation.CHANGE, off[0], (own, other), high - low, written).claim(passage)


def _comparable(own: Mention, other: Mention) -> bool:
    """Whether an exact amount that is no change stands in one sentence with another of its kind."""
    exact = own.quantity.hedge is Hedge.NONE
    return exact and own.like(other) and own.sentence == other.sentence and not own.words & _NO_AMOUNT


def _is_off(own: Mention, off: Mention) -> bool:
    """Whether an amount right behind tells by how much: points where rates are compared."""
    rate = own.unit.measure is Measure.RATE
    return off.unit.measure is Measure.PERCENTAGE_POINTS if rate else off.like(own)


def _printed(other: Mention) -> Range:
    """What a number may be that is printed rounded, whatever word is read with it."""
    value, number = other.quantity.value, other.quantity.number
    half = half_unit(number) * value / Fraction(number) if number else Fraction(0)
    return Range(value - half, value + half, value)


def _claim(passage: Passage, own: Mention, other: Mention, word: str, sure: Confidence) -> Claim:
    """That an amount is not more than another, or not less; what holds is left to the statements that give the amount itself."""
    plain = f"{other.quantity.printed}{other.quantity.unit}"
    return Claim(
        Relation.DIRECTION,
        passage.span(own.token.start, other.token.end),
        (own.quantity, other.quantity),
        Verdict.CONTRADICTED,
        f"{shown(own.quantity)} {'<' if word is MORE else '>'} {plain}",
        f"{word}{plain}",
        word,
        sure,
    )
