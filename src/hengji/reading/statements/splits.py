"""Amounts said to be borne in equal shares (市级和区级各按50%…，共61.00万元), held against the parts that the report gives them elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hengji.model.claim import Claim, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable
from hengji.reading.statements.verdicts import exactly, range_of, shown

_EACH = pattern(r"各(?:自)?(?:按|承担|负担|占|出资|分担|配套)[^,。;]{0,4}$|(?:按|以)?各[^,。;]{0,4}负担$")
_NEXT = 2


def splits(passages: Sequence[Passage], claims: Sequence[Claim]) -> Iterator[Claim]:
    """Equal shares of amounts whose parts were added up by other claims."""
    known: Mapping[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.relation is Relation.SUM and claim.quantities[0].measure is Measure.MONEY:
            known[claim.quantities[0].printed, claim.quantities[0].unit].append(claim)
    for passage in passages:
        for number, rate in enumerate(passage.mentions):
            if rate.unit.measure is Measure.RATE and _EACH.search(rate.before):
                yield from _compared(passage, rate, passage.mentions[number + 1 : number + 1 + _NEXT], known)


def _compared(
    passage: Passage, rate: Mention, following: Sequence[Mention], known: Mapping[tuple[str, str], list[Claim]]
) -> Iterator[Claim]:
    """The amount right after the rate, and the parts it has elsewhere, as many as there are shares in the whole."""
    whole = next((each for each in following if addable(each) and each.sentence == rate.sentence), None)
    if whole is None or not rate.quantity.value:
        return
    shares = 1 / rate.quantity.value
    for claim in known.get((whole.quantity.printed, whole.quantity.unit), ()):
        parts = claim.quantities[1:]
        if len(parts) == shares and claim.quantities[0] is not whole.quantity:
            yield _claim(passage, rate, whole, parts)
            return


def _claim(passage: Passage, rate: Mention, whole: Mention, parts: Sequence[Quantity]) -> Claim:
    share = range_of(whole.quantity) * exactly(rate.quantity.value)
    held = all(share.holds(part) for part in parts)
    expected = f"{shown(whole.quantity)} × {shown(rate.quantity)}"
    written = "、".join(shown(part) for part in parts)
    return Claim(
        Relation.SPLIT,
        passage.span(rate.token.start, whole.token.end),
        (rate.quantity, whole.quantity, *parts),
        Verdict.HELD if held else Verdict.CONTRADICTED,
        f"{expected}，别处分列为{written}",
        "" if held else "与分列的数一致的比例",
        rate.before,
        Confidence.LIKELY,
    )
