"""A workbook's zip, copied without compression and with nothing in it but cells.

The copy is what is read: its sizes are true (a declared size is only a claim), links to other files, macros, pictures and
comments are not in it, and the text of a sheet stands in it as it is, so that a glance tells whether there are formulas.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import IO, BinaryIO

from lxml import etree

from hengji.engines.intake import faults
from hengji.model.cells import DAY_ZERO
from hengji.model.finding import Finding
from hengji.model.record import record

LARGEST_PACKAGE = 2 * 2**30
"""Bytes of XML. A sheet of 1,048,576 rows by 12 columns has about 0.6 GiB."""
MOST_CELLS = 60_000_000
"""A sheet is held as a rectangle up to its last cell; this many take about 2 GB."""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAC_DAY_ZERO = date(1904, 1, 1)
_CHUNK = 2**18
_MOST_COLUMNS = 16_384
_SMALL = 2**22
"""Bytes of a sheet whose cells are looked at one by one; in a larger one rows are taken to stand in their order."""
_REFERENCE = re.compile(rb' r="[A-Z]{0,3}(\d{1,9})"')
_PREFIXED = re.compile(rb":c[\s/>]")
"""A cell under a prefix of its own."""
_LEFT_OUT = ("media", "drawings", "embeddings", "externallinks", "printersettings", "charts", "activex", "ctrlprops")


@record
class SheetPart:
    """工作表部分: where the XML of a sheet stands in the copy, in bytes."""

    name: str
    start: int
    size: int


@record
class Package:
    """工作簿副本: the sheets in order; day numbers of the workbook count from ``first_day``."""

    sheets: tuple[SheetPart, ...]
    first_day: date


def copy_package(path: str, source: BinaryIO, target: BinaryIO) -> Package | Finding:
    """Copy the cells of the workbook in ``source`` to ``target``."""
    try:
        with zipfile.ZipFile(source) as package:
            if any(info.flag_bits & 1 for info in package.infolist()):
                return faults.protected(path)
            kept = [info for info in package.infolist() if _has_cells(info.filename)]
            declared = sum(info.file_size for info in kept)
            if declared > LARGEST_PACKAGE:
                return faults.too_large(path, declared, LARGEST_PACKAGE)
            places = dict(_copied(package, kept, target))
            sheets, first_day = _sheets(package)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, KeyError, NotImplementedError):
        return faults.broken_workbook(path)
    parts = tuple(SheetPart(name, *places[part]) for name, part in sheets if part in places)
    if not parts:
        return faults.no_sheets(path)
    too_wide = next((fault for part in parts if (fault := _too_wide(path, part, target))), None)
    return too_wide or Package(parts, first_day)


def _has_cells(name: str) -> bool:
    folders = name.lower().split("/")
    return name.endswith((".xml", ".rels")) and not any(
        folder in _LEFT_OUT or folder.startswith("comments") for folder in folders
    )


def _copied(
    package: zipfile.ZipFile, kept: list[zipfile.ZipInfo], target: BinaryIO
) -> Iterator[tuple[str, tuple[int, int]]]:
    with zipfile.ZipFile(target, "w") as copy:
        for info in kept:
            fresh = zipfile.ZipInfo(info.filename)
            fresh.file_size = info.file_size
            with package.open(info) as inside, copy.open(fresh, "w", force_zip64=info.file_size >= 2**31) as outside:
                start, size = target.tell(), 0
                while chunk := inside.read(_CHUNK):
                    size += outside.write(chunk)
            yield info.filename, (start, size)


def _sheets(package: zipfile.ZipFile) -> tuple[list[tuple[str, str]], date]:
    """Names of sheets with their parts, in the order of the workbook, and where its days count from."""
    book = _root(package, "xl/workbook.xml")
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", ""))).removeprefix("/")
        for link in _root(package, "xl/_rels/workbook.xml.rels")
    }
    named = [(sheet.get("name", ""), links.get(sheet.get(_LINK), "")) for sheet in book.iter("{*}sheet")]
    since_1904 = any(found.get("date1904") in {"1", "true"} for found in book.iter("{*}workbookPr"))
    return named, _MAC_DAY_ZERO if since_1904 else DAY_ZERO


def _root(package: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _too_wide(path: str, part: SheetPart, target: BinaryIO) -> Finding | None:
    """A sheet whose last cell is so far off that the rectangle up to it cannot be held, whatever the sheet says of itself."""
    if part.size > _SMALL:
        with _text_of(target) as text:
            if _surely_held(text, part):
                return None
    rows, columns = _last_filled(target, part)
    return None if rows * columns <= MOST_CELLS else faults.too_wide(path, part.name, f"{letters(columns - 1)}{rows}")


@contextmanager
def _text_of(target: BinaryIO) -> Iterator[bytes | mmap]:
    """All that is in a file, of which only what is looked at need be in memory."""
    target.flush()
    if isinstance(target, BytesIO):
        yield target.getvalue()
    else:
        with mmap(target.fileno(), 0, access=ACCESS_READ) as text:
            yield text


def _surely_held(text: bytes | mmap, part: SheetPart) -> bool:
    """A glance over the text of a sheet: whether every cell says that it stands in a rectangle that can be held."""
    begin = text.find(b"<sheetData", part.start, part.start + part.size)
    end = text.rfind(b"</sheetData", part.start, part.start + part.size)
    last = _REFERENCE.match(text, max(text.rfind(b' r="', part.start, end), 0))
    if not 0 <= begin < end or last is None or _PREFIXED.search(text, begin, end):
        return False
    return _beyond(MOST_CELLS // max(int(last[1]), 1)).search(text, begin, end) is None


def _beyond(columns: int) -> re.Pattern[bytes]:
    """A cell that does not say that it stands within so many columns."""
    last = letters(min(max(columns, 1), _MOST_COLUMNS) - 1)
    if len(last) == 1:
        within = f"[A-{last}]"
    elif len(last) == len("AB"):
        before = f"|[A-{chr(ord(last[0]) - 1)}][A-Z]" if last[0] > "A" else ""
        within = f"[A-Z]{before}|{last[0]}[A-{last[1]}]"
    else:
        within = "[A-Z]{1,3}" if columns >= _MOST_COLUMNS else "[A-Z]{1,2}"
    return re.compile(rf'<c(?=[\s/>])(?! r="(?:{within})\d)'.encode())


def _last_filled(target: BinaryIO, part: SheetPart) -> tuple[int, int]:
    """Cell by cell: rows and columns up to the last that has something in it."""
    rows = columns = 0
    at = (-1, -1)
    for cell in cells_of(target, part):
        reference = cell.get("r")
        at = position(reference) if reference else (at[0], at[1] + 1)
        if len(cell):
            rows, columns = max(rows, at[0] + 1), max(columns, at[1] + 1)
    return rows, columns


def cells_of(target: IO[bytes], part: SheetPart, *tags: str) -> Iterator[etree._Element]:
    """The cells of a sheet as XML (and elements called ``tags``), one at a time, in bounded memory."""
    target.seek(part.start)
    wanted = [f"{{*}}{tag}" for tag in ("row", "c", *tags)]
    window = _Window(target, part.size)
    for _, element in etree.iterparse(window, tag=wanted, resolve_entities=False, no_network=True):
        if not element.tag.endswith("}row"):
            yield element
            continue
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


class _Window:
    """The bytes of one part, as a file."""

    def __init__(self, target: IO[bytes], size: int) -> None:
        self.target = target
        self.left = size

    def read(self, size: int = -1) -> bytes:
        data = self.target.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data


def position(reference: str) -> tuple[int, int]:
    """C4 → (3, 2)."""
    column = 0
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for letter in reference[: len(reference) - len(digits)]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return max(int(digits), 1) - 1 if digits.isdecimal() else 0, max(column, 1) - 1


def letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
