"""PDF files with a text layer: lines in reading order, running headers and page numbers dropped, paragraphs and tables put together.

The text has a line a paragraph, across lines and pages, and a line a row of a table, cells parted by TABs. A line goes on with the one
before it when that one reaches the right margin and it begins at the left one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pypdfium2 as pdfium

from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.model.sharing import shared_out
from hengji.reading.building import Builder
from hengji.reading.lines import is_page_number, leader_end, width
from hengji.reading.paragraphs import starts_anew
from hengji.reading.pdf_cells import Cells, filled, joined
from hengji.reading.pdf_columns import in_columns
from hengji.reading.pdf_pages import Box, Page, Stretch
from hengji.reading.pdf_tables import Frame, frames
from hengji.reading.structure import structured

_EDGE = 0.12
_WORD = pattern(r"^[!-~]+")
_PUNCTUATION = pattern(r"[，。；：、:;]")
_NUMBER = pattern(r"\d[\d.,]*")
_DIGITS = pattern(r"\d+")
_FEWEST = 3
_SAME_HEIGHT = 4
_SAME_LINE = 0.5
_SHORT_OF_MARGIN = 1.7
_INDENT = 1.2
_WELL_SHORT = 6
_UNEVEN = 2.5
_OTHER_SIZE = 1.2
_FEW = 0.1
_SMALL = 0.85
_MOST_PAGES = 20_000
_MOST_CHARACTERS = 5_000_000
_AT_ONCE = 8
"""Pages that one processor reads before it asks for more."""


@record
class Row:
    """行: a printed line; ``size`` is the width of a full-width character in points."""

    words: str
    box: Box
    size: float


@record
class Sheet:
    """页: its lines and tables from the top down, its size, and whether pictures are all that is on it."""

    items: tuple[Row | Cells, ...]
    width: int
    height: float
    is_picture: bool = False


class NoTextError(Exception):
    """A PDF whose pages are pictures."""


class TooLongError(Exception):
    """A PDF with more pages or characters than any report."""


def read_pdf(file: str, content: bytes) -> tuple[Reading, tuple[int, ...]]:
    """The reading of a PDF and the numbers of its pages that are pictures.

    Raises pdfium.PdfiumError where it cannot be opened, NoTextError where it holds no text, TooLongError where it never ends.
    """
    document = pdfium.PdfDocument(content)
    sheets: list[Sheet] = []
    length = 0
    try:
        if len(document) > _MOST_PAGES:
            raise TooLongError
        firsts = range(0, len(document), _AT_ONCE)
        for some in shared_out([partial(_sheets, document, first) for first in firsts]):
            sheets += some
            length += sum(len("".join(item.words)) for sheet in some for item in sheet.items)
            if length > _MOST_CHARACTERS:
                raise TooLongError
    finally:
        document.close()
    if not any(sheet.items for sheet in sheets):
        raise NoTextError
    pictures = tuple(number for number, sheet in enumerate(sheets, 1) if sheet.is_picture)
    return _composed(file, _with_whole_rows(_without_labels(_without_running_lines(sheets)))), pictures


def _sheets(document: pdfium.PdfDocument, first: int) -> list[Sheet]:
    """Some pages, from the first one on."""
    return [_sheet(document, number) for number in range(first, min(first + _AT_ONCE, len(document)))]


def _sheet(document: pdfium.PdfDocument, number: int) -> Sheet:
    """One page."""
    page = Page(document, number)
    try:
        stretches = page.stretches()
        tables = frames(page.rules()) if stretches else []
        inside: list[list[Stretch]] = [[] for _ in tables]
        outside: list[Stretch] = []
        for stretch in stretches:
            holder = _holder(tables, stretch.box)
            (outside if holder is None else inside[holder]).append(stretch)
        items: list[Row | Cells] = list(_lines_and_columns(page, outside))
        items.extend(
            cells
            for frame, held in zip(tables, inside, strict=True)
            if (cells := filled(page, frame, held)) is not None
        )
        items.sort(key=lambda item: -item.box.top)
        return Sheet(tuple(items), round(page.width), page.height, not items and page.has_pictures())
    finally:
        page.close()


def _holder(tables: Sequence[Frame], box: Box) -> int | None:
    """The smallest table that holds a stretch."""
    holding = [number for number, frame in enumerate(tables) if frame.holds(box)]
    return min(holding, key=lambda number: tables[number].box.top - tables[number].box.foot, default=None)


def _lines_and_columns(page: Page, stretches: Sequence[Stretch]) -> Iterator[Row | Cells]:
    """Printed lines, and the tables that some of them are without ruling lines."""
    lines = list(_lines(stretches))
    at = 0
    for numbers, cells in in_columns(page, lines):
        yield from map(_row, lines[at : numbers.start])
        yield cells
        at = numbers.stop
    yield from map(_row, lines[at:])


def _lines(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches at one height, from the top of the page down."""
    waiting: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda stretch: -stretch.box.middle):
        if waiting and waiting[0].box.middle - stretch.box.middle > _SAME_LINE * (stretch.box.top - stretch.box.foot):
            yield waiting
            waiting = []
        waiting.append(stretch)
    if waiting:
        yield waiting


def _row(stretches: list[Stretch]) -> Row:
    stretches.sort(key=lambda stretch: stretch.box.left)
    words, box = stretches[0].words, stretches[0].box
    for stretch in stretches[1:]:
        apart = stretch.box.left - box.right > _size(box, words)
        words = words.rstrip() + "  " + stretch.words if apart else words + stretch.words
        box = box.around(stretch.box)
    return Row(words, box, _size(box, words))


def _size(box: Box, words: str) -> float:
    return (box.right - box.left) / max(width(words.strip()), 0.5)


def _without_running_lines(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without page numbers at their edges and lines that pages of one size repeat there at one height."""
    counts = Counter(key for sheet in sheets for key in {_key(row, sheet) for row in _edge(sheet)})
    sizes = Counter(round(sheet.height) for sheet in sheets)
    running = {words for (words, _, size), count in counts.items() if count >= _most(sizes[size])}
    found = []
    for sheet in sheets:
        dropped = {
            id(row)
            for row in _edge(sheet)
            if is_page_number(row.words.strip())
            or counts[_key(row, sheet)] >= _most(sizes[round(sheet.height)])
            or (row in (sheet.items[0], sheet.items[-1]) and _key(row, sheet)[0] in running)
        }
        found.append(replace(sheet, items=tuple(item for item in sheet.items if id(item) not in dropped)))
    return found


def _most(pages: int) -> int:
    """How often a line comes back that is no part of the text."""
    return max(min(_FEWEST, pages), pages // 5, 2)


def _without_labels(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without the labels of drawings: lines of nothing but numbers, and small ones that hold several."""
    sizes = sorted(item.size for sheet in sheets for item in sheet.items if isinstance(item, Row))
    small = _SMALL * sizes[len(sizes) // 2] if sizes else 0.0
    return [
        replace(
            sheet, items=tuple(item for item in sheet.items if isinstance(item, Cells) or not _is_label(item, small))
        )
        for sheet in sheets
    ]


def _is_label(row: Row, small: float) -> bool:
    if _PUNCTUATION.search(row.words):
        return False
    return not any(map(str.isalpha, row.words)) or (row.size < small and len(_NUMBER.findall(row.words)) > 1)


def _edge(sheet: Sheet) -> Iterator[Row]:
    low, high = sheet.height * _EDGE, sheet.height * (1 - _EDGE)
    for item in sheet.items:
        if isinstance(item, Row) and not low < item.box.middle < high:
            yield item


def _key(row: Row, sheet: Sheet) -> tuple[str, int, int]:
    words = _DIGITS.sub("0", "".join(row.words.split()))
    return words, round(row.box.middle / _SAME_HEIGHT), round(sheet.height)


def _with_whole_rows(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages, each row of a table that goes on overleaf on the page where it begins."""
    found: list[Sheet] = []
    first: Cells | None = None  # the first piece of the table that ends the page before
    for sheet in sheets:
        upper = found[-1].items[-1] if found and found[-1].items else None
        items = sheet.items
        lower = items[0] if items else None
        begun = None
        if first is not None and isinstance(upper, Cells) and isinstance(lower, Cells):
            if (parted := joined(first, upper, lower)) is not None:
                found[-1] = replace(found[-1], items=(*found[-1].items[:-1], parted[0]))
                items = (parted[1], *items[1:])
            begun = first if len(items) == 1 else None
        found.append(replace(sheet, items=items))
        last = items[-1] if items else None
        first = begun or (last if isinstance(last, Cells) else None)
    return found


def _composed(file: str, sheets: Sequence[Sheet]) -> Reading:
    """The text and its blocks."""
    out = Builder()
    pages: list[int] = []
    widths = {sheet.width for sheet in sheets}
    known = {each: _Margins([sheet for sheet in sheets if sheet.width == each]) for each in widths}
    last: Row | None = None
    before = known[sheets[0].width]
    for sheet in sheets:
        page, margins = -1, known[sheet.width]
        for item in sheet.items:
            if isinstance(item, Row) and last is not None and _goes_on(last, item, before, margins):
                out.write(_blank(last.words, item.words))
                page = out.at if page < 0 else page
                out.write(item.words.strip())
                last, before = item, margins
                continue
            out.end_line()
            page = out.at if page < 0 else page
            if isinstance(item, Row):
                out.write(item.words.strip())
                last, before = item, margins
            else:
                item.write(out)
                last = None
        pages.append(out.at if page < 0 else page)
    out.end_line()
    return structured(file, out.text, out.blocks, tuple(pages))


def _blank(before: str, after: str) -> str:
    """What parts two lines of a paragraph: a blank that the file has, or that two Latin words need."""
    if before.endswith(" ") or (
        before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    ):
        return " "
    return ""


class _Margins:
    """Where lines begin and end when they fill pages of one width."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        rows = [item for sheet in sheets for item in sheet.items if isinstance(item, Row)]
        lefts = Counter(round(row.box.left / 2) * 2 for row in rows)
        common = [left for left, count in lefts.items() if count >= max(2, len(rows) * _FEW)]
        self._left = min(common, default=min(lefts, default=0))
        rights = sorted(row.box.right for row in rows) or [0.0]
        sizes = sorted(row.size for row in rows) or [0.0]
        likely = sheets[0].width - self._left - _UNEVEN * sizes[len(sizes) // 2]
        self._right = max(rights[len(rights) * 9 // 10], likely)
        self._indented = self._is_indented(rows)

    def _is_indented(self, rows: Sequence[Row]) -> bool:
        """Whether paragraphs begin further right than their other lines do."""
        firsts = [row for last, row in pairwise(rows) if last.box.right < self._right - _WELL_SHORT * last.size]
        return 2 * sum(self._is_in(row) for row in firsts) > len(firsts)

    def _is_in(self, row: Row) -> bool:
        return row.box.left - self._left > _INDENT * row.size

    def is_full(self, row: Row, after: str) -> bool:
        """Whether the first word of the next line would not have fitted into a line."""
        room = _SHORT_OF_MARGIN + width(after) - width(_WORD.sub("", after, count=1))
        return row.box.right >= self._right - room * row.size

    def begins(self, row: Row) -> bool:
        """Whether a line after a full one begins a paragraph."""
        words = row.words.strip()
        return self._is_in(row) or (starts_anew(words) and not (self._indented and self.is_full(row, "")))


def _goes_on(before: Row, row: Row, last: _Margins, margins: _Margins) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    words, after = before.words.strip(), row.words.strip()
    if leader_end(words) is not None or leader_end(after) is not None:
        return False
    if max(before.size, row.size) > _OTHER_SIZE * min(before.size, row.size) and width(after) > 1:
        return False
    return last.is_full(before, after) and not margins.begins(row)
