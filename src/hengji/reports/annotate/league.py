"""Many reviews beside each other: one row a report, the soundest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from hengji.model.document import Align, Cell, Document, Row, Table, Text
from hengji.model.finding import Severity
from hengji.model.record import record
from hengji.model.review import Review
from hengji.reports.annotate.words import points, told_apart

HEADS = ("名次", "报告", "错误", "警告", "提示", "核对陈述", "不成立", "报告评分", "复算", "质量扣分")
_WIDTHS = (1, 6, 1, 1, 1, 2, 2, 2, 2, 2)


@record
class Standing:
    """名次: a review and the points that the quality sheet takes off; None where the file could not be read."""

    review: Review
    lost: Decimal | None

    def cells(self, place: int, name: str) -> tuple[str, ...]:
        """A row under ``HEADS``, of a report that is called by a name."""
        review = self.review
        if review.reading is None or self.lost is None:
            return ("—", name, *(("—",) * (len(HEADS) - 3)), "读不出来")
        counts = Counter(finding.severity for finding in review.findings)
        severities = (str(counts[severity]) for severity in Severity)
        checked, contradicted = str(review.statements.checked), str(review.statements.contradicted)
        return (str(place), name, *severities, checked, contradicted, *_scores(review), points(self.lost))


def _scores(review: Review) -> tuple[str, str]:
    rescore = review.rescore
    if rescore is None:
        return "—", "—"
    awarded = "—" if rescore.awarded is None else f"{rescore.awarded:f} {rescore.grade_awarded}".rstrip()
    literal = "—" if rescore.literal is None else f"{rescore.literal:f} {rescore.grade_literal}".rstrip()
    return awarded, literal


def ranked(standings: Sequence[Standing]) -> tuple[tuple[str, ...], ...]:
    """The rows of the league table: fewest points lost first, then fewest errors; files that were not read last."""
    names = told_apart(standing.review.file for standing in standings)
    ordered = sorted(standings, key=lambda standing: (*_merit(standing), standing.review.file))
    places = places_of([_merit(standing) for standing in ordered])
    rows = zip(places, ordered, strict=True)
    return tuple(standing.cells(place, names[standing.review.file]) for place, standing in rows)


def places_of(merits: Sequence[object]) -> list[int]:
    """The places of what stands in its order: equals share one."""
    first: dict[object, int] = {}
    return [first.setdefault(merit, place) for place, merit in enumerate(merits, 1)]


def _merit(standing: Standing) -> tuple[bool, Decimal, int]:
    errors = sum(finding.severity is Severity.ERROR for finding in standing.review.findings)
    return standing.lost is None, standing.lost or Decimal(0), errors


def league(standings: Sequence[Standing]) -> Document:
    """The league table for any writer."""
    return league_of(ranked(standings))


def league_of(rows: Sequence[Sequence[str]]) -> Document:
    """The same of rows that are ranked already."""
    body = tuple(Row(tuple(_cell(text, at) for at, text in enumerate(cells))) for cells in rows)
    head = Row(tuple(Cell((Text(name),), align=Align.CENTRE) for name in HEADS))
    return Document("审核汇总", (Table("审核-汇总", "审核汇总", (head,), body, _WIDTHS),))


def _cell(text: str, at: int) -> Cell:
    number = Decimal(text) if text.replace(".", "", 1).isdigit() else None
    return Cell((Text(text),), align=Align.LEFT if at == 1 else Align.RIGHT, number=number)
