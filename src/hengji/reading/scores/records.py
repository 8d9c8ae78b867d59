"""Records of scores, as a row of a table, a working paper or a sentence has them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Record, Standard, Where, Wording
from hengji.reading.scores.papers import Paper
from hengji.reading.scores.sentences import Fact, Statement
from hengji.reading.scores.standards import standard_of
from hengji.reading.scores.tables import Line
from hengji.reading.scores.wording import folded, worded

BODY, PAPER = 1000, 2000
"""The numbers of the body and of the first working paper among the places that score, behind those of all tables."""


def record_of_line(reading: Reading, line: Line, where: Where, place: int, numbers: Mapping[int, int]) -> Record:
    """What a row of a table says of an indicator; ``numbers`` has the number of every row by its ``id``."""
    weight = line.weight.value if line.weight else None
    spans = [span for span in line.spans if span.end > span.start]
    return Record(
        where,
        place,
        Span(min(span.start for span in spans), max(span.end for span in spans)) if _close(spans) else spans[0],
        worded(reading, *line.name),
        numbers[id(line)],
        numbers[id(line.parent)] if line.parent is not None else None,
        line.level,
        line.weight,
        line.deducted,
        line.awarded,
        line.rate,
        standard_in(reading, line.standard, weight),
        worded(reading, *line.reason) if line.reason else None,
        worded(reading, *line.analysis) if line.analysis else None,
    )


def _close(spans: list[Span]) -> bool:
    return max(span.end for span in spans) - min(span.start for span in spans) < 2000  # noqa: PLR2004  a row, not a page


def record_of_paper(reading: Reading, paper: Paper, place: int) -> Record:
    """What a working paper says of its indicator."""
    return Record(
        Where.PAPER,
        place,
        paper.span,
        worded(reading, paper.name),
        weight=paper.weight,
        awarded=paper.awarded,
        standard=standard_in(reading, paper.standard, paper.weight.value if paper.weight else None),
        reason=worded(reading, *paper.reason) if paper.reason else None,
        analysis=worded(reading, *paper.analysis) if paper.analysis else None,
    )


def record_of_statement(reading: Reading, statement: Statement, where: Where, place: int) -> Record:
    """What a sentence says of its subject."""
    facts = statement.facts
    return Record(
        where,
        place,
        statement.span,
        worded(reading, statement.span),
        weight=facts.get(Fact.WEIGHT),
        deducted=facts.get(Fact.DEDUCTED),
        awarded=facts.get(Fact.AWARDED),
        rate=facts.get(Fact.RATE),
        analysis=worded(reading, statement.sentence) if statement.whole else None,
    )


def standard_in(reading: Reading, spans: list[Span], weight: Decimal | None) -> Standard | None:
    """The standard that passages print for an indicator of a weight; None where they print nothing."""
    if not spans:
        return None
    text = folded(reading, spans)
    return standard_of(text, Wording(tuple(spans), text.text), weight) if text.text else None
