"""Changes: from 80 万元 to 100 万元, 20 万元 more, 25% up; and percent where percentage points are meant.

A change may be told with both amounts, with one and the difference, or with a rate alone. Whether a difference is more or less is the
word's to say; the sign of the number is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Range, Statement, apart, differing, exactly, range_of, sharpened, shown

_NO_CHANGE = frozenset({Kind.UP_TO, Kind.EACH, Kind.PER, Kind.MEAN})
_AND = frozenset("、和及与")
_AMOUNTS = frozenset({Measure.MONEY, Measure.COUNT, Measure.RATE, Measure.POINTS})
_MOST, _NEAR, _FAR, _SHORT = 6, 2, 3, 4
_ENDS = 2
"""A change has two ends: from which amount to which."""
_NAMED = 2
"""The fewest characters that name a thing."""
_SAVED = ("审减", "核减", "节约", "节支", "节省", "压减", "超出", "超支")
_BARE = pattern("少|多|低|高")
_FALLS = pattern("(?:下降|降低|减少)(?:到|至)|降至")
_RISES = pattern("(?:提高|提升|增加|增长|上升)(?:到|至)|增至|增到")
_FURTHER = pattern(r"(?:再|又|继续|进一步)(?:次|度)?[^,;]{0,2}$")
"""A change that goes on from the last amount is not that between the amounts: 2022年为84元,2023年再提高5元."""
_COMPARED = ("相比", "比较", "对比")
_LAST_YEAR = pattern("同比|上年|去年")
_BEFORE = pattern(r"^(?:上年|去年|上一?年度|20\d\d年)度?(?:同期)?[为是]?$")
_DONE = frozenset({Kind.SPENT, Kind.DONE, Kind.ARRIVED})
_EXPECTED = frozenset({Kind.BUDGET, None})
_DUE = pattern("比(?:应|计划|预算|概算|目标)")
_SUBJECT = pattern(
    "^(?:其中|包括)|(?:实际|已|累计|应)*(?:到位|支出|拨付|支付|完成|下达|使用|安排|承担)?(?:资金|数|金额)?为?$"
)
_COMPARED_YEAR = pattern(r"[与比较](?P<year>\d{4})年")
_SINCE = pattern(r"[较比](?P<year>20\d\d年)(?!计划|目标|预算)")
_YEAR = pattern(r"20\d\d年(?:度)?[为是达]?到?$")
_ONE = exactly(1)
_ORDERED = frozenset({"等", "级", "类"})
_RANKED = pattern(r"等级|级别|等次|排名|排位|名次|位次")
"""What is better the lower its number is, or the higher, as the case may be."""
_BASE = frozenset({Kind.FROM, Kind.VERSUS})
_TIME = pattern(r"\d年|上年|去年|同期|当年|本年|今年|年初|年末|原")
_EXTREME = pattern("最[高低大小多少]")
"""A rate that is one of several is not that of the amounts beside it."""
_BELOW = pattern("低于[^,;]*$")
"""A rate behind it, or an amount about as great, is what another is compared with, and no change: 8%的比例低于周边10%的水平."""


def changes(passage: Passage) -> Iterator[Claim]:
    """Every difference and rate of change whose amounts stand in its sentence or the one before."""
    for number, change in enumerate(passage.mentions):
        if Kind.UP_TO in change.words and number:
            yield from _direction(passage, passage.mentions[number - 1], change)
        if not change.words & CHANGES or change.words & _NO_CHANGE or _in_row(passage, number):
            continue
        before = [
            each for each in passage.mentions[max(0, number - _MOST) : number] if change.sentence - each.sentence <= 1
        ]
        if change.unit.measure is Measure.RATE:
            difference = _told_after(change, passage.mentions[number + 1 : number + 2])
            statement = _growth(change, [*before, *difference], _base_after(passage, number))
        elif change.unit.measure in _AMOUNTS | {Measure.PERCENTAGE_POINTS} and not change.unit.per:
            statement = _since(change, before, passage.mentions[number + 1 : number + 2]) or _difference(change, before)
        else:
            statement = None
        if statement is not None:
            yield statement.claim(passage)


def _in_row(passage: Passage, number: int) -> bool:
    """Whether a change is one of several in a row (分别提高1个百分点、下降2个百分点), each of another amount."""
    change = passage.mentions[number]
    for each in reversed(passage.mentions[:number]):
        if not each.like(change) or passage.text[each.token.end] not in _AND:
            return False
        if Kind.EACH in each.words:
            return bool(each.words & CHANGES)
    return False


def _direction(passage: Passage, first: Mention, second: Mention) -> Iterator[Claim]:
    """That what rises from one amount to another (由…提高到…) is more in the end, what falls less."""
    falls, rises = _FALLS.search(second.before), _RISES.search(second.before)
    if Kind.FROM not in first.words or not first.like(second) or second.clause != first.clause or not (falls or rises):
        return
    if second.quantity.unit in _ORDERED or _RANKED.search(first.before):
        return
    low, high = (second, first) if falls else (first, second)
    wrong = low.quantity.low > high.quantity.high
    yield Claim(
        Relation.DIRECTION,
        passage.span(first.token.start, second.token.end),
        (second.quantity, first.quantity),
        Verdict.CONTRADICTED if wrong else Verdict.HELD,
        f"{shown(low.quantity)} {'>' if wrong else '≤'} {shown(high.quantity)}",
        f"{'小于' if falls else '大于'}{shown(first.quantity)}" if wrong else "",
        second.before,
    )


def _amounts(before: Sequence[Mention]) -> list[Mention]:
    """Amounts that are no changes themselves."""
    return [
        each
        for each in before
        if (not each.words & CHANGES or Kind.UP_TO in each.words) and each.unit.measure in _AMOUNTS
    ]


def _since(change: Mention, before: Sequence[Mention], after: Sequence[Mention]) -> Statement | None:
    """A change since what the bracket right behind it says of the year before: 达到86%,比上年提高2个百分点(上年84%)."""
    amounts = [each for each in _amounts(before) if _of_change(each, change)][-1:]
    for now, base in zip(amounts, after, strict=False):
        beside = now.sentence == change.sentence and change.clause - now.clause == 1 and base.at - change.at <= _FAR
        if beside and base.depth > change.depth and base.like(now) and _BEFORE.match(base.before):
            return _statement(change, base, now, Confidence.LIKELY)
    return None


def _difference(change: Mention, before: Sequence[Mention]) -> Statement | None:
    amounts = [each for each in _amounts(before) if _of_change(each, change)]
    if _BELOW.search(change.before) and any(each.quantity.value < change.quantity.value * 2 for each in amounts):
        return None
    ends = _ends(change, amounts)
    if ends and _told_already(ends[0], ends[1], change, before):
        return None
    if ends and ends[-1] is Confidence.CERTAIN:
        return _statement(change, *ends)
    if (since := _since_year(change, amounts)) is not None:
        return _statement(change, *since, Confidence.LIKELY)
    ends = ends or _owed(change, amounts)
    near = [pair for pair in _pairs(amounts) if apart(*pair).holds(change.quantity)]
    held = next((pair for pair in near if _sharp(change, *pair).holds(change.quantity)), None)
    if held or (near and len(amounts) == _ENDS):
        return _statement(change, *(held or near[0]), Confidence.CERTAIN)
    return _statement(change, *ends) if ends else None


def _told_already(first: Mention, second: Mention, change: Mention, before: Sequence[Mention]) -> bool:
    """Whether a change before this one is that of the same amounts, of which this is a part: 净增179人,当年新增1,163人,停发984人."""
    difference, last = apart(first, second), max(first.at, second.at)
    between = (each for each in before if each.at > last and each.words & CHANGES and each.like(change))
    return not difference.holds(change.quantity) and any(difference.holds(each.quantity) for each in between)


def _since_year(change: Mention, amounts: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The amount of the year compared with, and the last one: 2021年为80%,2022年为82%,2023年为85%,较2021年提高5个百分点."""
    year = _SINCE.search(change.before)
    beside = amounts and amounts[-1].sentence == change.sentence and change.clause - amounts[-1].clause == 1
    if year is None or not beside:
        return None
    own = [each for each in amounts[:-1] if year["year"] in each.before and each.sentence == change.sentence]
    return (own[0], amounts[-1]) if len(own) == 1 and _YEAR.match(amounts[-1].before) else None


def _owed(change: Mention, amounts: Sequence[Mention]) -> tuple[Mention, Mention, Confidence] | None:
    """What was due by the words (比应到位数少), of whatever it is that the amount before names: 市级应担90万元, …, 市级到位70万元."""
    last = amounts[-1] if amounts else change
    subject = _SUBJECT.sub("", last.before)
    if not _DUE.search(change.before) or change.clause - last.clause != 1 or len(subject) < _NAMED:
        return None
    due = [each for each in amounts[:-1] if _SUBJECT.sub("", each.before) == subject and each.role in _EXPECTED]
    return (due[-1], last, Confidence.LIKELY) if due else None


def _of_change(amount: Mention, change: Mention) -> bool:
    if change.unit.measure is Measure.PERCENTAGE_POINTS:
        return amount.unit.measure is Measure.RATE
    return amount.like(change)


def _ends(change: Mention, amounts: Sequence[Mention]) -> tuple[Mention, Mention, Confidence] | None:
    """The two ends of a change as its words tell them: 由…到…, 较…的, what was saved of two amounts, or two in a row."""
    here = [each for each in amounts if each.sentence == change.sentence]
    if len(here) < _ENDS or _FURTHER.search(change.before):
        return None
    first, second = here[-_ENDS:]
    if change.clause - second.clause > 1:
        return None
    if Kind.FROM in first.words and Kind.UP_TO in second.words:
        return first, second, Confidence.CERTAIN
    compared = Kind.VERSUS in second.words and not change.words & {Kind.VERSUS, Kind.PARTS}
    if compared and second.clause - first.clause <= 1:
        return _compared(second, here[:-1])
    if second.clause - first.clause > 1 or len(here) > _ENDS:
        return None
    if Kind.VERSUS in change.words and change.role is first.role is Kind.BUDGET and second.role in _DONE:
        return first, second, Confidence.CERTAIN
    if _BARE.fullmatch(change.before) and {first.role, second.role} == {Kind.BUDGET, Kind.ARRIVED}:
        return first, second, Confidence.LIKELY
    if any(word in change.before for word in _SAVED):
        return first, second, Confidence.CERTAIN if Kind.VERSUS not in change.words else Confidence.LIKELY
    if Kind.VERSUS in change.words and not (_TIME.search(first.before) and _TIME.search(second.before)):
        return None
    return (first, second, Confidence.LIKELY) if first.role is second.role and len(amounts) == _ENDS else None


def _compared(base: Mention, amounts: Sequence[Mention]) -> tuple[Mention, Mention, Confidence] | None:
    """What differs from a base: the amount before it, or one farther off where that is a base too (80%,比上年75%高5个百分点,比目标90%低10个百分点)."""
    own = next((each for each in reversed(amounts) if Kind.VERSUS not in each.words), None)
    return None if own is None else (base, own, Confidence.CERTAIN if own is amounts[-1] else Confidence.LIKELY)


def _pairs(amounts: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    return [
        (amounts[a], amounts[b])
        for b in range(len(amounts) - 1, 0, -1)
        for a in range(b - 1, -1, -1)
        if amounts[a].like(amounts[b])
    ]


def _growth(change: Mention, before: Sequence[Mention], after: Mention | None) -> Statement | None:
    """A rate of change: of the difference and the amount before it, or of two amounts, either of which may be the base."""
    points = _points(change, before)
    if points is not None or _EXTREME.search(change.before) or _BELOW.search(change.before):
        return points
    ways = list(_ways(change, before, after))
    held = next(((range_, others, written) for range_, others, written in ways if range_.holds(change.quantity)), None)
    if held:
        return Statement(Relation.GROWTH, change, held[1], held[0], held[2])
    year = _SINCE.search(change.before)
    told = [way for way in ways if all(_near(each, change, way[1][-1]) for each in way[1])]
    if year is not None:  # an amount of that year, or the difference from it
        told = [way for way in told if any(each.words & CHANGES or year["year"] in each.before for each in way[1])]
    if not told:
        return None
    range_, others, written = told[0]
    one = len({way[0].value for way in told}) == 1 and len(_amounts(before)) <= _ENDS
    confidence = _certain(change, others) if one else Confidence.LIKELY
    return Statement(Relation.GROWTH, change, others, range_, written, confidence=confidence)


def _told_after(change: Mention, following: Sequence[Mention]) -> list[Mention]:
    """The difference that a rate is told before: 增长8%,增收20万元."""
    return [
        each
        for each in following
        if each.words & CHANGES
        and not each.words & {Kind.UP_TO, Kind.EACH, Kind.PER}
        and each.unit.measure in {Measure.MONEY, Measure.COUNT}
        and each.sentence == change.sentence
        and each.clause == change.clause + 1
        and len(each.before) <= _SHORT
    ]


def _base_after(passage: Passage, number: int) -> Mention | None:
    """The amount of the year compared with, where it is told behind the change: 与2022年相比,增加8万元,增长10%;2022年支出为80万元."""
    change, following = passage.mentions[number], passage.mentions[number + 1 : number + _FAR]
    begin = passage.text.rfind("。", 0, change.token.start) + 1
    compared = _COMPARED_YEAR.search(passage.text, begin, change.token.start)
    year = f"{compared['year']}年" if compared else ""
    near = (each for each in following if each.sentence == change.sentence and each.unit.measure in _AMOUNTS)
    return next((each for each in near if year and year in each.before and not each.words & CHANGES), None)


def _near(mention: Mention, change: Mention, last: Mention) -> bool:
    """Whether an amount stands close by; with a difference (``last``) between it and its rate it may stand farther off."""
    most = _FAR if last.words & CHANGES and Kind.UP_TO not in last.words else _NEAR
    most += _NEAR if mention.depth > change.depth else 0
    return mention.sentence == change.sentence and change.clause - mention.clause <= most


def _certain(change: Mention, others: Sequence[Mention]) -> Confidence:
    adjacent = 0 <= change.clause - others[-1].clause <= 1 and change.clause - others[0].clause <= _NEAR
    return Confidence.CERTAIN if adjacent and Kind.VERSUS not in change.words else Confidence.LIKELY


_Way = tuple[Range, list[Mention], str]


def _ways(change: Mention, before: Sequence[Mention], after: Mention | None) -> Iterator[_Way]:
    """The rates that the quantities before a rate of change give, nearest first, with how each is computed."""
    amounts = _amounts(before)
    grown = [each.words & CHANGES and Kind.UP_TO not in each.words and each.unit.measure for each in before]
    last = max((at for at, measure in enumerate(grown) if measure is Measure.RATE), default=-1)
    differences = [each for at, each in enumerate(before) if grown[at] and at > last]
    base = next((each for each in reversed(amounts) if each.after.startswith(_COMPARED)), None)
    base = base or _compared_with(before)
    if differences and (own := _beside(change, before)) is not None:
        for amount in reversed([each for each in amounts if each.like(own) and each.at < own.at]):
            yield from _of_ends(change, own, amount)
        return
    for difference in reversed(differences):
        if after is not None and after.like(difference):
            yield from _of_base(after, difference)
            return
        if base is not None and base.like(difference) and base.at < difference.at:
            yield from _of_base(base, difference)
            return
        inside = next((each for each in amounts if _stands_in_bracket(each, difference)), None)
        if inside is not None:
            yield from _of_base(inside, difference)
            yield from _of_difference(inside, difference, bare=False)
        for amount in reversed([each for each in amounts if each.like(difference) and each.at < difference.at]):
            yield from _of_difference(amount, difference, bare=len(amounts) > 1)
    if not differences:
        for first, second in _pairs([each for each in amounts if _may_grow(each, change)]):
            yield from _of_ends(change, first, second)
            yield from _of_ends(change, second, first)


def _beside(change: Mention, before: Sequence[Mention]) -> Mention | None:
    """What a rate right behind it tells the change since, whatever difference stands before: 较预算少5万元,较上年的40万元下降8%."""
    last = before[-1]
    compared = Kind.VERSUS in last.words and not last.words & CHANGES and last.unit.measure in _AMOUNTS
    return last if compared and last.clause == change.clause else None


def _compared_with(before: Sequence[Mention]) -> Mention | None:
    """What a difference right behind it is said to be more or less than: 较2022年的500人增加20人."""
    for base, difference in pairwise(before):
        beside = base.like(difference) and base.clause == difference.clause and not base.words & CHANGES
        if beside and Kind.VERSUS in base.words and difference.words & CHANGES:
            return base
    return None


def _stands_in_bracket(amount: Mention, difference: Mention) -> bool:
    """Whether an amount stands in the bracket right behind a difference: 增加4万元(上年48万元)."""
    behind = 0 < amount.at - difference.at <= _FAR and amount.depth > difference.depth
    return behind and amount.like(difference) and Kind.PARTS not in amount.words


def _may_grow(amount: Mention, change: Mention) -> bool:
    """Whether an amount can be an end of what grew: a rate only where it is said from which to which, a budget not since last year."""
    if amount.unit.measure is Measure.RATE:
        return bool(amount.words & {Kind.FROM, Kind.UP_TO})
    return amount.role is not Kind.BUDGET or not _LAST_YEAR.search(change.before)


def _of_difference(amount: Mention, difference: Mention, *, bare: bool) -> Iterator[_Way]:
    """Rates of a difference: its amount is what came of it, or (``bare``: where there are two) what it began with."""
    changed, after = range_of(difference.quantity), range_of(amount.quantity)
    fell = Kind.FALL in difference.words
    written = (
        f"{shown(difference.quantity)} ÷ ({shown(amount.quantity)} {'+' if fell else '-'} {shown(difference.quantity)})"
    )
    if rate := changed.over_by(after + changed if fell else after - changed):
        yield rate, [amount, difference], written
    if bare and (rate := changed.over_by(after)):
        yield rate, [amount, difference], f"{shown(difference.quantity)} ÷ {shown(amount.quantity)}"


def _of_base(base: Mention, difference: Mention) -> Iterator[_Way]:
    """The rate of a difference where the words say what it was compared with (与…相比)."""
    if rate := range_of(difference.quantity).over_by(range_of(base.quantity)):
        yield rate, [base, difference], f"{shown(difference.quantity)} ÷ {shown(base.quantity)}"


def _of_ends(change: Mention, base: Mention, other: Mention) -> Iterator[_Way]:
    """The rate from one amount to another, where its direction is the word's."""
    quotient = range_of(other.quantity).over_by(range_of(base.quantity))
    rising = other.quantity.value >= base.quantity.value
    if quotient is None or rising is (Kind.FALL in change.words):
        return
    if _LAST_YEAR.search(change.before) and not (base.words & _BASE or _TIME.search(base.before)):
        return
    more, less = (other, base) if rising else (base, other)
    written = f"({shown(more.quantity)} - {shown(less.quantity)}) ÷ {shown(base.quantity)}"
    yield quotient - _ONE if rising else _ONE - quotient, [base, other], written


def _points(change: Mention, before: Sequence[Mention]) -> Statement | None:
    """“从 85% 提高到 90%, 提高 5%”: the difference of two rates is in points; called percent it says another thing."""
    rates = [
        each for each in _amounts(before) if each.unit.measure is Measure.RATE and each.sentence == change.sentence
    ]
    if len(rates) != _ENDS or abs(rates[0].quantity.value - rates[1].quantity.value) != change.quantity.value:
        return None
    low, high = sorted(rates, key=lambda each: each.quantity.value)
    base = low if Kind.FALL not in change.words else high
    if not base.quantity.value:
        return None
    rate = exactly((high.quantity.value - low.quantity.value) / base.quantity.value)
    if rate.holds(change.quantity):
        return None
    written = f"({shown(high.quantity)} - {shown(low.quantity)}) ÷ {shown(base.quantity)}"
    return Statement(Relation.PERCENT, change, rates, rate, written, confidence=Confidence.LIKELY)


def _statement(change: Mention, first: Mention, second: Mention, confidence: Confidence) -> Statement:
    told = differing(Relation.CHANGE, change, first, second, confidence)
    return replace(told, sharp=_sharp(change, first, second))


def _sharp(change: Mention, first: Mention, second: Mention) -> Range:
    """How far two amounts are apart where each is known to as many decimals as the change."""
    low, high = sorted((first, second), key=lambda each: each.quantity.value)
    return sharpened(high.quantity, change.quantity) - sharpened(low.quantity, change.quantity)
