"""Plain text and Markdown as they come out of converters: titles, paragraphs and TAB tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.model.document import CellState
from hengji.model.reading import Grid, Part, Prose, Reading, Slot, Span, Title

_MARKS = (
    re.compile(r"\s*(?P<mark>[一二三四五六七八九十]+、)\s*(?P<text>\S.*)"),
    re.compile(r"\s*(?P<mark>[（(][一二三四五六七八九十]+[）)])\s*(?P<text>\S.*)"),
    re.compile(r"\s*(?P<mark>\d{1,2}[.、．])(?!\d)\s*(?P<text>\S.*)"),
    re.compile(r"\s*(?P<mark>[（(]\d{1,2}[）)])\s*(?P<text>\S.*)"),
    re.compile(r"\s*(?P<mark>[①-⑳])\s*(?P<text>\S.*)"),
)
_LONGEST_TITLE = 40
_STOPS = "。；，,;："


def read_text(file: str, text: str) -> Reading:
    """The parts of a text: each line is a paragraph, neighbouring lines with TABs are a table."""
    return Reading(file, text, tuple(_parts(text)))


def _parts(text: str) -> Iterator[Part]:
    rows: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        span = Span(start, start + len(line.rstrip("\n")))
        start += len(line)
        if "\t" in line:
            rows.append(span)
            continue
        if rows and line.strip():
            yield _grid(text, rows)
            rows = []
        if line.strip():
            yield _title(text, span) or Prose(span)
    if rows:
        yield _grid(text, rows)


def _title(text: str, span: Span) -> Title | None:
    line = text[span.start : span.end]
    if len(line) > _LONGEST_TITLE or line.rstrip().endswith(tuple(_STOPS)):
        return None
    for level, pattern in enumerate(_MARKS, 1):
        if match := pattern.fullmatch(line):
            return Title(span, level, match["mark"], match["text"].strip())
    return None


def _grid(text: str, rows: list[Span]) -> Grid:
    slots = []
    width = 0
    for number, row in enumerate(rows):
        at = row.start
        cells = text[row.start : row.end].split("\t")
        width = max(width, len(cells))
        for column, cell in enumerate(cells):
            lead = len(cell) - len(cell.lstrip())
            content = Span(at + lead, at + lead + len(cell.strip()))
            state = CellState.FILLED if cell.strip() else CellState.EMPTY
            slots.append(Slot(content if cell.strip() else Span(at, at), number, column, state=state))
            at += len(cell) + 1
    return Grid(Span(rows[0].start, rows[-1].end), tuple(slots), len(rows), width)
