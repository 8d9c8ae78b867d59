"""All that the prose says of the rows of tables, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim
from hengji.reading.ranked.limits import limits
from hengji.reading.ranked.listing import listing_of
from hengji.reading.ranked.superlatives import superlatives
from hengji.reading.ranked.together import together
from hengji.reading.statements.mentions import Passage
from hengji.reading.tables.sheet import Sheet


def ranked(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """What is told of the rows of lists in any table of the report."""
    listing = listing_of(sheets)
    if listing.tables:
        for passage in passages:
            yield from superlatives(passage, listing)
            yield from limits(passage, listing)
            yield from together(passage, listing)
