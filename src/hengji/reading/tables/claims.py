"""The numeric statements of a report's tables. Score tables are read elsewhere (``hengji.reading.scores``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Claims, Verdict
from hengji.model.finding import Confidence
from hengji.model.reading import Span
from hengji.reading.tables import balances, choices, of_which, points, products, rates, selfforms, surveys, tallies
from hengji.reading.tables.sheet import Sheet
from hengji.reading.tables.sums import column_totals, row_totals

_FEWEST = 4


def table_claims(sheets: Sequence[Sheet]) -> Claims:
    """What the tables assert; a table of numbers of which nothing was understood is unread."""
    claims: list[Claim] = []
    unread: list[Span] = []
    for form in selfforms.forms(sheets):
        claims += selfforms.claims(form)
    for sheet in sheets:
        if selfforms.is_self_form(sheet):
            claims += [*row_totals(sheet), *rates.claims(sheet)]
        elif _scores(sheet):
            claims += points.claims(sheet)
            claims += rates.claims(sheet)
            claims += _added(sheet)
            continue
        found = list(_settled([*_of(sheet)]))
        claims += found
        if not found and len(sheet.cells) >= _FEWEST:
            unread.append(sheet.grid.span)
    return Claims(tuple(claims), tuple(unread))


def _added(sheet: Sheet) -> Iterator[Claim]:
    """The totals where most of them hold: of what stands beside scores (政策一, 政策二), of answers where one may give several."""
    totals = list(row_totals(sheet))
    held = sum(claim.verdict is Verdict.HELD for claim in totals)
    if held > len(totals) - held:
        yield from totals


def _of(sheet: Sheet) -> Iterator[Claim]:
    surveyed = list(surveys.claims(sheet)) or list(choices.claims(sheet))
    if surveyed:
        yield from surveyed
        yield from _added(sheet)
        return
    yield from row_totals(sheet)
    yield from column_totals(sheet)
    for kind in (of_which, products, balances, rates, tallies):
        yield from kind.claims(sheet)


def _scores(sheet: Sheet) -> bool:
    """Whether it is a table of scores: points to be had beside points that were given."""
    names = "/".join([*(column.name for column in sheet.columns), *sheet.words.values()][: len(sheet.columns) * 3])
    rows = {row.name for row in sheet.rows}
    turned = "得分" in rows and not rows.isdisjoint(("分值", "权重", "标准分", "满分"))
    return turned or ("得分" in names and any(word in names for word in ("分值", "权重", "标准分", "满分")))


def _settled(claims: list[Claim]) -> Iterator[Claim]:
    """A number that holds one way and likely not another way was read wrongly the other way."""
    held = {claim.quantities[0].span for claim in claims if claim.verdict is Verdict.HELD}
    seen: set[tuple[Span, str]] = set()
    for claim in claims:
        stated = claim.quantities[0].span
        unsure = claim.verdict is Verdict.CONTRADICTED and claim.confidence is not Confidence.CERTAIN
        kept = not (unsure and stated in held) or claim.computation.startswith("按标准")
        if kept and (stated, claim.computation) not in seen:
            seen.add((stated, claim.computation))
            yield claim
