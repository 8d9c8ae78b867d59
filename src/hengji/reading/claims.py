"""All that a reading asserts in numbers: what its prose, its tables and its repetitions say, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from hengji.model.claim import Claims
from hengji.model.reading import Reading
from hengji.reading.bases import bases
from hengji.reading.blamed import blamed
from hengji.reading.defects import defects
from hengji.reading.ranked.claims import ranked
from hengji.reading.rates_again import rates_again
from hengji.reading.rates_alone import rates_alone
from hengji.reading.repeats import repeats
from hengji.reading.retold import retold
from hengji.reading.rows_told import rows_told
from hengji.reading.slips import slips
from hengji.reading.standards_told import standards_told
from hengji.reading.statements.mentions import Passage
from hengji.reading.statements.place_names import place_names
from hengji.reading.statements.prose import passages_of, prose_claims, told_in_cells
from hengji.reading.table_units import table_units
from hengji.reading.tables.answers import answers
from hengji.reading.tables.claims import table_claims
from hengji.reading.tables.sections import sections
from hengji.reading.tables.sheet import sheet_of
from hengji.reading.tables.twins import twins
from hengji.reading.told_in_rows import told_in_rows


def claims_of(reading: Reading) -> Claims:
    """The numeric statements of a report: understood ones with their verdict, and those that were not understood."""
    return claims_in(reading, passages_of(reading))


def claims_in(reading: Reading, passages: Sequence[Passage]) -> Claims:
    """The same where its ``passages`` are at hand."""
    sheets = [sheet_of(reading, each) for grid in reading.grids() for each in sections(reading, grid)]
    in_tables = [quantity for sheet in sheets for quantity in sheet.cells.values()]
    told = [*passages, *told_in_cells(reading)]
    found = (
        prose_claims(told, in_tables),
        table_claims(sheets),
        Claims((*repeats(passages), *defects(passages), *answers(reading, passages, sheets), *twins(sheets))),
    )
    stated = [claim for each in found for claim in each.claims]
    stated += place_names(reading.text, told, stated)
    stated += rates_again(passages, stated, in_tables)
    stated += rates_alone(told, sheets, stated)
    stated += told_in_rows(passages, sheets)
    stated += standards_told(passages, sheets)
    stated += rows_told(passages, sheets)
    stated += table_units(reading, passages, sheets)
    stated += ranked(told, sheets)
    stated += bases(told, sheets, {claim.quantities[0].span for claim in stated if claim.quantities})
    stated += slips(reading, passages, sheets, stated)
    stated += blamed(reading, told, stated)
    claims = sorted([*stated, *retold(reading, told, stated)], key=lambda claim: claim.span)
    unread = sorted(span for each in found for span in each.unread)
    return Claims(tuple(claims), tuple(unread))
