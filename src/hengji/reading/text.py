"""Plain text and Markdown as they come out of converters: lines, TAB tables, pipe tables, HTML tables."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, takewhile

from hengji.model.choice import Choice
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.alignment import FEWEST_ROWS, Piece
from hengji.reading.blocks import Area, Block, Line, Stand, lay
from hengji.reading.flattened import tables_in
from hengji.reading.furniture import running_lines
from hengji.reading.lines import is_page_number, leader_end, width
from hengji.reading.marks import annex_end, is_contents, mark_of
from hengji.reading.markup import Region, paragraphs, regions, trimmed
from hengji.reading.spanned import spanning
from hengji.reading.stacked import are_cells, goes_on, stacked
from hengji.reading.structure import structured

_LINE = pattern(r"[^\n\f\v\u2028\u2029]*[\n\f\v\u2028\u2029]?")
_PIPE_RULE = pattern(r"\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?")
_PIPE = pattern(r"(?<!\\)\|")
_DROPPED = pattern(r"!\[[^\]]*\]\([^)]*\)|[-=*_—]{3,}|```\w*|<!--.*-->")
_DOTS = pattern(r"[.．·]{3}|…")
_BULLET = pattern(r"(?:[-*+•]|>)\s+(?=\S)")
_SPACED = pattern(r"[^\s\u3000](?:[ \u3000]?[^\s\u3000])*")
_PAGE_CELL = pattern(r"\s*[-—–]?\s*\d{1,3}\s*[-—–]?\s*")
_FEWEST_LISTED = 3
_LONGEST_CELL = 60
_NARROWEST = 3
_TITLE_AND_PAGE = 2


class _Kind(Choice):
    """What a line of the text is part of."""

    BLANK = "空行"
    DROPPED = "不是正文"
    ROW = "制表符行"
    PIPE = "竖线行"
    REGION = "标记表"
    LINE = "行"


_NO_WORDS = frozenset({_Kind.BLANK, _Kind.DROPPED})


@record
class _Stretch:
    """行段: a line with its kind, trimmed but for rows; ``regions`` are the HTML tables in it, or the one that it is."""

    kind: _Kind
    span: Span
    regions: tuple[Region, ...] = ()


def read_text(file: str, text: str) -> Reading:
    """The parts of a text, which stays as it is; form feeds part its pages."""
    starts = (0, *(match.end() for match in re.finditer("\f", text)))
    pages = starts if len(starts) > 1 else ()
    return structured(file, text, list(_blocks(text, pages)), pages)


def _blocks(text: str, pages: tuple[int, ...]) -> Iterator[Block]:
    """The lines and tables of a text."""
    contents = False
    for kind, run in groupby(_unparted(text, _stretches(text, pages)), key=lambda stretch: stretch.kind):
        stretches = list(run)
        if kind is _Kind.ROW:
            yield from _tab_table(text, stretches, contents=contents)
        elif kind is _Kind.PIPE:
            yield from _pipe_table(text, stretches)
        elif kind is _Kind.REGION:
            for region in (region for stretch in stretches for region in stretch.regions):
                yield from region.drafts
                yield from (Line(span) for span in region.prose)
        elif kind is _Kind.LINE:
            words = [text[stretch.span.start : stretch.span.end] for stretch in stretches]
            listed = any(map(is_contents, words)) or (contents and leader_end(words[0]) is not None)
            for each in words:
                contents = is_contents(each) or (contents and leader_end(each) is not None)
            yield from map(partial(_line, text), stretches) if listed else _stacked(text, stretches, words)


def _unparted(text: str, stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """The lines without the page numbers and the like between two of them, which part no table; numbers among cells are no page numbers."""
    before: _Stretch | None = None
    held: list[_Stretch] = []
    for each in stretches:
        if each.kind in _NO_WORDS:
            held.append(each)
            continue
        if held:
            yield from _kept(text, before, held, each)
            held = []
        yield each
        before = each
    yield from _kept(text, before, held, None)


def _kept(text: str, before: _Stretch | None, held: Sequence[_Stretch], after: _Stretch | None) -> Iterable[_Stretch]:
    """What stays of blank lines and lines that look like page numbers, between two others."""
    if before is None or before.kind is not _Kind.LINE or not _hold_number(held):
        return held
    numbers = list(takewhile(lambda each: each.kind is _Kind.DROPPED, held))
    rest = held[len(numbers) :]
    follows = [_words(text, after)] if after is not None and after.kind is _Kind.LINE else []
    words = [_words(text, each) for each in numbers]
    around = [_words(text, before), *([] if rest else follows)]
    cells = [replace(each, kind=_Kind.LINE) for each in numbers] if words and are_cells(around, words) else []
    last = words[-1] if cells else around[0]
    if follows and (not rest or (_hold_number(rest) and goes_on(last, *follows))):
        return cells
    return [*(cells or numbers), *rest]


def _hold_number(stretches: Iterable[_Stretch]) -> bool:
    """Whether what looks like a page number stands among blank lines."""
    return any(each.kind is _Kind.DROPPED for each in stretches)


def _words(text: str, stretch: _Stretch) -> str:
    return text[stretch.span.start : stretch.span.end]


def _stacked(text: str, stretches: Sequence[_Stretch], words: Sequence[str]) -> Iterator[Block]:
    """Lines, and the tables whose cells some of them are."""
    at = 0
    for table in stacked(words):
        yield from _lines(text, stretches[at : table.first])
        spans = [stretch.span for stretch in stretches[table.first : table.last]]
        ends = [Span(span.end, span.end) for span in spans]
        rows = [[Area(ends[0] if cell is None else spans[cell - table.first]) for cell in row] for row in table.rows]
        yield lay(Span(spans[0].start, spans[-1].end), rows)
        at = table.last
    yield from _lines(text, stretches[at:])


def _lines(text: str, stretches: Sequence[_Stretch]) -> Iterator[Block]:
    """Lines, and the tables that some of them are whose columns blanks keep apart."""
    at = 0
    rows_of = stretches if len(stretches) >= FEWEST_ROWS else ()
    for table in tables_in([list(_spaced(text, stretch.span)) for stretch in rows_of]):
        yield from map(partial(_line, text), stretches[at : table.first])
        rows = [list(_areas(row)) for row in table.rows]
        yield lay(Span(stretches[table.first].span.start, stretches[table.last - 1].span.end), rows)
        at = table.last
    yield from map(partial(_line, text), stretches[at:])


def _spaced(text: str, span: Span) -> Iterator[Piece]:
    """The words of a line between gaps of two blanks or more, with their places in half-width characters."""
    at, left = text.rfind("\n", 0, span.start) + 1, 0.0
    for match in _SPACED.finditer(text, span.start, span.end):
        at, left = match.start(), left + 2 * width(text[at : match.start()])
        yield Piece(match.group(), left, left + 2 * width(match.group()), at)


def _areas(row: Sequence[Piece | None]) -> Iterator[Area]:
    at = next(piece.start for piece in row if piece is not None)
    for piece in row:
        end = at if piece is None else piece.start + len(piece.words)
        yield Area(Span(at if piece is None else piece.start, end))
        at = end


def _line(text: str, stretch: _Stretch) -> Line:
    """A line without the signs of a Markdown list, quotation or emphasis around it."""
    span = stretch.span
    bullet = _BULLET.match(text, span.start, span.end)
    start, end = bullet.end() if bullet else span.start, span.end
    if text.startswith("**", start, end):
        start += 2
    if text.endswith("**", start, end):
        end -= 2
    return Line(Span(start, end))


def _stretches(text: str, pages: tuple[int, ...]) -> Iterator[_Stretch]:
    """Each line of the text; an HTML table is one, whatever lines it has, unless it stands in a cell of a TAB table."""
    skipped = running_lines(text, pages)
    tables = deque(regions(text))
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        end = line.end() if line else len(text)
        inside = []
        while tables and tables[0].span.start < end:
            inside.append(tables.popleft())
        before = text[at : inside[0].span.start] if inside else ""
        if inside and not ("\t" in before and inside[-1].span.end <= end):
            tables.extendleft(reversed(inside[1:]))
            yield _stretch(text, Span(at, inside[0].span.start), skipped)
            yield _Stretch(_Kind.REGION, inside[0].span, (inside[0],))
            at = inside[0].span.end
        else:
            yield _stretch(text, Span(at, end), skipped, tuple(inside))
            at = end


def _stretch(text: str, raw: Span, skipped: frozenset[int], inside: tuple[Region, ...] = ()) -> _Stretch:
    """The kind of one line; the span of a row keeps its TABs, others are trimmed."""
    bare = text[raw.start : raw.end].rstrip("\n\f\v\u2028\u2029")
    words = trimmed(text, raw.start, raw.end)
    line = text[words.start : words.end]
    tabbed = "\t" in bare and (leader_end(line) is None or not _DOTS.search(line))
    if raw.start in skipped or _DROPPED.fullmatch(line) or (is_page_number(line) and not tabbed):
        return _Stretch(_Kind.DROPPED, words)
    if tabbed:
        return _Stretch(_Kind.ROW, Span(raw.start, raw.start + len(bare)), inside)
    if not line:
        return _Stretch(_Kind.BLANK, words)
    return _Stretch(_Kind.PIPE if line.startswith("|") and line.count("|") > 1 else _Kind.LINE, words)


def _tab_table(text: str, stretches: Sequence[_Stretch], *, contents: bool) -> Iterator[Block]:
    """Lines with TABs: a table, or lines of the contents, or paragraphs that a TAB indents."""
    rows = [list(_cells(text, stretch)) for stretch in stretches]
    if _are_contents(text, rows, contents=contents) or _are_indented(rows):
        for row in rows:
            filled = [cell for cell in row if cell.start < cell.end]
            if filled:
                yield Line(Span(filled[0].start, filled[-1].end))
        return
    run: list[int] = []
    for number, row in enumerate(rows):
        if _is_remark(text, row):
            yield from _rows(text, stretches, rows, run)
            yield from (Line(span) for span in paragraphs(text, row[0].start, row[0].end))
            run = []
        else:
            run.append(number)
    yield from _rows(text, stretches, rows, run)


def _is_remark(text: str, row: Sequence[Span]) -> bool:
    """Whether a row is prose across the whole table."""
    words = text[row[0].start : row[0].end]
    return len(words) > _LONGEST_CELL and all(cell.start == cell.end for cell in row[1:])


def _rows(
    text: str, stretches: Sequence[_Stretch], rows: Sequence[Sequence[Span]], run: Sequence[int]
) -> Iterator[Block]:
    """One table of the rows numbered in ``run``, then those that stand in its cells."""
    if not run:
        return
    span = Span(stretches[run[0]].span.start, stretches[run[-1]].span.end)
    yield lay(span, list(spanning(text, [rows[number] for number in run])))
    for stretch in (stretches[number] for number in run):
        for region in stretch.regions:
            yield from (replace(draft, stand=Stand.CELL) for draft in region.drafts)
            tab = text.find("\t", region.span.end, stretch.span.end)
            end = stretch.span.end if tab < 0 else tab
            yield from (Line(each) for each in (*region.prose, *paragraphs(text, region.span.end, end)))


def _cells(text: str, stretch: _Stretch) -> Iterator[Span]:
    """The cells of a line with TABs; of one that holds an HTML table, the words before that."""
    at = stretch.span.start
    for cell in text[stretch.span.start : stretch.span.end].split("\t"):
        end = at + len(cell)
        if cell:
            held = [region.span.start for region in stretch.regions if at <= region.span.start < end]
            yield trimmed(text, at, min(held) if held else end)
        else:
            yield Span(at, at)
        at = end + 1


def _are_contents(text: str, rows: Sequence[Sequence[Span]], *, contents: bool) -> bool:
    """Whether rows are titles with page numbers."""
    if not contents and len(rows) < _FEWEST_LISTED:
        return False
    listed = [_page_of(text, row) for row in rows]
    pages = [page for page in listed if page is not None]
    return len(pages) * 2 > len(rows) and (contents or pages == sorted(pages))


def _page_of(text: str, row: Sequence[Span]) -> int | None:
    """The page number in a line of the contents."""
    filled = [text[cell.start : cell.end] for cell in row if cell.start < cell.end]
    if len(filled) != _TITLE_AND_PAGE or not _PAGE_CELL.fullmatch(filled[1]):
        return None
    if not mark_of(filled[0]) and annex_end(filled[0]) is None:
        return None
    return int(filled[1].strip(" -—–"))


def _are_indented(rows: Sequence[Sequence[Span]]) -> bool:
    """Whether TABs only indent paragraphs, or set a label apart from its value in a single line."""
    filled = [sum(cell.start < cell.end for cell in row) for row in rows]
    if len(rows) == 1 and len(rows[0]) < _NARROWEST:
        return True
    return max(filled) <= 1 and all(row[-1].start < row[-1].end for row in rows) and len(rows[0]) <= _NARROWEST


def _pipe_table(text: str, stretches: Sequence[_Stretch]) -> Iterator[Block]:
    """A Markdown table; a single line with bars is a paragraph."""
    if len(stretches) == 1:
        yield from (Line(stretch.span) for stretch in stretches)
        return
    rows: list[list[Area]] = []
    head = None
    for stretch in stretches:
        if _PIPE_RULE.fullmatch(text[stretch.span.start : stretch.span.end]):
            head = head or len(rows) or None
        else:
            rows.append(list(_piped(text, stretch.span)))
    yield lay(Span(stretches[0].span.start, stretches[-1].span.end), rows, head)


def _piped(text: str, span: Span) -> Iterator[Area]:
    at = span.start + 1
    for bar in _PIPE.finditer(text, at, span.end):
        yield Area(trimmed(text, at, bar.start()))
        at = bar.end()
    if at < span.end:
        yield Area(trimmed(text, at, span.end))
