"""Tags that converters leave in text: HTML tables as grids whose slots point at the words between the tags, the rest trimmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.blocks import Area, Draft, Stand, lay

_TAG = r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,400})?/?>"
_LEAD = pattern(rf"(?:\s|{_TAG}|&nbsp;|<!--[^<>]{{0,400}}-->)*")
_LAST_TAG = pattern(rf"(?:{_TAG}|&nbsp;|<!--[^<>]*-->)\Z")
_TABLE_TAG = pattern(r"<(?P<close>/?)(?P<name>table|tr|td|th)(?P<rest>\s[^<>]{0,400})?/?>", re.IGNORECASE)
_SPANS = pattern(r"(?P<side>rowspan|colspan)\s*=\s*[\"']?(?P<count>\d{1,5})", re.IGNORECASE)
_BREAK = pattern(r"</?(?:p|div|br|li|ul|ol|h[1-6])(?:\s[^<>]{0,400})?/?>|\n", re.IGNORECASE)
_LONGEST_TAG = 420


@dataclass(slots=True)
class _Cell:
    start: int
    end: int = -1
    rows: int = 1
    columns: int = 1
    named: str = "td"
    tables: list[_Table] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    start: int
    end: int = -1
    rows: list[list[_Cell]] = field(default_factory=list)


@record
class Region:
    """标记表: an HTML table in a text: its place, the tables within (its own first), and prose that stands between them."""

    span: Span
    drafts: tuple[Draft, ...]
    prose: tuple[Span, ...]


def trimmed(text: str, start: int, end: int) -> Span:
    """The words of a stretch without blanks and tags at either end; empty at its start where there are none."""
    raw = text[start:end]
    words = raw.strip()
    begin = start + raw.index(words)
    end = begin + len(words)
    if words and (words[0] in "<&" or words[-1] in ">;"):
        begin, end = _untagged(text, begin, end)
    return Span(begin, end) if begin < end else Span(start, start)


def _untagged(text: str, begin: int, end: int) -> tuple[int, int]:
    if lead := _LEAD.match(text, begin, end):
        begin = lead.end()
    while begin < end:
        last = _LAST_TAG.search(text, max(begin, end - _LONGEST_TAG), end) if text[end - 1] in ">;" else None
        if last is None and not text[end - 1].isspace():
            break
        end = last.start() if last else end - 1
    return begin, end


def regions(text: str) -> list[Region]:
    """The outermost HTML tables of a text, in order; one that is not closed is left as text."""
    return [_region(text, table) for table in _tables(text)]


def _tables(text: str) -> list[_Table]:
    done: list[_Table] = []
    stack: list[_Table] = []
    for tag in _TABLE_TAG.finditer(text):
        name = tag["name"].lower()
        if name == "table":
            if not tag["close"]:
                stack.append(_Table(tag.start()))
            elif stack:
                _close(stack[-1], tag.start())
                table = stack.pop()
                table.end = tag.end()
                holder = _open_cell(stack[-1]) if stack else None
                (holder.tables if holder else done).append(table)
        elif stack:
            _step(stack[-1], tag, name)
    return sorted(done, key=lambda table: table.start)


def _step(table: _Table, tag: re.Match[str], name: str) -> None:
    """One row or cell begins or ends."""
    _close(table, tag.start())
    if tag["close"]:
        return
    if name == "tr" or not table.rows:
        table.rows.append([])
    if name != "tr":
        spans = {match["side"].lower(): int(match["count"]) for match in _SPANS.finditer(tag["rest"] or "")}
        cell = _Cell(tag.end(), rows=spans.get("rowspan", 1), columns=spans.get("colspan", 1), named=name)
        table.rows[-1].append(cell)


def _open_cell(table: _Table) -> _Cell | None:
    cell = table.rows[-1][-1] if table.rows and table.rows[-1] else None
    return cell if cell and cell.end < 0 else None


def _close(table: _Table, at: int) -> None:
    if cell := _open_cell(table):
        cell.end = at


def _region(text: str, table: _Table) -> Region:
    drafts: list[Draft] = []
    prose: list[Span] = []
    waiting = [table]
    while waiting:
        each = waiting.pop()
        rows = [[_area(text, cell) for cell in row] for row in each.rows if row]
        if rows:
            stand = Stand.PAGE if each is table else Stand.CELL
            drafts.append(lay(Span(each.start, each.end), rows, _head(each), stand))
        for row in each.rows:
            for cell in row:
                waiting.extend(cell.tables)
                prose.extend(_after(text, cell))
    drafts.sort(key=lambda draft: draft.span.start)
    return Region(Span(table.start, table.end), tuple(drafts), tuple(sorted(prose)))


def _head(table: _Table) -> int | None:
    """How many rows begin with header cells only."""
    head = 0
    for row in table.rows:
        if not row or any(cell.named != "th" for cell in row):
            break
        head += 1
    return head or None


def _area(text: str, cell: _Cell) -> Area:
    """The cell's own words: all of them, or those before a table that stands in it."""
    end = cell.tables[0].start if cell.tables else cell.end
    return Area(trimmed(text, cell.start, max(end, cell.start)), cell.rows, cell.columns)


def _after(text: str, cell: _Cell) -> Iterator[Span]:
    """The words of a cell after the tables in it."""
    for index, table in enumerate(cell.tables):
        end = cell.tables[index + 1].start if index + 1 < len(cell.tables) else cell.end
        yield from paragraphs(text, table.end, end)


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs between tags."""
    for mark in (*_BREAK.finditer(text, start, max(start, end)), None):
        span = trimmed(text, start, mark.start() if mark else end)
        if span.start < span.end:
            yield span
        start = mark.end() if mark else end
