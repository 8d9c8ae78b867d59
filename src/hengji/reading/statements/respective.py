"""Shares in a row of parts in a row: 男、女分别为60人和40人,分别占60%和40%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.shares import odd_pair
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Range, Statement, range_of, shown, total

_AND = frozenset({"", "和", "及", "与", "以及"})
_NEAR, _REACH, _SEVERAL = 2, 12, 3


def respective(passage: Passage) -> Iterator[Claim]:
    """The shares of one whole, all parts together or an amount before them: that of which all shares are but one at most."""
    for number, first in enumerate(passage.mentions):
        row = number > 0 and {Kind.EACH, Kind.SHARE} <= first.words and first.unit.measure is Measure.RATE
        pairs = list(paired(passage.mentions, number)) if row else []
        if len(pairs) > 1:
            parts = [part for _, part in pairs]
            near = [each for each in passage.mentions[max(0, number - _REACH) : number] if each.like(parts[0])]
            together = f"({' + '.join(shown(part.quantity) for part in parts)})"
            wholes = [(total(part.quantity for part in parts), together)]
            wholes += [(range_of(each.quantity), shown(each.quantity)) for each in near if each not in parts]
            best = max((list(_of(pairs, *whole)) for whole in wholes), key=_held)
            if _held(best) >= len(pairs) - 1:
                yield from (each.claim(passage) for each in best)
            elif _make_up_the_whole(pairs):
                yield from odd_pair(passage, [(part, share) for share, part in pairs])


def _make_up_the_whole(pairs: Sequence[tuple[Mention, Mention]]) -> bool:
    """Whether shares come to 100%, of so many counts that one may be odd beside the others."""
    shares = total(share.quantity for share, _ in pairs)
    counted = all(part.unit.measure is Measure.COUNT and share.quantity.low > 0 for share, part in pairs)
    return len(pairs) >= _SEVERAL and counted and shares.low <= 1 <= shares.high


def paired(mentions: Sequence[Mention], number: int) -> Iterator[tuple[Mention, Mention]]:
    """The shares in a row that begins at ``number``, each with its part of those in a row before."""
    last = number + 1
    while last < len(mentions) and _goes_on(mentions[last], mentions[last - 1]):
        last += 1
    first = number - 1
    while first > 0 and mentions[first].before in _AND and mentions[first].like(mentions[first - 1]):
        first -= 1
    parts, shares = mentions[first:number], mentions[number:last]
    near = parts[-1].sentence == shares[0].sentence and shares[0].clause - parts[-1].clause <= _NEAR
    if len(parts) == len(shares) and near and all(addable(part) for part in parts):
        yield from zip(shares, parts, strict=True)


def in_row(passage: Passage, mention: Mention) -> bool:
    """Whether a quantity stands in a row behind 分别, so that the words around it are not its own."""
    for number in range(mention.at - 1, -1, -1):
        token = passage.tokens[number]
        if token.kind is Kind.EACH:
            return True
        if token.kind not in {Kind.QUANTITY, Kind.LISTING}:
            return False
    return False


def _goes_on(share: Mention, before: Mention) -> bool:
    return share.before in _AND and share.unit.measure is Measure.RATE and share.clause == before.clause


def _of(pairs: Sequence[tuple[Mention, Mention]], whole: Range, written: str) -> Iterator[Statement]:
    for share, part in pairs:
        if rate := range_of(part.quantity).over_by(whole):
            others = (part, *(other for _, other in pairs if other is not part))
            said = f"{shown(part.quantity)} ÷ {written}"
            yield Statement(Relation.SHARE, share, others, rate, said, confidence=Confidence.LIKELY)


def _held(way: Sequence[Statement]) -> int:
    return sum(each.computed.holds(each.stated.quantity) for each in way)
