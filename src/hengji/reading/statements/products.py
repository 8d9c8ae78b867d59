"""A standard times what it is paid for: 每张床位 10000 元, 24 张, 24.00 万元; and means: 人均 300 元, per thousand.

The standard says what it is per (元/人次, 每人每月); the count must be of that. Where several standards or counts are in reach a product
holds if any of them gives it; it is contradicted only where there is one of each and nothing else that could enter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from itertools import product

from hengji.model.claim import Claim, Hedge, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import TOTALS, Kind
from hengji.reading.statements.verdicts import (
    Range,
    Statement,
    exactly,
    one_digit_from,
    range_of,
    shown,
    written_otherwise,
)
from hengji.reading.units import unit_named

_PER = pattern(
    r"每(?:个|一|千|百|万)?(人次|人|名|位|生|户|家|处|张|床|公里|亩|平方米|辆|台|套|件|间|所|座|村|站|吨|场|次|株|头|笔|批|校|馆|园|车|项|月|年|天|日|学期|学年)"
)
_KINDS: Mapping[str, str] = {"名": "人", "位": "人", "生": "人", "床": "张", "天": "日"}
_PLACES = frozenset("村站校馆园")
_PLACE = pattern(f"{HAN}{{0,3}}?(?P<kind>[村镇乡站校馆园])(?![级民居庄社落舍外医])")
_NOUN = pattern(f"({HAN}{{2,8}})(?:$|[,、;。)])")
_TIMES = frozenset({"月", "年", "日", "次", "学期", "学年", "季度"})
_OTHER_FACTOR = pattern(
    r"比例|倍|折|%|系数|分担|负担|减半|差额|不足|封顶|最高|上限|以内|首次|一次性|预拨|清算|已发|配套"
)
_PAID = pattern(
    "^[共合总小]?计?[为即达]?$|补助|补贴|奖补|发放|资金|金额|经费|支出|费用|支付|兑付|拨付|共|合计|安排|预算$"
)
_THAT_IS = ("即", "折合", "相当于")
_NOT_PAID = pattern("自筹|配套|带动|撬动|市场|销售|收入|其他|另|其中")
_INTEREST = pattern(r"(?:每年|(?<![半当本首])年)(?:应|需)?(?:付息|支付利息|付利息|利息)(?:为|是)?$")
_LENT_AT, _LENT = pattern(r"利率(?:为|是)?$"), pattern(r"(?:发行|债券|借款|贷款|本金)[^,;。]{0,12}$")
_BARE = pattern(f"(?:平均)?(?:每个?{HAN}{{1,3}}?|{HAN}均)(?:{HAN}{{2}})?[为达约]?")
_REACH = 2
_MOST, _SHORT, _RATE_AND_LOAN = 12, 10, 2
_THOUSAND = pattern(r"每(千|万|百)(?!元|分)")
_SIZES: Mapping[str, int] = {"百": 100, "千": 1000, "万": 10_000}
_MEANS: Mapping[str, str] = {
    "人均": "人",
    "生均": "人",
    "户均": "户",
    "亩均": "亩",
    "床均": "张",
    "校均": "所",
    "村均": "个",
    "站均": "个",
    "园均": "所",
    "馆均": "个",
    "镇均": "个",
    "企均": "家",
    "月均": "月",
    "日均": "日",
    "年均": "年",
    "次均": "次",
}


def products(passage: Passage) -> Iterator[Claim]:
    """Every amount that a standard and a count before it give or ought to give, and every mean."""
    for number, mention in enumerate(passage.mentions):
        near = passage.mentions[max(0, number - _MOST) : number]
        if "息" in mention.before and mention.unit.measure is Measure.MONEY and _INTEREST.search(mention.before):
            statement = _interest(mention, near)
        elif mention.unit.measure is Measure.MONEY and addable(mention):
            statement = _product(passage, mention, near)
        elif _is_standard(mention) and mention.before.startswith(_THAT_IS):
            statement = _standard(mention, near)
        elif _heads_list(passage, mention):
            continue
        elif Kind.MEAN in mention.words or _THOUSAND.search(mention.before):
            after = [each for each in passage.mentions[number + 1 : number + 3] if each.sentence == mention.sentence]
            statement = _mean(mention, [*near, *after])
        else:
            continue
        if statement is not None:
            yield statement.claim(passage)


def _interest(interest: Mention, near: Sequence[Mention]) -> Statement | None:
    """The interest of a year on what was borrowed: 发行债券1,500万元,票面利率3.12%,每年付息46.80万元; of several loans only where it holds."""
    here = [each for each in near if each.sentence == interest.sentence]
    rates = [each for each in here if each.unit.measure is Measure.RATE and _LENT_AT.search(each.before)]
    lent = [each for each in here if each.unit.measure is Measure.MONEY and _LENT.search(each.before)]
    if not rates or not lent or interest.quantity.hedge is not Hedge.NONE:
        return None
    rate, principal = rates[-1], lent[-1]
    if principal.at > rate.at:
        return None
    found = range_of(principal.quantity) * range_of(rate.quantity)
    if len(rates) + len(lent) > _RATE_AND_LOAN and not found.holds(interest.quantity):
        return None
    written = f"{shown(principal.quantity)} × {shown(rate.quantity)}"
    return Statement(Relation.PRODUCT, interest, (principal, rate), found, written, confidence=Confidence.LIKELY)


def _heads_list(passage: Passage, mention: Mention) -> bool:
    """Whether an amount is the first of several that go with as many things told before: 人均4,000元、4,084元."""
    following = passage.tokens[mention.at + 1 : mention.at + 3]
    return [each.kind for each in following] == [Kind.LISTING, Kind.QUANTITY]


def _per(standard: Mention) -> tuple[str, ...]:
    """What a standard is per, by kinds of unit: 每人每月 is per 人 and per 月; nothing where it is per something without a unit."""
    if standard.unit.per:
        return tuple(standard.unit.per.split("/"))
    found = _PER.findall(standard.before)
    return tuple(_KINDS.get(each, each) for each in found) if len(found) == standard.before.count("每") else ()


def _is_standard(mention: Mention) -> bool:
    return mention.unit.measure is Measure.MONEY and (bool(mention.unit.per) or Kind.PER in mention.words)


def _counts(per: Sequence[str], near: Sequence[Mention]) -> list[list[Mention]]:
    """For each thing a standard is per, the quantities that count it; 人次 counts 每人每次 and 每人每月 together."""
    together = _of("人次", near)
    if "人" in per and together and ("次" in per or not _of("人", near)):
        return [together, *(_of(kind, near) for kind in per if kind not in {"人", *_TIMES})]
    return [_of(kind, near) for kind in per]


def _of(kind: str, near: Sequence[Mention]) -> list[Mention]:
    unit = unit_named(kind)
    wanted = unit.kind if unit else kind
    return [each for each in near if (each.unit.kind == wanted and not each.unit.per) or _is_named(kind, each)]


def _is_named(kind: str, counted: Mention) -> bool:
    """Whether things that are counted by 个 are of the kind that a standard is per: 832个行政村 are 村."""
    noun = _NOUN.match(counted.after) if kind in _PLACES and counted.unit.kind == "个" else None
    return noun is not None and noun[1].endswith(kind)


def _product(passage: Passage, amount: Mention, near: Sequence[Mention]) -> Statement | None:
    standards = [each for each in near if _is_standard(each)]
    ways = [way for standard in reversed(standards) for way in _ways(standard, near)]
    held = next((way for way in ways if _result(way).holds(amount.quantity)), None)
    if held:
        return _statement(amount, (held,))
    here = [each for each in near if each.sentence == amount.sentence]
    if len(standards) > 1:
        tiers = _tiers(standards, here)
        fits = tiers and (_together(tiers).holds(amount.quantity) or amount.words & TOTALS)
        return _statement(amount, tiers, Confidence.LIKELY) if fits else None
    whole = [
        way for way in ways if len(way) == 1 + len(_counts(_per(way[0]), near)) and all(each in here for each in way)
    ]
    if not whole:
        slipped = next((way for way in _complete(ways, here) if written_otherwise(amount.quantity, _result(way))), None)
        return _statement(amount, (slipped,), Confidence.LIKELY) if slipped else None
    if _OTHER_FACTOR.search(passage.text, whole[0][0].token.start, amount.token.start):
        return None
    if not _PAID.search(amount.before) or _NOT_PAID.search(amount.before):
        return None
    paid = [each.quantity for each in here if each.unit.measure is Measure.MONEY]
    if any(_result(way).holds(each) for way in whole for each in paid):
        return None
    clear = len(whole) == 1 and _nothing_else(amount, whole[0], here) and amount.role is not Kind.BUDGET
    return _statement(amount, whole[:1], Confidence.CERTAIN if clear else Confidence.LIKELY)


def _complete(ways: Sequence[tuple[Mention, ...]], here: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """The ways with a count for each thing that their standard, which stands farther off, is per; one of them in the sentence."""
    for way in ways:
        standard, *counts = way
        if standard not in here and len(counts) == len(_per(standard)) and any(each in here for each in counts):
            yield way


def _standard(standard: Mention, near: Sequence[Mention]) -> Statement | None:
    """A standard that another is with its times told: 每人每天10元,按200天计算,即每人每年2,000元."""
    own = frozenset(_per(standard)) - _TIMES
    for other in reversed([each for each in near if _is_standard(each) and each.sentence == standard.sentence]):
        per = _per(other)
        told = [each for each in near if each.at > other.at and each.unit.kind in _TIMES & frozenset(per)]
        if frozenset(per) - _TIMES == own and len(told) == 1:
            return _statement(standard, ((other, told[0]),))
    return None


def _nothing_else(amount: Mention, way: Sequence[Mention], here: Sequence[Mention]) -> bool:
    """Whether nothing else in the sentence could enter the product."""
    kinds = {*_TIMES, *(each.unit.kind for each in way), "元"}
    if any(each.unit.kind == "人次" for each in way):
        kinds.discard("次")
    others = [each for each in here if each not in way and each.unit.kind in kinds]
    return not others and amount.clause - max(each.clause for each in way) <= 1


def _tiers(standards: Sequence[Mention], here: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Several standards, each with its own count in the same order, and times that hold for all."""
    per = {_per(each) for each in standards}
    if len(per) != 1 or not all(each in here for each in standards):
        return []
    counts, *times = _counts(next(iter(per)), here) or [[]]
    told = [each for each in times if each]
    if len(counts) != len(standards) or any(len(each) != 1 for each in told):
        return []
    return [(standard, count, *(each[0] for each in told)) for standard, count in zip(standards, counts, strict=True)]


def _ways(standard: Mention, near: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """A standard with one count for each thing it is per; a time that is not told (每月) is left out."""
    per = _per(standard)
    lists = [each for each, kind in zip(_counts(per, near), per, strict=False) if each or kind not in _TIMES]
    if lists and all(lists):
        yield from ((standard, *each) for each in product(*lists))


def _result(way: Sequence[Mention]) -> Range:
    """Standards are set exactly, but for those from one amount to another, and times told in whole numbers; counts are what they could be."""
    standard, *counts = way
    set_at = standard.quantity
    result = exactly(set_at.value) if set_at.hedge is Hedge.NONE else range_of(set_at)
    for count in counts:
        told = exactly(count.quantity.value) if count.unit.kind in _TIMES else range_of(count.quantity)
        result = result * told
    for kind in _per(standard):
        unit = unit_named(kind)
        if unit and unit.scale > 1:
            result = result * exactly(Fraction(1, unit.scale))
    return result


def _together(ways: Sequence[Sequence[Mention]]) -> Range:
    return sum((_result(way) for way in ways), exactly(0))


def _statement(
    amount: Mention, ways: Sequence[Sequence[Mention]], confidence: Confidence = Confidence.CERTAIN
) -> Statement:
    written = " + ".join(" × ".join(shown(each.quantity) for each in way) for way in ways)
    others = list(dict.fromkeys(each for way in ways for each in way))
    return Statement(Relation.PRODUCT, amount, others, _together(ways), written, confidence=confidence)


def _mean(mean: Mention, near: Sequence[Mention]) -> Statement | None:
    """A mean of an amount and a count: 人均 300 元, 每千名老年人拥有床位 41.2 张."""
    over = _mean_of(mean)
    if over is None:
        return None
    kind, size = over
    amounts = [each for each in near if each.unit.kind == mean.unit.kind and addable(each)]
    kinds = {kind, "人次"} if kind == "次" else {kind}
    counts = [each for each in near if _is_counted(each, kinds) and addable(each) and Kind.MEAN not in each.words]
    pairs = [(amount, count) for amount in reversed(amounts) for count in reversed(counts) if amount is not count]
    ways = [(pair, quotient) for pair in pairs if (quotient := _quotient(*pair, size, mean))]
    held = next((way for way in ways if way[1].holds(mean.quantity)), None)
    here = [way for way in ways if all(each.sentence == mean.sentence for each in way[0])]
    here = here or [way for way in ways if _slipped(mean, *way) or (len(ways) == 1 and _follows(mean, *way))]
    untold = mean.unit.kind == kind  # 人 by 人: which of the two is which, no word tells
    if not held and (untold or not here):
        return None
    (amount, count), quotient = held or here[0]
    written = f"{shown(amount.quantity)} ÷ {shown(count.quantity)}" + (
        f" × {size}" if _THOUSAND.search(mean.before) else ""
    )
    own = len(mean.before) <= _SHORT and Kind.PARTS not in mean.words and amount.sentence == mean.sentence
    confidence = Confidence.CERTAIN if held or (len(pairs) == 1 and own) else Confidence.LIKELY
    return Statement(Relation.AVERAGE, mean, (amount, count), quotient, written, confidence=confidence)


def _is_counted(count: Mention, kinds: AbstractSet[str]) -> bool:
    """Whether a number counts what a mean is over: 38户, or by 个 before its name (38个村共开展…)."""
    named = _PLACE.match(count.after) if count.unit.kind == "个" else None
    return count.unit.kind in kinds or (named is not None and named["kind"] in kinds)


def _follows(mean: Mention, pair: tuple[Mention, Mention], quotient: Range) -> bool:
    """Whether a mean of nothing in particular (平均每村12场) stands a sentence or two behind what alone it can be of."""
    near = all(each.at < mean.at and mean.sentence - each.sentence <= _REACH for each in pair)
    value = mean.quantity.value
    return near and bool(_BARE.fullmatch(mean.before)) and quotient.value <= value * 2 <= quotient.value * 4


def _slipped(mean: Mention, pair: tuple[Mention, Mention], quotient: Range) -> bool:
    """Whether a mean of an amount that stands farther off would hold if one digit of it, or of the count beside it, were another."""
    amount, count = pair
    if mean.sentence != count.sentence or mean.sentence - amount.sentence > 1:
        return False
    if one_digit_from(mean.quantity, quotient):
        return True
    counted = range_of(amount.quantity).over_by(range_of(mean.quantity))
    return counted is not None and one_digit_from(count.quantity, counted)


def _mean_of(mean: Mention) -> tuple[str, int] | None:
    """What a mean is taken over and how many of it: 户均 one 户, 平均每公里 1000 米, 每千名 1000 人; None where that is not told."""
    if thousand := _THOUSAND.search(mean.before):
        return "人", _SIZES[thousand[1]]
    named = next((kind for word, kind in _MEANS.items() if word in mean.before), "")
    over = [named] if named else _PER.findall(mean.before)
    unit = unit_named(over[0]) if len(over) == 1 else None
    return (unit.kind, unit.scale) if unit else None


def _quotient(amount: Mention, count: Mention, size: int, mean: Mention) -> Range | None:
    """What a mean could be; one of whole things (453 个) is printed rounded."""
    quotient = range_of(amount.quantity).over_by(range_of(count.quantity))
    if quotient is None:
        return None
    half = Fraction(1, 2) if mean.quantity.low == mean.quantity.high else Fraction(0)
    times = quotient * exactly(size)
    return Range(times.low - half, times.high + half, times.value)
