"""Differences one end of which is told elsewhere: 计划480张,还有12张没有完成, where 468张 stands in another chapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, islice, product

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.statements.amounts import Amounts
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import (
    Range,
    Statement,
    apart,
    differing,
    one_digit_from,
    range_of,
    written_otherwise,
)

_ALL = pattern("(?:年末|期末|项目|资金)*(?:结转|结余)+(?:结余)?(?:资金)?(?:为|共|共计)?")
_HAD = frozenset({Kind.BUDGET, Kind.ARRIVED})
_NO_CHANGE = frozenset({Kind.UP_TO, Kind.EACH, Kind.PER, Kind.SHARE})
_SPENT = frozenset({Kind.SPENT})
_MORE_THAN_ONE = 2
_DUE = pattern("应|拟|需")
_BACK = 2
"""So many paragraphs before a rest may tell what was received: one of the money that came, one of what was spent."""


def ends(passages: Sequence[Passage], amounts: Amounts, stated: AbstractSet[Span]) -> Iterator[Claim]:
    """Rests and changes that are in no claim yet (``stated``), of one amount in their sentence and one told again and again.

    Where no such amount gives the difference, one that would if one digit were another contradicts it. Time is linear in the text.
    """
    for number, passage, sentence in _sentences(passages):
        for mention in sentence:
            changed = bool(mention.words & CHANGES) and not mention.words & _NO_CHANGE
            measured = mention.unit.measure in {Measure.MONEY, Measure.COUNT} and not mention.unit.per
            if not measured or not (mention.role is Kind.LEFT or changed) or mention.quantity.span in stated:
                continue
            alike = (each for each in sentence if each is not mention and each.like(mention) and addable(each))
            near = list(islice(alike, _MORE_THAN_ONE))
            statement = None
            beside = passages[max(0, number - _BACK) : number + 1] if mention.role is Kind.LEFT else ()
            if len(near) == 1 and near[0].role is not Kind.LEFT:
                statement = _statement(mention, near[0], amounts)
                statement = statement or _of_both(mention, [*_most(mention, beside, _HAD), near[0]], amounts)
            elif not near and mention.role is Kind.LEFT and _ALL.fullmatch(mention.before):
                statement = _of_both(mention, amounts.told_often(mention), amounts)
                told = [*_most(mention, beside, _HAD), *_most(mention, beside, _SPENT)]
                statement = statement or _of_both(mention, told, amounts)
            if statement is not None:
                yield statement.claim(passage)


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[int, Passage, Sequence[Mention]]]:
    """The quantities of each sentence, with the paragraph that it is of and its number."""
    for number, passage in enumerate(passages):
        for _, mentions in groupby(passage.mentions, key=lambda each: each.sentence):
            yield number, passage, list(mentions)


def _most(rest: Mention, passages: Sequence[Passage], roles: AbstractSet[Kind]) -> Iterator[Mention]:
    """The greatest amount of each of some roles that each of some paragraphs tells: not that of one tier, but of all."""
    for passage, role in product(passages, roles):
        told = (each for each in passage.mentions if each.role is role and each.like(rest) and addable(each))
        told = (each for each in told if not _DUE.search(each.before))
        yield from filter(None, [max(told, key=lambda each: each.quantity.value, default=None)])


def _of_both(rest: Mention, told: Sequence[Mention], amounts: Amounts) -> Statement | None:
    """What is left of the money of a whole report: of an amount planned or received and one spent, told again and again or right before."""
    pairs = [
        (more, less)
        for more in told
        for less in told
        if more.role in _HAD and less.role is Kind.SPENT and more.quantity.value > less.quantity.value
    ]
    held = next((pair for pair in pairs if apart(*pair).holds(rest.quantity)), None)
    slipped = held or next(
        (pair for pair in pairs if amounts.once(rest) and written_otherwise(rest.quantity, apart(*pair))), None
    )
    if slipped is None:
        return None
    return differing(Relation.DIFFERENCE, rest, *slipped)


def _statement(difference: Mention, end: Mention, amounts: Amounts) -> Statement | None:
    rest = difference.role is Kind.LEFT
    others = [
        each
        for each in amounts.told_often(difference)
        if each.quantity.value < end.quantity.value or (not rest and each.quantity.value > end.quantity.value)
    ]
    held = next((each for each in others if apart(end, each).holds(difference.quantity)), None)
    if held is None and any(amounts.has(end, each) for each in _other_ends(difference, end)):
        return None
    other = held or next((each for each in others if _slipped(difference, end, each, amounts)), None)
    if other is None:
        return None
    return differing(Relation.DIFFERENCE if rest else Relation.CHANGE, difference, end, other)


def _other_ends(difference: Mention, end: Mention) -> tuple[Range, ...]:
    """What the other end would be."""
    off, own = range_of(difference.quantity), range_of(end.quantity)
    return (own - off,) if difference.role is Kind.LEFT else (own - off, own + off)


def _slipped(difference: Mention, end: Mention, other: Mention, amounts: Amounts) -> bool:
    """Whether the difference would be right if one digit of it, or of the end beside it, were another; of those printed only here."""
    if amounts.once(difference) and one_digit_from(difference.quantity, apart(end, other)):
        return True
    theirs, own = range_of(other.quantity), range_of(difference.quantity)
    return amounts.once(end) and any(one_digit_from(end.quantity, each) for each in (theirs - own, theirs + own))
