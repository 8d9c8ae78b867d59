"""From a statement that was understood to a claim: whether it could be true within what its printed numbers could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.money import round_to
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage

_ZERO = Fraction(0)
_PLAIN = pattern(r"\d+(?:\.\d+)?")
_TIMES = 10


@record
class Range:
    """取值范围: what a computed number could be, and what it is of the printed values."""

    low: Fraction
    high: Fraction
    value: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether it was made of one number; one that is exact by chance need not tell."""
        return self.low is self.value is self.high

    def holds(self, stated: Quantity) -> bool:
        return self.low <= stated.high and stated.low <= self.high

    def over(self, stated: Quantity) -> bool:
        """Whether it is more than was stated, whatever the numbers are exactly."""
        return self.low > stated.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high, self.value + other.value)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low, self.value - other.value)

    def __mul__(self, other: Range) -> Range:
        if self.is_exact and other.is_exact:
            return exactly(self.value * other.value)
        if self.low.numerator >= 0 and other.low.numerator >= 0:
            return Range(self.low * other.low, self.high * other.high, self.value * other.value)
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(corners), max(corners), self.value * other.value)

    def over_by(self, other: Range) -> Range | None:
        """The quotient of amounts that are not negative; None where the divisor could be zero."""
        if other.low.numerator <= 0 or other.value.numerator <= 0:  # the sign alone: far quicker than to compare
            return None
        low, high = max(self.low, _ZERO), max(self.high, _ZERO)
        return Range(low / other.high, high / other.low, self.value / other.value)


def agree(quantities: Iterable[Quantity]) -> bool:
    """Whether numbers could all be one, as they are rounded."""
    every = list(quantities)
    return max(each.low for each in every) <= min(each.high for each in every)


def quotient_holds(above: Quantity, below: Quantity, stated: Quantity) -> bool:
    """Whether the quotient of two amounts that are not negative could be what is stated: without dividing, for it seldom is."""
    if below.low.numerator <= 0 or below.value.numerator <= 0:
        return False
    return max(above.low, _ZERO) <= stated.high * below.high and stated.low * below.low <= max(above.high, _ZERO)


def comparable(rate: Mention, above: Mention, below: Mention) -> bool:
    """Whether a rate is of the size that two amounts of another sentence give: who slips is seldom out by ten times."""
    quotient, stated = above.quantity.value, rate.quantity.value * below.quantity.value
    return quotient <= stated * _TIMES and stated <= quotient * _TIMES


def cut_off(computed: Range, stated: Quantity) -> bool:
    """Whether a rate misses by less than one of its last decimals: it was cut off, or fitted so that all shares make up the whole."""
    if stated.measure is not Measure.RATE or int(stated.number.as_tuple().exponent) >= 0:
        return False
    half = (stated.high - stated.low) / 2
    return computed.low < stated.high + half and stated.low - half < computed.high


def range_of(quantity: Quantity) -> Range:
    return Range(quantity.low, quantity.high, quantity.value)


def exactly(value: Fraction | int) -> Range:
    exact = value if isinstance(value, Fraction) else Fraction(value)
    return Range(exact, exact, exact)


def sharpened(operand: Quantity, result: Quantity) -> Range:
    """An operand of a sum whose result is printed to more decimals: it was known to as many, its last ones were zeros."""
    ours, theirs = (-int(each.number.as_tuple().exponent) for each in (operand, result))
    if (
        ours >= theirs
        or operand.unit != result.unit
        or operand.hedge is not Hedge.NONE
        or not operand.printed.isascii()
    ):
        return range_of(operand)
    narrower = (operand.high - operand.low) / 2 / 10 ** (theirs - ours)
    return Range(operand.value - narrower, operand.value + narrower, operand.value)


def total(quantities: Iterable[Quantity]) -> Range:
    """The sum of several."""
    every = list(quantities)
    low, high, value = ([getattr(each, end) for each in every] for end in ("low", "high", "value"))
    return Range(_sum(low), _sum(high), _sum(value))


def _sum(values: Iterable[Fraction]) -> Fraction:
    """Those of one denominator are added as whole numbers, which is far quicker."""
    whole: dict[int, int] = {}
    for value in values:
        whole[value.denominator] = whole.get(value.denominator, 0) + value.numerator
    first, *others = [Fraction(above, below) for below, above in whole.items()] or [_ZERO]
    return sum(others, first)


def shown(quantity: Quantity) -> str:
    """A quantity as printed, in one word."""
    return f"{quantity.printed}{quantity.unit}"


def added(quantities: Iterable[Quantity]) -> str:
    """Quantities as they are printed in a sum."""
    return " + ".join(map(shown, quantities))


def as_printed(value: Fraction, like: Quantity) -> str:
    """A value in the unit of a quantity, grouped as it is, to one decimal more than it was printed with where that says more."""
    places = max(0, -int(like.number.as_tuple().exponent))
    scale = like.value / Fraction(like.number) if like.number else Fraction(1)
    scaled = value / scale if scale else value
    printed = round_to(scaled, places)
    if Fraction(printed) != scaled and places == 0 and like.measure is not Measure.COUNT:
        printed = round_to(scaled, 2)
    return f"{printed:{',' if ',' in like.printed else ''}f}{like.unit}"


@record
class Statement:
    """数量陈述: ``stated`` result, ``others`` it is computed from, the range that gives, and how the sum is written.

    ``sharp`` is a narrower range that the numbers very likely have; what holds only outside it is likely wrong. ``instead`` is what
    should stand there where it is not the number that was computed.
    """

    relation: Relation
    stated: Mention
    others: Sequence[Mention]
    computed: Range
    sum: str
    about: str = ""
    confidence: Confidence = Confidence.CERTAIN
    sharp: Range | None = None
    instead: str = ""

    def claim(self, passage: Passage) -> Claim:
        """The claim, with its verdict; its words are those of the paragraph, not of the others it may be computed from."""
        stated = self.stated.quantity
        possible = self.computed.holds(stated)
        held = possible and (self.sharp is None or self.sharp.holds(stated))
        expected = as_printed(self.computed.value, stated)
        here = [self.stated.token, *(each.token for each in self.others if passage.tells(each))]
        return Claim(
            self.relation,
            passage.span(min(token.start for token in here), max(token.end for token in here)),
            (stated, *(each.quantity for each in self.others)),
            Verdict.HELD if held else Verdict.CONTRADICTED,
            f"{self.sum} = {expected}",
            "" if held else self.instead or expected,
            self.about or label(self.stated),
            Confidence.LIKELY if not held and (possible or cut_off(self.computed, stated)) else self.confidence,
        )


def made_up(whole: Mention, parts: Sequence[Mention], confidence: Confidence = Confidence.LIKELY) -> Statement:
    """That parts add up to a total."""
    quantities = [part.quantity for part in parts]
    sharp = sum((sharpened(each, whole.quantity) for each in quantities), exactly(0))
    return Statement(
        Relation.SUM, whole, parts, total(quantities), added(quantities), confidence=confidence, sharp=sharp
    )


def rated(
    rate: Mention,
    above: Mention,
    below: Mention,
    relation: Relation = Relation.RATIO,
    confidence: Confidence = Confidence.LIKELY,
    about: str = "",
) -> Statement | None:
    """That a rate is the quotient of two amounts; None where the divisor could be zero."""
    quotient = range_of(above.quantity).over_by(range_of(below.quantity))
    written = f"{shown(above.quantity)} ÷ {shown(below.quantity)}"
    return None if quotient is None else Statement(relation, rate, (above, below), quotient, written, about, confidence)


def differing(
    relation: Relation, difference: Mention, one: Mention, other: Mention, confidence: Confidence = Confidence.LIKELY
) -> Statement:
    """That a number is how far two amounts are apart."""
    high, low = (one, other) if one.quantity.value > other.quantity.value else (other, one)
    written = f"{shown(high.quantity)} - {shown(low.quantity)}"
    return Statement(relation, difference, (one, other), apart(one, other), written, confidence=confidence)


def apart(one: Mention, other: Mention) -> Range:
    """How far two amounts are apart, whichever is more."""
    ours, theirs = range_of(one.quantity), range_of(other.quantity)
    return ours - theirs if ours.value > theirs.value else theirs - ours


def at_most(passage: Passage, part: Mention, whole: Mention) -> Claim:
    """That a part is not more than the whole."""
    over = range_of(part.quantity).over(whole.quantity)
    first, last = sorted((part, whole), key=lambda each: each.at)
    return Claim(
        Relation.PART,
        passage.span(first.token.start, last.token.end),
        (part.quantity, whole.quantity),
        Verdict.CONTRADICTED if over else Verdict.HELD,
        f"{shown(part.quantity)} {'>' if over else '≤'} {shown(whole.quantity)}",
        f"不超过{shown(whole.quantity)}" if over else "",
        label(part),
        Confidence.LIKELY,
    )


def repeated(
    stated: Quantity, other: Quantity, verdict: Verdict, confidence: Confidence, about: str = "前后重复的数"
) -> Claim:
    """That a number is the same as another that says the same."""
    held = verdict is Verdict.HELD
    said = f"{shown(stated)} {'=' if held else '≠'} {shown(other)}"
    expected = "" if held else f"与另一处的{shown(other)}一致"
    return Claim(Relation.REPEAT, stated.span, (stated, other), verdict, said, expected, about, confidence)


def one_digit_from(quantity: Quantity, meant: Range) -> bool:
    """Whether a quantity could be what is meant if one digit of it were another; never of what is no plain number."""
    digits = quantity.printed.replace(",", "")
    if not _PLAIN.fullmatch(digits) or not quantity.number:
        return False
    last = quantity.value / Fraction(quantity.number) / 10 ** len(digits.partition(".")[2])
    least, most = ceil((meant.low - quantity.high) / last), floor((meant.high - quantity.low) / last)
    for place, digit in enumerate(map(int, reversed(digits.replace(".", "")))):
        lowest, highest = max(-digit, -(-least // 10**place)), min(9 - digit, most // 10**place)
        if lowest <= highest and not lowest == highest == 0:
            return True
    return False


def written_otherwise(quantity: Quantity, meant: Range) -> bool:
    """Whether a quantity could be what is meant if one digit were another, or its digits stood in another order."""
    other = as_printed(meant.value, quantity).removesuffix(quantity.unit)
    reordered = sorted(other.replace(",", "")) == sorted(quantity.printed.replace(",", ""))
    return reordered or one_digit_from(quantity, meant)


def label(mention: Mention) -> str:
    """What a quantity is of, in the words before it."""
    return mention.before.strip("的为是约仅达有")


def whole_span(passage: Passage, first: int, last: int) -> Span:
    """The original of tokens numbered ``first`` up to and with ``last``."""
    return passage.span(passage.tokens[first].start, passage.tokens[last].end)
