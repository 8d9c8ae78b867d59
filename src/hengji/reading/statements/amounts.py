"""The amounts of a whole report, to look for one that a sentence means but does not print."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from hengji.model.claim import Measure, Quantity
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range

_OFTEN, _MOST, _DIGITS, _NARROW = 3, 12, 3, 4

_Unit = tuple[Measure, str, str]
_COUNTED = frozenset({Measure.COUNT, Measure.BARE})
_MONEY: _Unit = (Measure.MONEY, "元", "")


@record
class Amounts:
    """全文的数: those of several digits that are told again and again, all values in order, how often each number is printed,
    and how often each whole number of things is, in whatever unit."""

    often: Mapping[_Unit, Sequence[Mention]]
    values: Mapping[_Unit, Sequence[Fraction]]
    times: Mapping[tuple[_Unit, str], int]
    counts: Mapping[int, int]

    def told_often(self, like: Mention) -> Sequence[Mention]:
        """Those of a kind with a mention, the first mention of each."""
        return self.often.get(_unit(like), ())

    def has(self, like: Mention, wanted: Range) -> bool:
        """Whether any of a kind with a mention is within a range."""
        values = self.values.get(_unit(like), ())
        at = bisect_left(values, wanted.low)
        return at < len(values) and values[at] <= wanted.high

    def has_money(self, wanted: Range, but: Quantity) -> bool:
        """Whether any amount of money but ``but`` is within a range."""
        values = self.values.get(_MONEY, ())
        at = bisect_left(values, wanted.low)
        return any(value != but.value for value in values[at : bisect_right(values, wanted.high, at)])

    def counts_often(self, wanted: Range) -> bool:
        """Whether a number of things that is told again and again, in the prose or in tables, is within a narrow range."""
        first, last = ceil(wanted.low), floor(wanted.high)
        return last - first < _NARROW and any(
            self.counts.get(each, 0) >= _OFTEN and len(str(each)) >= _DIGITS for each in range(first, last + 1)
        )

    def once(self, mention: Mention) -> bool:
        """Whether a number is printed nowhere else: one that is has been written as it was meant."""
        return self.times.get((_unit(mention), mention.quantity.printed), 0) <= 1


def amounts_of(passages: Sequence[Passage], in_tables: Iterable[Quantity] = ()) -> Amounts:
    """The amounts and rates of some paragraphs, with the values of those in tables. Time is that of sorting them."""
    told: dict[tuple[_Unit, str], list[Mention]] = defaultdict(list)
    values: dict[_Unit, list[Fraction]] = defaultdict(list)
    counts: Counter[int] = Counter()
    for passage in passages:
        for mention in passage.mentions:
            told[_unit(mention), mention.quantity.printed].append(mention)
            values[_unit(mention)].append(mention.quantity.value)
            counts.update(_things(mention.quantity))
    for quantity in in_tables:
        counts.update(_things(quantity))
        if quantity.measure is Measure.MONEY:
            values[_MONEY].append(quantity.value)
    often: dict[_Unit, list[Mention]] = defaultdict(list)
    for (unit, printed), group in told.items():
        whole = [each for each in group if addable(each) and each.role is not Kind.LEFT]
        if len(whole) >= _OFTEN and len(printed) >= _DIGITS and len(often[unit]) < _MOST:
            often[unit].append(whole[0])
    ordered = {unit: _ordered(each) for unit, each in values.items()}
    return Amounts(often, ordered, {key: len(group) for key, group in told.items()}, counts)


def _things(quantity: Quantity) -> Iterator[int]:
    """The number of a quantity that counts things, where it is a whole one."""
    if quantity.measure in _COUNTED and quantity.value.denominator == 1:
        yield quantity.value.numerator


def _ordered(values: Sequence[Fraction]) -> Sequence[Fraction]:
    """Sorted as whole numbers of one denominator, which compare many times as fast."""
    below = lcm(*{value.denominator for value in values})
    return sorted(values, key=lambda value: value.numerator * (below // value.denominator))


def _unit(mention: Mention) -> _Unit:
    return mention.unit.measure, mention.unit.kind, mention.unit.per
