"""What checks of a report that was read have in common: a finding at a place in it, with the words quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from itertools import islice

from hengji.model.claim import Claim
from hengji.model.finding import Confidence, Finding, Place, Quote, Severity
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

_BESIDE = ((2, 2), (1, 2), (2, 1), (0, 0))
"""So many characters before and behind a word, the most first: what it is said of may stand on one side only."""
_TELLING = 4
"""Words so long that they hardly stand twice by chance."""


@record
class Fault:
    """What a check says of a place: the parts of a finding that are the same wherever it stands."""

    code: str
    severity: Severity
    found: str
    expected: str = ""
    remedy: str = ""
    computation: str = ""
    confidence: Confidence = Confidence.CERTAIN


def place_of(reading: Reading, span: Span) -> Place:
    """File, page or line, and the sections in which it stands."""
    above = reading.above(span.start)
    item = " > ".join(f"{title.mark}{title.text}" for title in above[-2:])
    return Place(reading.file, reading.line(span.start), item=item, page=reading.page(span.start))


def words(reading: Reading, span: Span) -> str:
    """What stands at a span, as it was written, without the blanks and line breaks in it: for a sentence of ours to say."""
    return "".join(reading.quote(span).split())


def words_around(reading: Reading, passage: Passage, start: int, end: int, reach: int) -> str:
    """The words of a passage from ``start`` to ``end`` (folded) with as many characters on either side as they reach, as ``words`` gives them."""
    return words(reading, passage.span(max(0, start - reach), min(len(passage.text), end + reach)))


def quote_of(reading: Reading, span: Span) -> Quote:
    return Quote(reading.quote(span), span.start, span.end)


def chapter_of(manuscript: Manuscript, role: Role) -> tuple[Span, ...]:
    """The heading under which a thing should stand that is missing there: that of the first section with a role, if it has one."""
    return tuple(islice((each.span() for each in manuscript.of(Kind.TITLE) if each.role is role), 1))


def how_often(places: Sized) -> str:
    """“（共3处，这是第一处）” behind what is told once for several places; nothing for one."""
    return f"（共{len(places)}处，这是第一处）" if len(places) > 1 else ""


def remark(reading: Reading, fault: Fault, span: Span, *related: Span) -> Finding:
    """A finding about the words at ``span``; ``related`` are those they are at odds with."""
    return Finding(
        fault.code,
        fault.severity,
        place_of(reading, span),
        fault.found,
        fault.expected,
        fault.remedy,
        fault.confidence,
        fault.computation,
        tuple(quote_of(reading, each) for each in (span, *related)),
    )


def written_right(manuscript: Manuscript, text: str, wrong: tuple[int, int], right: str) -> Iterator[Span]:
    """The first other place with the same words on either side of what is wrong in a text, and the right word between them."""
    start, end = wrong
    told = (f"{text[max(0, start - before) : start]}{right}{text[end : end + behind]}" for before, behind in _BESIDE)
    for words_there in dict.fromkeys(told):
        if len(words_there) >= _TELLING:
            for passage in manuscript.holding(words_there):
                at = passage.text.find(words_there)
                yield passage.span(at, at + len(words_there))
                return


def contradicted(reading: Reading, claim: Claim, fault: Fault) -> Finding:
    """A finding about a claim that does not hold: its own words, then the quantities that stand outside them."""
    outside = [quantity.span for quantity in claim.quantities if not claim.span.holds(quantity.span)]
    return remark(reading, fault, claim.span, *outside)
