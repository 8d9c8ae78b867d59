"""Rates of one amount beside them whose base is told elsewhere: 抽取档案324份,占年末在册人数的5.01%; 签约3,168人,完成目标的105.60%.

A rate that no number of the report gives is contradicted by a total of a table, a goal or a number told again and again, where that would
give it were one digit written otherwise or the digits in another order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import cached_property

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import Remembering, record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import Range, as_printed, exactly, range_of, shown, written_otherwise
from hengji.reading.tables.sheet import Sheet, Total

_OF = pattern(
    rf"(?:占(?:到|了|全部)?(?P<share>{HAN}{{0,14}}?)的?(?:比例|比重)?(?:仅|约)?(?:为|达到?)?|"
    rf"(?:完成|达到|达)了?(?P<goal>{HAN}{{0,6}}(?:目标|任务|计划)(?:任务|数|值)?)的|"
    rf"(?P<name>{HAN}{{0,8}}(?:比例|[^增效]率))(?:仅|只|约)?(?:为|是|达到?)?)$"
)
_GOAL = pattern("目标|计划|任务|不少于|不低于|达到$")
_GOALS = pattern(".{0,12}(?:绩效)?目标(?:为|是|包括|如下|设定)*:")
_LEVEL = pattern("中央|[省市县区]级")
_NO_NAME = pattern("增长|得分|满意|知晓|合格|准确|执行|到位|支出|拨付|有效|回收|收回")
_RATE = pattern("的?(?:比例|率)$")
_LOOKED = pattern("抽查|抽样|抽取|核查|走访|检查|调查|回访|抽检")
_DENIED = pattern("未|没有|不|仍|按")
_NO_WHOLE = CHANGES | {Kind.EACH, Kind.PER, Kind.MEAN}
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT})
_SHARP = Fraction(1, 300)
"""How narrow a base is that a number seldom is by chance."""

_DIGITS, _CLAUSES, _TWICE, _PAIR = 3, 2, 2, 2
_MOST = 80
"""So many numbers of a unit are looked at as bases, so that time stays linear."""


@record
class _Whole:
    """可能的基数: a number with the words that it is told with."""

    quantity: Quantity
    words: str
    goal: bool


@record
class _Known(Remembering):
    """全文的数: all by measure, in order, and those that others are likely of."""

    values: Mapping[Measure, Sequence[Fraction]]
    wholes: Sequence[_Whole]

    def gives(self, measure: Measure, wanted: Range | None) -> bool:
        """Whether any number of a measure is within a range."""
        if wanted is None:
            return True
        values = self._ordered.get(measure, ())
        at = bisect_left(values, wanted.low)
        return at < len(values) and values[at] <= wanted.high

    @cached_property
    def _ordered(self) -> Mapping[Measure, Sequence[Fraction]]:
        return {measure: sorted(each) for measure, each in self.values.items()}


def bases(passages: Sequence[Passage], sheets: Sequence[Sheet], stated: AbstractSet[Span]) -> Iterator[Claim]:
    """Rates that are in no claim yet (``stated``) beside the amount they are of. Time is that of sorting the numbers."""
    rates = [
        (passage, part, rate, match)
        for passage in passages
        for number, rate in enumerate(passage.mentions)
        if rate.unit.measure is Measure.RATE and rate.quantity.span not in stated
        if (match := _OF.search(rate.before)) and (part := _beside(passage, number)) is not None
    ]
    if not rates:
        return
    known = _known(passages, sheets)
    for passage, part, rate, match in rates:
        if match["name"] and not _is_of(match["name"], part):
            continue
        claim = _claim(passage, part, rate, known, match["share"] or match["goal"] or "", goal=bool(match["goal"]))
        if claim is not None:
            yield claim


def _is_of(name: str, part: Mention) -> bool:
    """Whether a rate is called after what is told of the amount: 持证的109人,持证率; not 离线97个,在线率."""
    what = _RATE.sub("", name)[-_PAIR:]
    words = f"{part.before} {part.after}"
    looked = _LOOKED.search(what) and _LOOKED.search(words)
    return (
        bool(looked or (len(what) == _PAIR and what in words))
        and not _NO_NAME.search(name)
        and not _DENIED.search(words)
    )


def _beside(passage: Passage, number: int) -> Mention | None:
    """The amount right before a rate, in its sentence; none where it is vague, a change or a rate."""
    rate = passage.mentions[number]
    if rate.quantity.hedge is not Hedge.NONE or len(rate.quantity.printed.replace(".", "").strip("0")) < _DIGITS:
        return None
    before = [each for each in passage.mentions[max(0, number - _PAIR) : number] if each.sentence == rate.sentence]
    part = before[-1] if before else None
    if part is None or part.unit.measure not in _MEASURED or part.unit.per or part.words & _NO_WHOLE:
        return None
    exact = part.quantity.hedge is Hedge.NONE and rate.clause - part.clause <= _CLAUSES
    return part if exact and part.depth == rate.depth else None


def _known(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> _Known:
    values: dict[Measure, list[Fraction]] = defaultdict(list)
    mentions = [mention for passage in passages for mention in passage.mentions if mention.unit.measure in _MEASURED]
    times = Counter((each.quantity.value, each.unit.kind) for each in mentions)
    wholes = [
        _Whole(each.quantity, f"{each.before}{each.after}", goal)
        for passage in passages
        for each in passage.mentions
        if each.unit.measure in _MEASURED and not each.unit.per and not each.words & _NO_WHOLE
        if (goal := _is_goal(passage, each)) or times[each.quantity.value, each.unit.kind] >= _TWICE
    ]
    for sheet in sheets:
        totals = {row.number for row in sheet.rows if row.total is Total.GRAND}
        heads = {column.number: column.name for column in sheet.columns}
        for (row, column), cell in sheet.cells.items():
            measure = Measure.COUNT if cell.measure is Measure.BARE else cell.measure
            values[measure].append(cell.value)
            if row in totals and measure in _MEASURED:
                wholes.append(_Whole(cell, heads.get(column, ""), goal=bool(_GOAL.search(heads.get(column, "")))))
    for mention in mentions:
        values[mention.unit.measure].append(mention.quantity.value)
    distinct: dict[tuple[str, str], dict[Fraction, _Whole]] = defaultdict(dict)
    for each in wholes:
        alike = distinct[each.quantity.unit, "goal" if each.goal else ""]
        if len(alike) < _MOST:
            alike.setdefault(each.quantity.value, each)
    return _Known(values, [each for alike in distinct.values() for each in alike.values()])


def _is_goal(passage: Passage, mention: Mention) -> bool:
    """Whether a number is one to be reached: its paragraph tells goals, or its own words do."""
    goals = _GOALS.match(passage.text)
    return _GOAL.search(mention.before) is not None or (goals is not None and goals.end() <= mention.token.start)


def _claim(passage: Passage, part: Mention, rate: Mention, known: _Known, name: str, *, goal: bool) -> Claim | None:
    measure, own, share = part.unit.measure, range_of(part.quantity), range_of(rate.quantity)
    meant = own.over_by(share)
    sharp = meant is not None and meant.high - meant.low < meant.value * _SHARP
    found: dict[Fraction, tuple[_Whole, Range]] = {}
    for whole in known.wholes:
        if not _may_be(whole, part, name, goal=goal):
            continue
        computed = own.over_by(exactly(whole.quantity.value) if goal else range_of(whole.quantity))
        if computed is not None and computed.holds(rate.quantity):
            return _stated(passage, part, rate, whole, computed)
        if computed is not None and written_otherwise(rate.quantity, computed):
            printed = as_printed(computed.value, rate.quantity).removesuffix(rate.quantity.unit).replace(",", "")
            found.setdefault(Fraction(printed), (whole, computed))
    if len(found) != 1 or (sharp and known.gives(measure, meant)):
        return None
    return _stated(passage, part, rate, *next(iter(found.values())))


def _stated(passage: Passage, part: Mention, rate: Mention, whole: _Whole, computed: Range) -> Claim:
    held = computed.holds(rate.quantity)
    expected = as_printed(computed.value, rate.quantity)
    return Claim(
        Relation.SHARE,
        passage.span(part.token.start, rate.token.end),
        (rate.quantity, part.quantity, whole.quantity),
        Verdict.HELD if held else Verdict.CONTRADICTED,
        f"{shown(part.quantity)} ÷ {shown(whole.quantity)} = {expected}",
        "" if held else expected,
        rate.before.strip("的为是约仅达"),
        Confidence.LIKELY,
    )


def _may_be(whole: _Whole, part: Mention, name: str, *, goal: bool) -> bool:
    """Whether a number may be what another is a part of: not a smaller one, a goal only of what was to be done, of one level where both are named."""
    like = whole.quantity.measure is part.unit.measure or (
        whole.quantity.measure is Measure.BARE and part.unit.measure is Measure.COUNT
    )
    if not like or whole.quantity.low <= 0 or whole.quantity.value == part.quantity.value:
        return False
    if goal:
        return whole.goal and whole.quantity.unit == part.quantity.unit
    if whole.quantity.value < part.quantity.value or _LEVEL.search(name):
        return False
    if whole.goal:
        return False
    same = whole.quantity.unit == part.quantity.unit or whole.quantity.measure is Measure.BARE
    return same or any(name[at : at + 2] in whole.words for at in range(len(name) - 1))
