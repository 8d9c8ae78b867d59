"""Word files: what a reader of Word sees, in the order in which it stands, and where each run of it comes from.

The text holds automatic numbers, accepted insertions, results of fields, text boxes after the paragraph that they hang on, notes
after all else; deletions, hidden text, headers and footers are left out. Of a paragraph in a cell only the words count: line ends and
TABs within it are blanks. A table within a cell follows the table that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from posixpath import normpath

from lxml import etree

from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.reading.archive import Archive, ArchiveError, bare
from hengji.reading.blocks import WIDEST, Area, Stand
from hengji.reading.building import Builder
from hengji.reading.structure import structured
from hengji.reading.word_numbers import Numbering
from hengji.reading.word_styles import Style, Styles

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "rt", "Fallback", "commentReference", "annotationRef"}
    | {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "ctrlPr", "fPr"}
    | {"footnoteRef", "endnoteRef", "separator", "continuationSeparator"}
)
_ASKED = ("pStyle", "outlineLvl", "numPr", "vanish", "del", "tblHeader", "gridBefore", "gridSpan", "vMerge")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BOXES = {"F052": "☑", "F0FE": "☑", "F0A3": "□", "F0A8": "□", "F02A": "□", "F06F": "□", "F0B7": "", "F0FC": "√"}
_NOTES = ("footnotes", "endnotes")
_BREAK = pattern(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_AFTER_NUMBER = ("、", "）", ")", "．", "：", " ")


@record
class Run:
    """文字片段: text of one element of a Word file; ``element`` is its number, from 0, in ``root.iter("*")`` of the part.

    ``start`` and ``end`` are offsets in the text of the reading. The element is a w:t, whose characters are those of the text one by
    one, or a w:tab, w:sym or the like, which is one character. Automatic numbers, line ends and signs between cells stand in no run.
    """

    part: str
    element: int
    start: int
    end: int


def read_docx(file: str, content: bytes) -> Reading:
    """The reading of a Word file. Raises ArchiveError where it is damaged or not to be trusted."""
    walk = _walked(content)
    return structured(file, walk.out.text, walk.out.blocks)


def docx_runs(content: bytes) -> tuple[Run, ...]:
    """Where each piece of the text of ``read_docx`` stands in the file, in the order of the text."""
    walk = _walked(content)
    return tuple(
        Run(part.name, numbers[element], start, end)
        for part in walk.parts
        for numbers in ({element: number for number, element in enumerate(part.root.iter("*"))},)
        for element, start, end in part.runs
    )


def _walked(content: bytes) -> _Walk:
    archive = Archive(content)
    name = _main_part(archive)
    root = archive.xml(name)
    if root is None:
        raise ArchiveError("里面没有 Word 正文")
    folder = name.rpartition("/")[0] + "/"
    styles = Styles(archive.xml(f"{folder}styles.xml"), _namespace(root))
    walk = _Walk(styles, Numbering(archive.xml(f"{folder}numbering.xml")))
    walk.part(name, root)
    for notes in _NOTES:
        found = archive.xml(f"{folder}{notes}.xml")
        if found is not None:
            walk.part(f"{folder}{notes}.xml", found)
    return walk


def _main_part(archive: Archive) -> str:
    """The part that holds the document itself."""
    relations = archive.xml("_rels/.rels")
    for relation in () if relations is None else relations.iter(_RELATIONS):
        if relation.get("Type", "").endswith("/officeDocument"):
            return normpath(str(relation.get("Target", ""))).lstrip("/")
    return "word/document.xml"


def _namespace(root: etree._Element) -> str:
    """What the names of attributes begin with."""
    return "{" + (etree.QName(root).namespace or "") + "}"


def _said(root: etree._Element, w: str) -> Mapping[etree._Element, Mapping[str, etree._Element]]:
    """What paragraphs, runs, rows and cells say of themselves, by name: found in one go, for most say nothing that is asked for."""
    said: dict[etree._Element, dict[str, etree._Element]] = {}
    for each in root.iterdescendants(*(w + name for name in _ASKED)):
        said.setdefault(each.getparent().getparent(), {}).setdefault(bare(each.tag), each)
    return said


@record
class _Part:
    """A part of the file and the places in the text of the elements that hold text."""

    name: str
    root: etree._Element
    runs: list[tuple[etree._Element, int, int]]


@dataclass(slots=True)
class _Cell:
    """A cell of Word; ``rows`` is 0 for one that goes on with a cell above."""

    element: etree._Element
    columns: int
    rows: int = 1


class _Walk:
    """One pass over the parts of a file."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.out = Builder()
        self.parts: list[_Part] = []
        self._runs: list[tuple[etree._Element, int, int]] = []
        self._said: Mapping[etree._Element, Mapping[str, etree._Element]] = {}
        self._styles = styles
        self._numbering = numbering
        self._w = ""
        self._fields: list[str] = []
        self._boxes: list[etree._Element] = []
        self._inner: list[etree._Element] = []
        self._in_cell = 0
        self._level = 0
        self._gap = False

    def part(self, name: str, root: etree._Element) -> None:
        """Write all that stands in a part."""
        self._w = _namespace(root)
        self._said = _said(root, self._w)
        self._runs = []
        self.parts.append(_Part(name, root, self._runs))
        self._fields.clear()
        for child in root:
            kind, name = child.get(f"{self._w}type", ""), bare(child.tag)
            if name == "body" or (name in {"footnote", "endnote"} and not kind.endswith("eparator")):
                self._content(child)

    def _content(self, holder: etree._Element) -> None:
        """Paragraphs and tables of a body, cell, text box or note."""
        for child in holder:
            match bare(child.tag):
                case "p":
                    self._paragraph(child)
                case "tbl":
                    self._table_or_wait(child)
                case name if name not in _LEFT_OUT:
                    self._content(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self._styles.of(self._said.get(paragraph, {}))
        self._level = style.level
        if style.number:
            self._numbered(style, paragraph)
        self._inline(paragraph)
        self._end()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._content(box)

    def _numbered(self, style: Style, paragraph: etree._Element) -> None:
        """The automatic number, where the paragraph has words."""
        if next(paragraph.iter(f"{self._w}t"), None) is not None:
            mark = self._numbering.mark(style.number, style.indent)
            self._part_words()
            self.out.write(mark if not mark or mark.endswith(_AFTER_NUMBER) else f"{mark} ")

    def _inline(self, holder: etree._Element) -> None:
        """The runs of a paragraph, whatever they are wrapped in."""
        for child in holder:
            name = bare(child.tag)
            if name == "r":
                self._run(child)
            elif name == "t":
                self._words(child, child.text or "")
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name not in _LEFT_OUT:
                self._inline(child)

    def _run(self, run: etree._Element) -> None:
        if self._says(run, "vanish"):
            return
        for child in run:
            name = bare(child.tag)
            if name == "t":
                self._words(child, child.text or "")
            elif name == "fldChar":
                self._field(child.get(f"{self._w}fldCharType", ""))
            elif name in _SIGNS:
                self._sign(child, name)
            elif name == "sym":
                self._words(child, _BOXES.get(child.get(f"{self._w}char", "").upper(), "□"))
            elif name not in _LEFT_OUT:
                self._inline(child)

    def _field(self, kind: str) -> None:
        """A field's instruction is not seen; its result is."""
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "separate":
            self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _sign(self, element: etree._Element, name: str) -> None:
        sign = _SIGNS[name]
        if self._in_cell or (name == "br" and element.get(f"{self._w}type") in {"page", "column"}):
            self._words(element, " ")
        elif sign == "\n":
            self._end()
        else:
            self._words(element, sign)

    def _end(self) -> None:
        """A paragraph or a line of it ends; what was noted of one without words is forgotten with it."""
        if self._in_cell:
            self._gap = True
            return
        self.out.end_line(self._level)
        while self._runs and self._runs[-1][2] > self.out.at:
            self._runs.pop()

    def _part_words(self) -> None:
        """A blank between the paragraphs of a cell."""
        if self._gap and self.out.is_open:
            self.out.write(" ")
        self._gap = False

    def _words(self, element: etree._Element, words: str) -> None:
        if words and "code" not in self._fields:
            self._part_words()
            at = self.out.at
            self._runs.append((element, at, at + len(words)))
            seen = _BREAK.sub(" ", words)
            self.out.write(seen.replace("\t", " ") if self._in_cell else seen)

    def _table_or_wait(self, table: etree._Element) -> None:
        if self._in_cell:
            self._inner.append(table)
        else:
            self._table(table, Stand.PAGE)

    def _table(self, table: etree._Element, stand: Stand) -> None:
        """A table, then those in its cells; one of a single cell is only a frame."""
        lines = list(self._within(table, "tr"))
        rows = [list(self._cells(row)) for row in lines if not self._says(row, "del")]
        if len(rows) == 1 and len(rows[0]) == 1:
            self._content(rows[0][0].element)
            return
        start = self.out.at
        areas = [self._row(row) for row in _merged(rows)]
        repeated = takewhile(lambda row: self._says(row, "tblHeader"), lines)  # by Word, on each page
        self.out.table(start, areas, len(list(repeated)) or None, stand)
        inner, self._inner = self._inner, []
        for each in inner:
            self._table(each, Stand.CELL)

    def _row(self, row: list[_Cell]) -> list[Area]:
        """Write one row; a cell that goes on with one above it, or that begins further right, leaves its places blank."""
        areas: list[Area] = []
        signs = ""
        for cell in row:
            self.out.sign(signs)
            self._in_cell += 1
            if cell.rows:
                self._content(cell.element)
            self._in_cell -= 1
            self._gap = False
            span = self.out.take()
            if cell.rows:
                areas.append(Area(span, cell.rows, cell.columns))
            signs = "\t" * cell.columns
        self.out.sign(signs[1:] + "\n")
        return areas

    def _cells(self, row: etree._Element) -> Iterator[_Cell]:
        before = self._value(row, "gridBefore", "")
        if before.isdecimal() and 0 < int(before) <= WIDEST:
            yield _Cell(row.makeelement("blank", {}, None), int(before))
        for cell in self._within(row, "tc"):
            if cell not in self._said:
                yield _Cell(cell, 1)
                continue
            columns = self._value(cell, "gridSpan", "")
            goes_on = self._value(cell, "vMerge", "continue") not in {"", "restart"}
            wide = int(columns) if columns.isdecimal() and 0 < int(columns) <= WIDEST else 1
            yield _Cell(cell, wide, 0 if goes_on else 1)

    def _within(self, holder: etree._Element, name: str) -> Iterator[etree._Element]:
        """The rows of a table or cells of a row, whatever they are wrapped in."""
        for child in holder:
            own = bare(child.tag)
            if own == name:
                yield child
            elif own not in _LEFT_OUT and own not in {"tbl", "p"}:
                yield from self._within(child, name)

    def _value(self, holder: etree._Element, name: str, default: str) -> str:
        """What a property is set to; ``default`` where it is there without a value."""
        found = self._said.get(holder, {}).get(name)
        return "" if found is None else found.get(f"{self._w}val", default)

    def _says(self, holder: etree._Element, name: str) -> bool:
        """Whether a property is set."""
        return self._value(holder, name, "1") not in {"", "0", "false", "off"}


def _merged(rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """The rows, each cell with the number of rows that it covers; 0 for one that goes on with a cell above."""
    above: dict[int, _Cell] = {}
    for row in rows:
        column = 0
        for cell in row:
            if not cell.rows and column in above:
                above[column].rows += 1
            else:
                cell.rows = 1
                above[column] = cell
            column += cell.columns
    return rows
