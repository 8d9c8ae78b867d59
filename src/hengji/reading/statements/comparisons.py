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
    r"(?:高于|超过|超出|大于|多于|(?P<less>低于|小于|少于)|(?P<met>达到|(?<=未)达))了?[^,;:。()\d]{0,12}"
)
_AIM = pattern(
    r"的?[^,;。()\d]{0,10}?(?:(?P<exact>目标|标准|要求|控制线|上限|下限|规定|红线|警戒线)|水平|平均|均值|计划|预期)+值?(?=[,;。)\d]|$)"
)
_LESS_IS_BETTER = pattern(
    "投诉|死亡|病死|差错|错误|发病|漏损|损耗|空置|闲置|失业|流失|故障|事故|违规|逾期|结余|结转|偏差|用时|耗时|时[间长]|等候|成本|费用|单价|能耗|排放|浓度|损失"
)
"""A goal of these is met by less than it."""
_DIGIT = pattern(r"\d")
_ENDS = (",", ";", "。", ")")
_NO_AMOUNT = CHANGES | {Kind.EACH, Kind.PER}
MORE, LESS, AT_LEAST, AT_MOST = "高于", "低于", "不低于", "不高于"
COMPARED = frozenset({MORE, LESS, AT_LEAST, AT_MOST})


def comparisons(passage: Passage) -> Iterator[Claim]:
    """What is said of an amount in the clause right behind it, and by how much."""
    if not _CUE.search(passage.text):
        return
    for number, (own, other) in enumerate(pairwise(passage.mentions)):
        begin = _DIGIT.search(passage.text, other.token.start) if _comparable(own, other) else None
        said = _BETWEEN.fullmatch(passage.text, own.token.end, begin.start()) if begin else None
        if begin is None or said is None:
            continue
        if begin.start() == other.token.start and other.quantity.hedge is not Hedge.NONE:
            continue  # a word that is not read with the number hedges it
        end = other.token.end
        aim = _AIM.match(passage.text, end)
        if said["met"] and (not aim or own.unit.measure is Measure.DAYS or _LESS_IS_BETTER.search(own.before)):
            continue
        if not aim and (other.quantity.value * 2 < own.quantity.value or not passage.text.startswith(_ENDS, end)):
            continue  # a small number behind a name (低于汛限水位0.36米) is how far off it is
        base = exactly(other.quantity.value) if aim and aim["exact"] else _printed(other)
        more, or_equal = bool(said["less"]) is bool(said["not"]), bool(said["met"]) is not bool(said["not"])
        if own.quantity.high < base.low if more else own.quantity.low > base.high:
            word = (AT_LEAST if more else AT_MOST) if or_equal else MORE if more else LESS
            sure = Confidence.CERTAIN if aim and not said["met"] else Confidence.LIKELY
            yield _claim(passage, own, other, word, sure)
        off = passage.mentions[number + 2 : number + 3]
        behind = aim.end() if aim else end
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
    """That an amount is not to another as a word says; what holds is left to the statements that give the amount itself."""
    sign = "<" if own.quantity.value < other.quantity.value else ">"
    return Claim(
        Relation.DIRECTION,
        passage.span(own.token.start, other.token.end),
        (own.quantity, other.quantity),
        Verdict.CONTRADICTED,
        f"{shown(own.quantity)} {sign} {shown(other.quantity)}",
        f"{word}{shown(other.quantity)}",
        word,
        sure,
    )
