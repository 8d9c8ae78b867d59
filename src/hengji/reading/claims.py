"""All that a reading asserts in numbers: what the readers of its prose and of its tables found, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable

from hengji.model.claim import Claims
from hengji.model.reading import Reading
from hengji.reading.repeats import repeats
from hengji.reading.statements.prose import passages_of, prose_claims
from hengji.reading.tables.claims import table_claims


def _repeats(reading: Reading) -> Claims:
    return Claims(tuple(repeats(passages_of(reading))))


_READERS: tuple[Callable[[Reading], Claims], ...] = (prose_claims, table_claims, _repeats)


def claims_of(reading: Reading) -> Claims:
    """The numeric statements of a report: understood ones with their verdict, and those that were not understood."""
    found = [read(reading) for read in _READERS]
    claims = sorted((claim for each in found for claim in each.claims), key=lambda claim: claim.span)
    unread = sorted(span for each in found for span in each.unread)
    return Claims(tuple(claims), tuple(unread))
