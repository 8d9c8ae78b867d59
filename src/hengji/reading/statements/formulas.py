"""Sums written out: 480张×1500元/张=72.00万元, （214.61/251.28）×100%=85.41%.

A formula is two sides with = between; a side is made of quantities, signs and brackets, each quantity with a few words of its own. A
side in which a name stands for a number is no sum. Where a unit is left out, a formula holds if it does at any usual scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Range, Statement, agree, exactly, range_of, repeated

_BOUND = pattern(r"[,;:。、!?]")
_EQUALS = pattern(r"[=≈]")
_PIECE = pattern(
    r"(?P<number>#+)|(?P<times>[×*xX✕·])|(?P<over>[÷/])|(?P<plus>[+＋])|(?P<minus>[-－—–])|(?P<open>\()|(?P<close>\))|(?P<word>[^#])"
)
_BRACKETED = pattern(r"(?P<result>#+)\((?P<sum>#+[^#()=,;:。、]{0,8}[×*÷][^()=,;:。、]{1,40})\)")
_AFTER_RESULT = pattern(r"\([^()]{1,12}[×*÷]")
_SCALES = tuple(Fraction(10) ** power for power in (0, 2, -2, 4, -4, 8, -8, 6, -6))
_DASH = pattern("[-－—–~至到]")
"""In 5-1-0.5 a sign of subtraction, read as a range."""
_LONGEST_WORD = 8
_IS = frozenset("为是")
"""Words before a bracket with which the sum begins: 满意度为(60+30)÷100=90%; other words (平均(60+30)) make it something else."""
_EXACT = frozenset({Measure.BARE, Measure.COUNT, Measure.DAYS})


@record
class _Side:
    """算式的一边: what it comes to, and its quantities."""

    range: Range
    mentions: tuple[Mention, ...]
    written: str


class _NotASumError(Exception):
    """A side in which something else stands than quantities and signs."""


def formulas(passage: Passage) -> Iterator[Claim]:
    """Every sum that is written out with its result."""
    if not _EQUALS.search(passage.text) and not _AFTER_RESULT.search(passage.text):
        return
    signs = list(passage.text)
    starts: dict[int, Mention] = {}
    for mention in passage.mentions:
        starts[mention.token.start] = mention
        signs[mention.token.start : mention.token.end] = "#" * (mention.token.end - mention.token.start)
    masked = "".join(signs)
    for match in _BRACKETED.finditer(masked):
        yield from _stated_before(passage, masked, match, starts)
    edges = [0, *(match.end() for match in _BOUND.finditer(masked)), len(masked)]
    for begin, end in pairwise(edges):
        if _EQUALS.search(masked, begin, end):
            yield from _equations(passage, masked, (begin, end), starts)


def _equations(
    passage: Passage, masked: str, region: tuple[int, int], starts: Mapping[int, Mention]
) -> Iterator[Claim]:
    begin, end = region
    cuts = [match.start() for match in _EQUALS.finditer(masked, begin, end)]
    bounds = zip([begin, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)
    sides = [_side(passage, masked, low, high, starts) for low, high in bounds]
    for left, right in pairwise(sides):
        if left is None or right is None or len(left.mentions) == len(right.mentions) == 1:
            continue
        single, other = (right, left) if len(right.mentions) == 1 else (left, right)
        if len(single.mentions) == 1:
            stated = single.mentions[0]
            yield from _claims(passage, stated, other)


def _stated_before(
    passage: Passage, masked: str, match: re.Match[str], starts: Mapping[int, Mention]
) -> Iterator[Claim]:
    """A result with its sum in the bracket behind it: 得7.60分（8×95%）."""
    side = _side(passage, masked, *match.span("sum"), starts)
    stated = starts.get(match.start("result"))
    if side is not None and stated is not None and stated.token.end == match.end("result"):
        yield from _claims(passage, stated, side)


def _claims(passage: Passage, stated: Mention, side: _Side) -> Iterator[Claim]:
    """The sum, and that the one rate in a sum of points is the one rate that the sentence told before."""
    yield Statement(Relation.FORMULA, stated, side.mentions, _scaled(side, stated.quantity), side.written).claim(
        passage
    )
    rates = [each for each in side.mentions if each.unit.measure is Measure.RATE]
    told = [each for each in passage.mentions if _is_told(each, side.mentions[0])]
    if (
        stated.unit.measure is Measure.POINTS
        and len(rates) == len(told) == 1
        and not _is_nearer(passage, *rates, *told)
    ):
        one, other = rates[0].quantity, told[0].quantity
        yield repeated(one, other, Verdict.HELD if agree((one, other)) else Verdict.CONTRADICTED, Confidence.LIKELY)


def _is_told(mention: Mention, first: Mention) -> bool:
    """Whether a mention is a rate by name in the sentence before a sum that begins with ``first``."""
    named = mention.unit.measure is Measure.RATE and mention.before.endswith(("率", "度", "率为", "度为"))
    return named and mention.at < first.at and mention.sentence == first.sentence


def _is_nearer(passage: Passage, rate: Mention, told: Mention) -> bool:
    """Whether a semicolon parts a rate from the sum, or a share told between them is that of the sum: …达标率55%,…;…,占92%,得5×92%=4.6分."""
    if ";" in passage.text[told.token.end : rate.token.start]:
        return True
    between = passage.between(told.at + 1, rate.at)
    return any(each.unit.measure is Measure.RATE and agree((each.quantity, rate.quantity)) for each in between)


def _scaled(side: _Side, stated: Quantity) -> Range:
    """What a side comes to in the result's unit; where units are left out, at the scale that is nearest."""
    units = {mention.quantity.measure for mention in side.mentions} | {stated.measure}
    if Measure.BARE not in units and stated.measure is not Measure.RATE:
        return side.range
    at = [side.range * exactly(scale) for scale in _SCALES]
    return min(at, key=lambda each: (not each.holds(stated), abs(each.value - stated.value)))


def _side(passage: Passage, masked: str, begin: int, end: int, starts: Mapping[int, Mention]) -> _Side | None:
    pieces = [(match.lastgroup or "", match) for match in _PIECE.finditer(masked, begin, end)]
    if sum(kind == "number" for kind, _ in pieces) == 0:
        return None
    reader = _Reader(pieces, starts)
    try:
        result = reader.sum()
    except _NotASumError:
        return None
    if reader.at < len(pieces):
        return None
    first, last = reader.found[0].token.start, reader.found[-1].token.end
    while first > begin and masked[first - 1] == "(":
        first -= 1
    while last < end and masked[last] == ")":
        last += 1
    return _Side(result, tuple(reader.found), passage.text[first:last])


class _Reader:
    """Recursive descent over one side: sums of products of quantities and bracketed sums."""

    def __init__(self, pieces: Sequence[tuple[str, re.Match[str]]], starts: Mapping[int, Mention]) -> None:
        self.pieces = pieces
        self.starts = starts
        self.at = 0
        self.found: list[Mention] = []

    def _next(self) -> str:
        return self.pieces[self.at][0] if self.at < len(self.pieces) else ""

    def sum(self) -> Range:
        value = self._product()
        while (sign := self._next()) in {"plus", "minus"}:
            self.at += 1
            other = self._product()
            value = value + other if sign == "plus" else value - other
        return value

    def _product(self) -> Range:
        value = self._factor()
        while (sign := self._next()) in {"times", "over"}:
            self.at += 1
            other = self._factor()
            result = value * other if sign == "times" else value.over_by(other)
            if result is None:
                raise _NotASumError
            value = result
        return value

    def _factor(self) -> Range:
        leading = self._words()
        kind = self._next()
        if kind == "open" and (not leading or self.pieces[self.at - 1][1][0] in _IS):
            self.at += 1
            value = self.sum()
            if self._next() != "close":
                raise _NotASumError
            self.at += 1
            self._words()
            return value
        if kind != "number":
            raise _NotASumError
        mention = self.starts.get(self.pieces[self.at][1].start())
        if mention is None or mention.token.end != self.pieces[self.at][1].end():
            raise _NotASumError
        if _DASH.search(mention.quantity.printed, 1):
            raise _NotASumError
        self.at += 1
        if self._words() > _LONGEST_WORD:
            raise _NotASumError
        self.found.append(mention)
        return _operand(mention.quantity)

    def _words(self) -> int:
        """Pass over words; how many characters they are."""
        begin = self.at
        while self._next() == "word":
            self.at += 1
        return self.at - begin


def _operand(quantity: Quantity) -> Range:
    """Whole numbers in a sum that is written out are meant exactly, and standards (1.2万元/个)."""
    whole = quantity.number == quantity.number.to_integral_value() and "." not in quantity.printed
    if whole and (quantity.measure in _EXACT or quantity.unit.startswith("元") or quantity.printed == "100"):
        return exactly(quantity.value)
    if "/" in quantity.unit and int(quantity.number.as_tuple().exponent) >= -1:
        return exactly(quantity.value)
    return range_of(quantity)
