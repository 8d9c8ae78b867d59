"""The numeric statements of a report's paragraphs: each understood by one of the small grammars, or counted as unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Claims, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span, Title
from hengji.reading.statements.adjustments import adjustments
from hengji.reading.statements.among import among
from hengji.reading.statements.amounts import Amounts, amounts_of
from hengji.reading.statements.balances import balances
from hengji.reading.statements.budgets import of_budgets
from hengji.reading.statements.changes import changes
from hengji.reading.statements.compared import compared
from hengji.reading.statements.comparisons import comparisons
from hengji.reading.statements.counted import counted
from hengji.reading.statements.deductions import deductions
from hengji.reading.statements.distant import distant
from hengji.reading.statements.ends import ends
from hengji.reading.statements.formulas import formulas
from hengji.reading.statements.holdings import holdings
from hengji.reading.statements.items import items, parallels
from hengji.reading.statements.made_of import made_of
from hengji.reading.statements.marks import marks
from hengji.reading.statements.mentions import Mention, Passage, passage_of
from hengji.reading.statements.moves import moves
from hengji.reading.statements.partitions import partitions, rests
from hengji.reading.statements.periods import periods
from hengji.reading.statements.products import products
from hengji.reading.statements.ratios import ratios
from hengji.reading.statements.respective import respective
from hengji.reading.statements.rows import rows
from hengji.reading.statements.scored import scored
from hengji.reading.statements.seasons import seasons
from hengji.reading.statements.shares import bounds, compositions, divided, in_brackets, of_bracketed
from hengji.reading.statements.splits import splits
from hengji.reading.statements.sums import sums
from hengji.reading.statements.terms import terms
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.tops import tops
from hengji.reading.statements.transposed import transposed
from hengji.reading.statements.undone import put_right, undone
from hengji.reading.statements.verdicts import Range, exactly, one_digit_from, range_of, whole_span
from hengji.reading.statements.wholes import wholes
from hengji.reading.statements.within import within

_GRAMMARS: tuple[Callable[[Passage], Iterable[Claim]], ...] = (
    sums,
    partitions,
    rests,
    adjustments,
    formulas,
    ratios,
    among,
    balances,
    changes,
    compared,
    products,
    deductions,
    marks,
    counted,
    periods,
    compositions,
    of_bracketed,
    in_brackets,
    divided,
    respective,
    rows,
    terms,
    holdings,
    made_of,
    moves,
    seasons,
    within,
    bounds,
    transposed,
    tops,
    undone,
    put_right,
    comparisons,
)
_FACTS = frozenset({Measure.MONEY, Measure.COUNT, Measure.RATE, Measure.PERCENTAGE_POINTS})
_ENDS = frozenset({Kind.COMMA, Kind.SEMICOLON, Kind.END})
_LONGEST, _DENSEST = 3000, 400
_SHARP = Fraction(1, 1000)
"""How narrow a range is that a number seldom falls into by chance."""

_SCALES = (Fraction(10_000), Fraction(1, 10_000))
_SENTENCE = 16
_FEW = 8
_BOTH = 2
_TELLING = pattern(r"\d[^\d，,；;。]*[^\d][，,；;。][^\d]*\d")
_WORKED_OUT = pattern(r"\d[^=＝\n]{0,20}[×÷*/][^=＝\n]{0,20}[=＝] ?\d")
_STOPS = "。；\n，"


def prose_claims(passages: Sequence[Passage], in_tables: Iterable[Quantity] = ()) -> Claims:
    """What the paragraphs assert in numbers, some of them of amounts ``in_tables``. Time is linear in the length of the text."""
    telling = [passage for passage in passages if passage.mentions]
    claims = [claim for passage in telling for grammar in _GRAMMARS for claim in grammar(passage)]
    claims += items(passages)
    claims += distant(passages, parallels(passages))
    claims += splits(passages, claims)
    claims += scored(passages)
    amounts = amounts_of(passages, in_tables)
    told, whole = _rates_told(claims), _whole_shares(claims)
    claims = [
        claim
        for claim in claims
        if not (_of_another(claim, amounts) or _told_before(claim, told) or _fitted(claim, whole))
    ]
    stated = {claim.quantities[0].span for claim in claims}
    claims += wholes(passages, amounts, stated)
    claims += ends(passages, amounts, stated)
    claims += of_budgets(passages, amounts, stated)
    starts = {quantity.span.start for claim in claims for quantity in claim.quantities}
    starts.update(claim.span.start for claim in claims)
    unread = (span for passage in telling for span in _unread(passage, starts))
    return Claims(tuple(_settled(claims)), tuple(unread))


def passages_of(reading: Reading) -> list[Passage]:
    """The paragraphs and titles with words, folded, with their tokens and quantities; long ones in pieces, to look around in each."""
    return [
        piece
        for part in reading.parts
        if not isinstance(part, Grid) and not (isinstance(part, Title) and part.listed)
        for piece in _pieces(reading.text, part.span)
        if piece.text
    ]


def told_in_cells(reading: Reading) -> list[Passage]:
    """The sentences with numbers that stand in cells of tables, as where a form says what was done."""
    slots = (slot for grid in reading.grids() for slot in grid.slots)
    return [piece for slot in slots if _is_prose(reading.text, slot.span) for piece in _pieces(reading.text, slot.span)]


def _is_prose(text: str, span: Span) -> bool:
    """Whether a cell holds several numbers with punctuation between them, or a sum with what it comes to."""
    words = text[span.start : span.end]
    if len(words) >= _SENTENCE and _TELLING.search(words):
        return True
    return ("=" in words or "＝" in words) and _WORKED_OUT.search(words) is not None


def _pieces(text: str, span: Span) -> Iterator[Passage]:
    """A paragraph, cut at stops where it is longer, or between tokens where it is denser, than anything that people write as one."""
    start = span.start
    while span.end - start > _LONGEST:
        cuts = (text.rfind(stop, start, start + _LONGEST) + 1 for stop in _STOPS)
        cut = next((cut for cut in cuts if cut > start), start + _LONGEST)
        yield from _thinned(text, Span(start, cut))
        start = cut
    yield from _thinned(text, Span(start, span.end))


def _thinned(text: str, span: Span) -> Iterator[Passage]:
    passage = passage_of(text, span)
    if len(passage.tokens) <= _DENSEST:
        yield passage
        return
    cuts: list[int] = []
    for first in range(0, len(passage.tokens) - _DENSEST, _DENSEST):
        chunk = passage.tokens[first : first + _DENSEST]
        last = next((token for token in reversed(chunk) if token.kind in _ENDS and not token.depth), chunk[-1])
        cuts.append(passage.span(last.start, last.end).end)
    for start, end in pairwise([span.start, *cuts, span.end]):
        yield passage_of(text, Span(start, end))


def _of_another(claim: Claim, amounts: Amounts) -> bool:
    """Whether a rate of money that does not fit what stands beside it is that of another amount of the report."""
    if claim.verdict is Verdict.HELD or claim.relation not in {Relation.RATIO, Relation.SHARE}:
        return False
    rate, part, *others = claim.quantities
    if part.measure is Measure.COUNT and claim.relation is Relation.SHARE and others:
        meant = range_of(part).over_by(range_of(rate))
        return meant is not None and not _slipped(others[0], meant) and amounts.counts_often(meant)
    whole = range_of(part).over_by(range_of(rate)) if part.measure is Measure.MONEY else None
    if whole is None or whole.high - whole.low >= whole.value * _SHARP or any(_slipped(each, whole) for each in others):
        return False
    return amounts.has_money(whole, part)


def _rates_told(claims: Iterable[Claim]) -> Mapping[Fraction, Sequence[Claim]]:
    """The rates that hold beside their amounts, by what they are."""
    told: dict[Fraction, list[Claim]] = defaultdict(list)
    for claim in claims:
        if (
            claim.verdict is Verdict.HELD
            and claim.relation is Relation.RATIO
            and len(told[claim.quantities[0].value]) < _FEW
        ):
            told[claim.quantities[0].value].append(claim)
    return told


def _told_before(claim: Claim, told: Mapping[Fraction, Sequence[Claim]]) -> bool:
    """Whether a rate that does not fit what stands beside it is one of other amounts that is told elsewhere and holds there."""
    if claim.verdict is Verdict.HELD or claim.relation is not Relation.RATIO:
        return False
    rate, *own = claim.quantities
    values = {each.value for each in own}
    return any(
        claim.about.endswith(other.about) and values.isdisjoint(each.value for each in other.quantities)
        for other in told.get(rate.value, ())
    )


def _whole_shares(claims: Iterable[Claim]) -> AbstractSet[Span]:
    """The shares that make up the whole to the last digit."""
    return {
        share.span
        for claim in claims
        if claim.relation is Relation.COMPOSITION and sum(share.value for share in claim.quantities) == 1
        for share in claim.quantities
    }


def _fitted(claim: Claim, whole: AbstractSet[Span]) -> bool:
    """Whether a share is off by its last digit only, as one is that was fitted for the shares to make up the whole."""
    rate, *amounts = claim.quantities
    if claim.verdict is Verdict.HELD or rate.span not in whole or len(amounts) != _BOTH:
        return False
    found = range_of(amounts[0]).over_by(range_of(amounts[1]))
    return found is not None and abs(found.value - rate.value) <= rate.high - rate.low


def _slipped(printed: Quantity, meant: Range) -> bool:
    """Whether an amount is another with one digit or the unit written otherwise."""
    scaled = (range_of(printed) * exactly(scale) for scale in _SCALES)
    return any(each.low <= meant.high and meant.low <= each.high for each in scaled) or one_digit_from(printed, meant)


def _settled(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Each stated number once in a relation: where it holds one way, another way that likely does not was read wrongly.

    A total may be split up several times: its sums are other statements where they have no part in common.
    """
    held: dict[_Key, set[Span]] = defaultdict(set)
    for claim in claims:
        if claim.verdict is Verdict.HELD:
            held[_key(claim)].update(_parts(claim))
    seen: dict[tuple[_Key, Verdict], set[Span]] = defaultdict(set)
    for claim in claims:
        key, parts = _key(claim), _parts(claim)
        wrongly = claim.verdict is Verdict.CONTRADICTED and claim.confidence is not Confidence.CERTAIN
        if not (wrongly and parts & held.get(key, _NONE)) and not parts & seen[key, claim.verdict]:
            seen[key, claim.verdict] |= parts
            yield claim


_Key = tuple[Relation, Span]
_NONE: frozenset[Span] = frozenset()


def _key(claim: Claim) -> _Key:
    return claim.relation, claim.quantities[0].span


def _parts(claim: Claim) -> frozenset[Span]:
    """What tells a statement from another of the same number: the parts of a sum; of other relations the number alone."""
    stated, *parts = claim.quantities
    return frozenset(part.span for part in parts) if claim.relation is Relation.SUM else frozenset({stated.span})


def _unread(passage: Passage, starts: AbstractSet[int]) -> Iterator[Span]:
    """Sentences with facts in numbers that could be set against each other, of which no claim says anything.

    One amount with what it grew by since last year, or things of different kinds side by side, assert nothing that the text could show.
    """
    for first, last in passage.sentences:
        facts = [each for each in passage.between(first, last) if each.unit.measure in _FACTS]
        if _comparable(facts) and not any(each.quantity.span.start in starts for each in facts):
            yield whole_span(passage, facts[0].at, facts[-1].at)


def _comparable(facts: Sequence[Mention]) -> bool:
    """Whether two of some facts are amounts of one kind, or rates of one that did not grow."""
    kinds = [
        (each.unit.measure, each.unit.kind, each.unit.per)
        for each in facts
        if each.unit.measure is not Measure.RATE or not each.words & CHANGES
    ]
    return len(set(kinds)) < len(kinds)
