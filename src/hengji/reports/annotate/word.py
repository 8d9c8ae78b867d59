"""The author's own Word file with Word comments at the words that findings quote; nothing else in it is touched.

Where a quotation begins or ends inside a run, the run is cut in two of the same form, which looks the same. Words that stand where Word
takes no comments (notes, text boxes) are commented on at the place in the text to which they belong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from hengji.model.finding import Finding
from hengji.reading.docx import Run, docx_runs
from hengji.reports.annotate.words import details
from hengji.reports.markup import printable

_AUTHOR = "衡绩"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LONGEST = 200


@dataclass(slots=True)
class _Piece:
    """An element of the main part that holds characters ``start`` up to ``end`` of the text."""

    start: int
    end: int
    element: etree._Element


def annotate(content: bytes, findings: Sequence[Finding], names: Mapping[str, str]) -> bytes:
    """The file with a comment for each finding that quotes it; ``names`` are the titles of checks by code."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
        order = archive.infolist()
    runs = docx_runs(content)
    if not runs:
        return content
    main = runs[0].part
    root = etree.fromstring(parts[main], _parser())
    quoted = [finding for finding in findings if finding.quotes]
    folder = main.rpartition("/")[0]
    comments = _Comments(parts.get(f"{folder}/comments.xml"), etree.QName(root).namespace)
    places = _Places(root, main, runs)
    for finding in quoted:
        number = comments.add(_words(finding, names.get(finding.code, "")))
        places.mark(finding.quotes[0].start, finding.quotes[0].end, number)
    parts[main] = _written(root)
    parts[f"{folder}/comments.xml"] = comments.written()
    _declare(parts, main, f"{folder}/comments.xml")
    stream = BytesIO()
    with ZipFile(stream, "w") as out:
        listed = {info.filename: info for info in order}
        for name, body in parts.items():
            out.writestr(listed.get(name, name), body, compress_type=ZIP_DEFLATED)
    return stream.getvalue()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _words(finding: Finding, name: str) -> Iterator[str]:
    yield f"【{finding.severity.value}】{name or finding.code}（{finding.code}，把握：{finding.confidence.value}）"
    yield f"{finding.found.rstrip('。')}。"
    yield from (f"{label}：{words}" for label, words in details(finding))
    for quote in finding.quotes[1:]:
        words = " ".join(quote.text.split())
        if words:
            yield f"对照：“{words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}”"


class _Comments:
    """The part with the comments: the author's own stay, ours come after them."""

    def __init__(self, part: bytes | None, namespace: str | None) -> None:
        self._w = f"{{{namespace}}}"
        if part is None:
            self.root = etree.Element(f"{self._w}comments", nsmap={"w": namespace})
        else:
            self.root = etree.fromstring(part, _parser())
        taken = [each.get(f"{self._w}id", "") for each in self.root.iter(f"{self._w}comment")]
        self._next = max((int(number) for number in taken if number.isdecimal()), default=-1) + 1

    def add(self, lines: Iterator[str]) -> int:
        """A comment of these lines; its number."""
        w, number = self._w, self._next
        self._next += 1
        comment = etree.SubElement(self.root, f"{w}comment")
        for name, value in (("id", str(number)), ("author", _AUTHOR), ("initials", _AUTHOR[:1])):
            comment.set(f"{w}{name}", value)
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, f"{w}p"), f"{w}r")
            text = etree.SubElement(run, f"{w}t")
            text.text = printable(line)
            text.set(_SPACE, "preserve")
        return number

    def written(self) -> bytes:
        return _written(self.root)


class _Places:
    """The main part's elements by the characters they hold."""

    def __init__(self, root: etree._Element, part: str, runs: Sequence[Run]) -> None:
        self._w = f"{{{etree.QName(root).namespace}}}"
        elements = list(root.iter("*"))
        self._pieces = [_Piece(run.start, run.end, elements[run.element]) for run in runs if run.part == part]
        self._starts = [piece.start for piece in self._pieces]

    def mark(self, start: int, end: int, number: int) -> None:
        """Put the comment's range around the characters, or after the words before them where none stand in a run."""
        if not self._pieces:
            return
        first = self._cut(start)
        last = self._cut(end) - 1
        last = max(last, min(first, len(self._pieces) - 1))
        first = min(first, last)
        opening = self._run_of(self._pieces[first].element)
        closing = self._run_of(self._pieces[last].element)
        begin = etree.Element(f"{self._w}commentRangeStart")
        finish = etree.Element(f"{self._w}commentRangeEnd")
        reference = etree.Element(f"{self._w}r")
        etree.SubElement(reference, f"{self._w}commentReference").set(f"{self._w}id", str(number))
        for element in (begin, finish):
            element.set(f"{self._w}id", str(number))
        opening.addprevious(begin)
        closing.addnext(finish)
        finish.addnext(reference)

    def _cut(self, offset: int) -> int:
        """The number of the first piece at or after ``offset``; the piece in which it falls is cut there."""
        at = bisect_left(self._starts, offset)
        if at and self._pieces[at - 1].end > offset:
            piece = self._pieces[at - 1]
            right = self._split(piece, offset - piece.start)
            self._pieces.insert(at, right)
            self._starts.insert(at, right.start)
        return at

    def _split(self, piece: _Piece, length: int) -> _Piece:
        """Cut the run after so many characters of the piece; what is to the right becomes a run of the same form."""
        element = piece.element
        run = element.getparent()
        other = etree.Element(run.tag, attrib=dict(run.attrib))
        form = run.find(f"{self._w}rPr")
        if form is not None:
            other.append(deepcopy(form))
        rest = etree.SubElement(other, element.tag, attrib=dict(element.attrib))
        rest.text = (element.text or "")[length:]
        element.text = (element.text or "")[:length]
        for each in (element, rest):
            each.set(_SPACE, "preserve")
        for sibling in list(element.itersiblings()):
            other.append(sibling)
        run.addnext(other)
        right = _Piece(piece.start + length, piece.end, rest)
        piece.end = right.start
        return right

    def _run_of(self, element: etree._Element) -> etree._Element:
        """The run that holds an element, of the text itself where it stands in a text box."""
        runs = list(element.iterancestors(f"{self._w}r"))
        return runs[-1] if runs else element


def _declare(parts: dict[str, bytes], main: str, comments: str) -> None:
    """Say that there is a part with comments, where it is not said yet."""
    types = etree.fromstring(parts["[Content_Types].xml"], _parser())
    namespace = f"{{{_PACKAGE}content-types}}"
    if not any(each.get("PartName") == f"/{comments}" for each in types):
        etree.SubElement(types, f"{namespace}Override", PartName=f"/{comments}", ContentType=_COMMENTS_TYPE)
        parts["[Content_Types].xml"] = _written(types)
    folder, _, name = main.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    namespace = f"{{{_PACKAGE}relationships}}"
    found = parts.get(path)
    relations = etree.Element(f"{namespace}Relationships") if found is None else etree.fromstring(found, _parser())
    kind = f"{_OFFICE}comments"
    if not any(each.get("Type") == kind for each in relations):
        taken = {each.get("Id") for each in relations}
        number = next(f"rIdHengji{at}" for at in range(1, len(taken) + 2) if f"rIdHengji{at}" not in taken)
        etree.SubElement(relations, f"{namespace}Relationship", Id=number, Type=kind, Target="comments.xml")
        parts[path] = _written(relations)
