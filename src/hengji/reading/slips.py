"""Numbers written otherwise in one place: those that stand once and differ from another by a digit, by two that changed places, or by
the unit, where the words around both tell of the same thing.

A number that another statement bears out is no slip.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.borne_out import fixed_in, is_rated, rated_in
from hengji.reading.statements.mentions import Passage
from hengji.reading.statements.verdicts import repeated
from hengji.reading.tables.sheet import Sheet
from hengji.reading.told import LONG, SHORT, Told, blotted, digits_of, told_in_prose, told_in_tables

_Number = tuple[str, str]
"""A number as it is written: its unit and its digits."""
_Found = tuple[Confidence, Told]

_TWICE = 2
_MANY_WORDS = 4
_FEW_DIGITS = 2
_MOST = 40
"""So many of those that are alike are looked at."""
_RARE = 3
"""A number that stands in no more places is known by itself."""
_CHANGED = pattern("增加|新增|调增|追加|减少|[核调]减|扣[除减]|剔除|删除|退出|相差|死亡|去世|迁[入出]|注销|停发|取消")
_TIMES = ("年", "月", "天", "日", "周", "小时")


def slips(
    reading: Reading, passages: Sequence[Passage], sheets: Sequence[Sheet], claims: Sequence[Claim]
) -> Iterator[Claim]:
    """Numbers that stand once beside nearly the same one. Time is linear but for the few that nearly agree."""
    every = _by_number((*told_in_prose(passages), *told_in_tables(reading, sheets)))
    near: dict[_Number, list[_Number]] = defaultdict(list)
    called: dict[str, set[_Number]] = defaultdict(set)
    for number, group in every.items():
        for name in {name for each in group for name in (*each.names, *each.loose)}:
            called[name].add(number)
        for mark in group[0].marks:
            near[mark].append(number)
    sentences: dict[tuple[bool, int, int], list[Told]] = defaultdict(list)
    for each in (each for group in every.values() for each in group if not each.in_table):
        sentences[each.home].append(each)
    report = _Report(every, called, fixed_in(claims), rated_in(claims), sentences)
    fen = Counter(group[0].fen for group in every.values())
    met = _repeated(claims)
    for number, (told, *again) in every.items():
        if again or told.quantity.span in report.fixed or (told.fen and fen[told.fen] > 1):
            continue
        others = dict.fromkeys(other for mark in told.marks for other in near[mark][:_MOST] if other != number)
        found = report.nearest(told, others) or report.namesake(told) or report.beside(told)
        if found is None or is_rated(told.quantity, found[1].quantity, report.rated):
            continue
        confidence, other = found
        if report.accounts_for(told, other):
            continue
        pair = frozenset((number, (other.quantity.unit, other.digits)))
        if pair not in met:
            met.add(pair)
            yield repeated(told.quantity, other.quantity, Verdict.CONTRADICTED, confidence)


def _by_number(told: Iterable[Told]) -> Mapping[_Number, Sequence[Told]]:
    every: dict[_Number, list[Told]] = defaultdict(list)
    for each in told:
        every[each.quantity.unit, each.digits].append(each)
    return every


def _repeated(claims: Sequence[Claim]) -> set[frozenset[_Number]]:
    """The pairs of numbers that a statement holds against each other already."""
    repeats = (claim for claim in claims if claim.relation is Relation.REPEAT)
    return {frozenset((each.unit, digits_of(each)) for each in claim.quantities) for claim in repeats}


@record
class _Report:
    """全文的数: all places of each number, the numbers that each name stands for, the places that another statement fixes, the rates
    that hold, by their numbers, and what each sentence of the prose tells."""

    every: Mapping[_Number, Sequence[Told]]
    called: Mapping[str, AbstractSet[_Number]]
    fixed: AbstractSet[Span]
    rated: Mapping[Span, Claim]
    sentences: Mapping[tuple[bool, int, int], Sequence[Told]]

    def nearest(self, told: Told, others: Iterable[_Number]) -> _Found | None:
        """The number that is told with the most of the same words (one that is fixed is as good as told twice), and how likely the two are one."""
        best: tuple[int, int, Told] | None = None
        for number in others:
            for other in self.every[number][:_MOST]:
                same = told.same_as(other) if told.like(other) else 0
                if same and (best is None or (same, len(self.every[number])) > best[:2]):
                    best = same, len(self.every[number]), other
        if best is None:
            return None
        same, times, other = best
        long = _own_digits(told) >= LONG
        short = min(_own_digits(told), _own_digits(other)) < SHORT
        times += not short and self._is_fixed(self.every[other.quantity.unit, other.digits])
        often = times >= (_TWICE if long else _TWICE + 1)
        if (same < _TWICE and not often) or (short and (same < _TWICE or times < _TWICE)):
            return None
        rate = told.quantity.measure is Measure.RATE
        in_table = other.in_table or (told.in_table and rate)
        of_row = told.is_of_row_in(other) and other.is_of_row_in(told)
        if (not long or rate) and in_table and (same < _MANY_WORDS or not of_row):
            return None
        if told.quantity.unit != other.quantity.unit and told.digits != other.digits and same < _MANY_WORDS:
            return None  # 1,569,000元 in a table beside 159.60万元: nearly as much by chance
        likely = long and (times >= _TWICE or same >= _MANY_WORDS)
        return (Confidence.LIKELY if likely else Confidence.POSSIBLE), other

    def namesake(self, told: Told) -> _Found | None:
        """The one other number that is called the same, and is in all its places.

        Of things counted only where it is so several times, or another statement fixes it or has a rate of it.
        """
        if told.quantity.unit.endswith(_TIMES):
            return None
        counted = told.quantity.measure not in {Measure.MONEY, Measure.RATE}
        for name in (*told.names, *told.loose):
            for number in self.called[name] if len(self.called[name]) == _TWICE else ():
                others = [each for each in self.every[number] if each.is_called(name) and each.home != told.home]
                if not others or not all(told.may_be(each) for each in others):
                    continue
                if number[0] != told.quantity.unit or others[0].quantity.value == told.quantity.value:
                    continue
                twice = len(others) >= _TWICE
                often = twice and len(told.digits) >= _FEW_DIGITS
                rated = any(is_rated(each.quantity, told.quantity, self.rated) for each in others)
                sure = often or not counted or rated or self._is_fixed(others)
                alike = all(told.planned is each.planned for each in others)
                if (name in told.names and often and alike) or (_one_off(told, others[0]) and sure):
                    return (Confidence.LIKELY if twice else Confidence.POSSIBLE), others[0]
        return None

    def beside(self, told: Told) -> _Found | None:
        """The one number with a digit otherwise in a sentence that shares a rare number with its own: 164人、8.75万元, then 146名、8.75万元."""
        if told.in_table or len(told.digits) < SHORT:
            return None
        mates = self.sentences[told.home]
        places = {
            other.home
            for mate in mates
            if mate is not told and _own_digits(mate) >= SHORT
            for other in self.every[mate.quantity.unit, mate.digits]
            if other.home[:2] != told.home[:2] and len(self.every[mate.quantity.unit, mate.digits]) <= _RARE
        }
        own = {mate.quantity.value for mate in mates}
        found = [
            other
            for place in places
            for other in self.sentences.get(place, ())
            if told.like(other) and other.quantity.value not in own and _one_off(told, other) and told.same_as(other)
        ]
        return (Confidence.POSSIBLE, found[0]) if len({each.digits for each in found}) == 1 else None

    def accounts_for(self, told: Told, other: Told) -> bool:
        """Whether what two numbers differ by is told beside one of them as a change: 上报26940人,因死亡减少10人,实际26930人."""
        if not (told.digits.isascii() and other.digits.isascii()):
            return False
        value = abs(Decimal(told.digits) - Decimal(other.digits))
        forms = {f"{value:f}", f"{value.normalize():f}"}
        between = [each for form in forms for each in self.every.get((told.quantity.unit, form), ())]
        homes = {told.home[:2], other.home[:2]}
        return any(each.home[:2] in homes and _CHANGED.search(each.text) for each in between)

    def _is_fixed(self, group: Iterable[Told]) -> bool:
        return any(each.quantity.span in self.fixed for each in group)


def _own_digits(told: Told) -> int:
    """How many digits a number has, noughts at its ends aside."""
    return len(told.digits.replace(".", "").strip("0"))


def _one_off(told: Told, other: Told) -> bool:
    return not frozenset(blotted(told.digits)).isdisjoint(blotted(other.digits))
