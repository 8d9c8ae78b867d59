"""Figures in a Word file that users have edited: found by their content controls, brought up to date, nothing else touched."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from hengji.model.figure import Figures
from hengji.model.record import record
from hengji.reports.docx.printing import Place, name_of, parse, reprint
from hengji.reports.docx.xml import W

_W = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class NotWordError(ValueError):
    """The bytes are not a Word file that can be read."""

    def __init__(self) -> None:
        super().__init__("不是可以读取的 Word 文件（.docx），请在 Word 或 WPS 中另存为 .docx 后重试")


@record
class Change:
    """A figure whose printed text was brought up to date."""

    figure: str
    before: str
    after: str


def refs(content: bytes) -> list[tuple[str, str]]:
    """Figure id and text of each control in reading order; an id too long for Word comes shortened. NotWordError."""
    return [(parse(_tag(control)).name, _text(control)) for _, tree in _trees(content) for control in _controls(tree)]


def refresh(content: bytes, figures: Figures) -> tuple[bytes, list[Change]]:
    """The file with the current value in each control whose figure is known, and what was changed. NotWordError.

    Each keeps the unit and the format that it has in the file. Without a change the very same bytes come back.
    """
    known = {name_of(figure_id): figure for figure_id, figure in figures.items()}
    changes: list[Change] = []
    renewed: dict[str, bytes] = {}
    for name, tree in _trees(content):
        count = len(changes)
        for control in _controls(tree):
            tag = parse(_tag(control))
            if tag.name not in known:
                continue
            figure, before = known[tag.name], _text(control)
            after = reprint(figure, tag, before, _place(control))
            if after != before:
                _write(control, after)
                changes.append(Change(figure.id, before, after))
        if len(changes) > count:
            renewed[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return (_replaced(content, renewed), changes) if changes else (content, changes)


def _trees(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    """The parts that hold controls, parsed; entities of a hostile file are not resolved."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = {
                name: archive.read(name)
                for name in archive.namelist()
                if name.startswith("word/") and name.endswith(".xml")
            }
    except BadZipFile:
        raise NotWordError from None
    if "word/document.xml" not in parts:
        raise NotWordError
    for name, part in parts.items():
        if b":sdt>" in part:
            try:
                yield name, etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:
                raise NotWordError from None


def _controls(tree: etree._Element) -> list[etree._Element]:
    return [control for control in tree.iter(f"{_W}sdt") if _tag(control)]


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else str(tag.get(f"{_W}val", ""))


def _texts(control: etree._Element) -> list[etree._Element]:
    """The texts of this control, not of one inside it."""
    return [
        text for text in control.iterfind(f"{_W}sdtContent//{_W}t") if next(text.iterancestors(f"{_W}sdt")) is control
    ]


def _text(control: etree._Element) -> str:
    return "".join(text.text or "" for text in _texts(control))


def _place(control: etree._Element) -> Place:
    inside = next(control.iterancestors(f"{_W}tc"), None)
    return Place.SENTENCE if inside is None else Place.CELL


def _write(control: etree._Element, text: str) -> None:
    """Into the first run, whose format it takes; what stood in further runs goes."""
    _fill_in(control)
    texts = _texts(control)
    if not texts:
        inside = f"{_W}sdtContent"
        home = control.find(f"{inside}//{_W}p")
        home = control.find(inside) if home is None else home
        texts = [etree.SubElement(etree.SubElement(home, f"{_W}r"), f"{_W}t")]
    for each in texts:
        each.text = ""
    texts[0].text = text
    texts[0].set(_SPACE, "preserve")


def _fill_in(control: etree._Element) -> None:
    """A control that a user emptied shows Word's prompt in grey: it is no longer empty."""
    prompt = control.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    if prompt is not None:
        prompt.getparent().remove(prompt)
        for style in list(control.iterfind(f"{_W}sdtContent//{_W}rStyle")):
            style.getparent().remove(style)


def _replaced(content: bytes, parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for info in source.infolist():
            target.writestr(info, parts.get(info.filename, source.read(info)))
    return stream.getvalue()
