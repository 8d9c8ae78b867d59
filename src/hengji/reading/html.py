"""HTML files: what a browser shows when it opens them; tables with their merged cells.

Scripts, styles, menus, and parts that are hidden, folded or pop up only when asked for are no part of the report; but folded parts are
where nothing else is.
Of a paragraph in a cell only the words count. A table of one column is a frame: what stands in it is read as if it stood on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.blocks import Area, Stand
from hengji.reading.building import Builder
from hengji.reading.structure import structured

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "ul"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = frozenset(
    {
        "head",
        "nav",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "select",
        "textarea",
        "button",
        "iframe",
        "object",
        "title",
    }
)
_HIDDEN = pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = pattern(r"\s+")


@dataclass(slots=True)
class _Cell:
    """Paragraphs and tables in a cell; ``header`` when it is a th."""

    rows: int = 1
    columns: int = 1
    header: bool = False
    content: list[str | _Table] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        return [each for each in self.content if isinstance(each, str) and each.strip()]


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)

    def cell(self) -> _Cell:
        """The cell that is open, or one for what stands outside of cells."""
        if not self.rows:
            self.rows.append([])
        if not self.rows[-1]:
            self.rows[-1].append(_Cell())
        return self.rows[-1][-1]


def read_html(file: str, text: str) -> Reading:
    """The reading of an HTML text. Raises ``etree.ParserError`` where nothing is in it."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    page = _Page()
    page.read(root)
    if "。" not in page.out.text:
        page = _Page()
        page.read(_unfolded(root))
    return structured(file, page.out.text, page.out.blocks)


def _unfolded(root: html.HtmlElement) -> html.HtmlElement:
    """A page that shows no sentence until its reader unfolds it: what is folded there is the report."""
    for folded in root.iter("details"):
        folded.set("open", "")
    return root


class _Page:
    """One pass over the elements, without recursion: a page may be nested as deep as its maker likes."""

    def __init__(self) -> None:
        self.out = Builder()
        self._tables: list[_Table] = []
        self._words: list[str] = []
        self._level = 0

    def read(self, root: html.HtmlElement) -> None:
        """Write what stands in the page."""
        hidden: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = element.tag if isinstance(element.tag, str) else ""
            if hidden is None and event == "start":
                if name in _LEFT_OUT or _unseen(name, element):
                    hidden = element
                else:
                    self._begin(name, element)
                    self._say(element.text)
            elif event == "end":
                if hidden is None:
                    self._end(name)
                if hidden is element:
                    hidden = None
                if hidden is None and element is not root:
                    self._say(element.tail)
        self._line()

    def _say(self, words: str | None) -> None:
        if words:
            self._words.append(words)

    def _begin(self, name: str, element: etree._Element) -> None:
        if name in _BLOCKS or name in _HEADINGS or name in {"br", "table", "tr", "td", "th"}:
            self._line()
        if name in _HEADINGS:
            self._level = _HEADINGS[name]
        elif name == "table":
            self._tables.append(_Table())
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif name in {"td", "th"} and self._tables:
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            cell = _Cell(_count(element.get("rowspan")), _count(element.get("colspan")), name == "th")
            table.rows[-1].append(cell)

    def _end(self, name: str) -> None:
        if name in _BLOCKS or name in _HEADINGS or name in {"table", "tr", "td", "th"}:
            self._line()
        if name == "caption" and self._tables:
            self._caption()
        if name == "table" and self._tables:
            table = self._tables.pop()
            if self._tables:
                self._tables[-1].cell().content.append(table)
            else:
                self._write(table, Stand.PAGE)

    def _caption(self) -> None:
        """A caption stands before its table, where that is not within another."""
        table = self._tables[-1]
        if len(self._tables) == 1 and len(table.rows) == 1 and len(table.rows[0]) == 1:
            words = table.rows.pop()[0].paragraphs
            for each in words:
                self.out.write(each)
                self.out.end_line()

    def _line(self) -> None:
        """A paragraph ends, in the cell that is open or on the page."""
        words = _BLANKS.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if words and self._tables:
            self._tables[-1].cell().content.append(words)
        elif words:
            self.out.write(words)
            self.out.end_line(self._level)
        self._level = 0

    def _write(self, table: _Table, stand: Stand) -> None:
        """A table and then those in its cells; a frame's content as it comes."""
        waiting: list[tuple[_Table | str, Stand]] = [(table, stand)]
        while waiting:
            each, at = waiting.pop()
            if isinstance(each, str):
                self.out.write(each)
                self.out.end_line()
                continue
            rows = [row for row in each.rows if row]
            held = [(content, at) for row in rows for cell in row for content in cell.content]
            if all(len(row) == 1 for row in rows):
                waiting.extend(reversed(held))
                continue
            self._grid(rows, at)
            waiting.extend((inner, Stand.CELL) for inner, _ in reversed(held) if isinstance(inner, _Table))

    def _grid(self, rows: list[list[_Cell]], stand: Stand) -> None:
        start = self.out.at
        areas: list[list[Area]] = []
        for row in rows:
            line: list[Area] = []
            for number, cell in enumerate(row):
                self.out.sign("\t" if number else "")
                self.out.write(" ".join(cell.paragraphs).replace("\t", " "))
                line.append(Area(self.out.take(), cell.rows, cell.columns))
            self.out.sign("\n")
            areas.append(line)
        head = 0
        while head < len(rows) and all(cell.header for cell in rows[head]):
            head += 1
        self.out.table(start, areas, head or None, stand)


def _unseen(name: str, element: etree._Element) -> bool:
    """Whether nothing of it shows until the reader asks; of what is folded, its ``summary`` alone heads nothing."""
    if name in {"details", "dialog"}:
        return element.get("open") is None
    return (
        element.get("hidden") is not None
        or element.get("popover") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _count(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) <= len("99999") and int(value) else 1
