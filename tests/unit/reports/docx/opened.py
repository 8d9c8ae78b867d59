"""A Word file opened for tests: python-docx for what it knows, the bare parts for the rest."""

from __future__ import annotations

from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile

import docx
from docx.document import Document as Opened
from lxml import etree

from hengji.model.document import Block, Document
from hengji.reports.docx import write

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
    "t": "http://schemas.openxmlformats.org/package/2006/content-types",
}


def opened(content: bytes) -> Opened:
    return docx.Document(BytesIO(content))


def of_blocks(*blocks: Block) -> bytes:
    return write(Document("试写", blocks))


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(content: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(content)[name])


def found(element: etree._Element, path: str) -> list:
    return etree.XPath(path, namespaces=NS)(element)


def text(element: etree._Element) -> str:
    return "".join(found(element, ".//w:t/text()"))


def instructions(element: etree._Element) -> list[str]:
    return [str(each).strip() for each in found(element, ".//w:instrText/text()")]


def targets(content: bytes) -> list[tuple[str, str]]:
    """Each relation: the part that has it (the package itself: "") and the part it points to."""
    every = parts(content)
    pairs = []
    for name in every:
        if not name.endswith(".rels"):
            continue
        folder = name.removesuffix(name.rpartition("/")[2]).removesuffix("_rels/")
        owner = join(folder, name.rpartition("/")[2].removesuffix(".rels"))
        pairs += [
            (owner, normpath(join(folder, str(target))))
            for target in found(etree.fromstring(every[name]), "//p:Relationship/@Target")
        ]
    return pairs
