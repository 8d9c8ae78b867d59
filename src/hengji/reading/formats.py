"""What a file is, by its first bytes and the parts in it."""

from __future__ import annotations

import io
import re
from enum import Enum

from hengji.model.patterns import pattern
from hengji.reading.refusals import Refusal


class Format(Enum):
    """文件格式: what a report can be read from."""

    WORD = "Word 文件（docx）"
    PDF = "PDF 文件"
    HTML = "网页文件（html）"
    TEXT = "文本文件"


_SUFFIXES = (
    (("docx", "docm", "doc", "wps"), Format.WORD),
    (("pdf",), Format.PDF),
    (("html", "htm"), Format.HTML),
    (("txt", "md", "markdown"), Format.TEXT),
)
_UNREAD = ("rtf", "odt", "ofd", "mht", "mhtml", "xml", "xls", "xlsx", "et", "ppt", "pptx")
"""Endings of what is never read as what they say."""
_PARTS = (
    ("word/", Format.WORD),
    ("xl/", Refusal.SHEET),
    ("ppt/", Refusal.SLIDES),
    ("OFD.xml", Refusal.OFD),
    ("content.xml", Refusal.ODT),
)
_STREAMS = (
    ("EncryptedPackage", Refusal.LOCKED),
    ("WordDocument", Refusal.OLD_WORD),
    ("Workbook", Refusal.SHEET),
    ("PowerPoint Document", Refusal.SLIDES),
)
_STARTS = (
    (b"{\\rtf", Refusal.RTF),
    (b"MIME-Version:", Refusal.MHT),
    (b"\x89PNG", Refusal.PICTURE),
    (b"\xff\xd8\xff", Refusal.PICTURE),
    (b"GIF8", Refusal.PICTURE),
    (b"II*\0", Refusal.PICTURE),
    (b"MM\0*", Refusal.PICTURE),
    (b"Rar!", Refusal.ARCHIVE),
    (b"7z\xbc\xaf", Refusal.ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_WORD_XML, _XML_WITHIN = b'progid="Word.Document"', 1024
_HTML = pattern(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype\s+html|html|head|body|!--)", re.IGNORECASE)
_HTML_WITHIN = 4096


def named(file: str) -> Format | None:
    """The format that a file's name promises; None where it promises none of these."""
    ending = _ending(file)
    return next((found for endings, found in _SUFFIXES if ending in endings), None)


def misnamed(file: str, found: Format) -> str:
    """The ending of a file's name that says something else than what was ``found`` in it; empty where it does not."""
    promised, ending = named(file), _ending(file)
    wrong = promised is not found if promised is not None else ending in _UNREAD
    return ending if wrong else ""


def _ending(file: str) -> str:
    return file.lower().rpartition(".")[2]


def format_of(file: str, content: bytes) -> Format | Refusal:
    """The format of a file; text of whatever kind is TEXT."""
    if content.startswith(_ZIP):
        return _zipped(content)
    if content.startswith(_OLE):
        return _ole(file, content)
    if _PDF in content[:_PDF_WITHIN]:
        return Format.PDF
    if _WORD_XML in content[:_XML_WITHIN]:
        return Refusal.WORD_XML
    return next((refusal for start, refusal in _STARTS if content.startswith(start)), Format.TEXT)


def _zipped(content: bytes) -> Format | Refusal:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return Format.WORD  # its reader says what is broken
    return next((found for start, found in _PARTS if any(name.startswith(start) for name in names)), Refusal.ARCHIVE)


def _ole(file: str, content: bytes) -> Refusal:
    """An old compound file: its streams' names stand in it in UTF-16."""
    for name, refusal in _STREAMS:
        if name.encode("utf-16-le") in content:
            is_wps = refusal is Refusal.OLD_WORD and file.lower().endswith(".wps")
            return Refusal.WPS if is_wps else refusal
    return Refusal.BINARY


def is_html(file: str, text: str) -> bool:
    """Whether a text is a web page, not a report with a table of tags in it."""
    start = text[:_HTML_WITHIN].lstrip("\ufeff")
    if _HTML.match(start) and ("<html" in start.lower() or "<body" in start.lower() or named(file) is Format.HTML):
        return True
    return named(file) is Format.HTML and bool(re.search(r"<(?:p|div|table|br|h[1-6])\b", text, re.IGNORECASE))
