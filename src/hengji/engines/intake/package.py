"""A workbook's zip, copied without compression and with nothing in it but cells.

The copy is what is read: its sizes are true (a declared size is only a claim), links to other files, macros, pictures and
comments are not in it, and the text of a sheet stands in it as it is, so that a glance tells whether there are formulas.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import IO, BinaryIO

from lxml import etree

from hengji.engines.intake import faults
from hengji.engines.intake.pieces import LINK, RELATION, Piece, SheetPart, copied, list_pieces
from hengji.model.cells import DAY_ZERO
from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.model.zips import BROKEN_ZIP

LARGEST_PACKAGE = 2 * 2**30
"""Bytes of XML. A sheet of 1,048,576 rows by 12 columns has about 0.6 GiB."""
MOST_CELLS = 60_000_000
"""A sheet is held as a rectangle up to its last cell; this many take about 2 GB."""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROOT, _BOOK, _LINKS, _STRINGS = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
_TO_BOOK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="book" Type="{RELATION}/officeDocument" Target="{_BOOK}"/></Relationships>'
)
"""The copy says itself where its workbook is: another one elsewhere in the package is not looked at by anybody."""
_STRINGS_BEGIN = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:(?:<\?[^>]*\?>|<!--(?!-?>)(?>(?s:.*?)-->))\s*)*+<(?:\w+:)?sst((?:[^>"'/]|"[^"]*"|'[^']*')*)/?>"""
)
"""Instructions and comments may come first. Where one of them ends is never in doubt: a claim can hide behind no other reading."""
_MAC_DAY_ZERO = date(1904, 1, 1)
_MOST_COLUMNS = 16_384
_SMALL = 2**22
"""Bytes of a sheet whose cells are looked at one by one; in a larger one rows are taken to stand in their order."""
_REFERENCE = re.compile(rb' r="[A-Z]{0,3}(\d{1,9})"')
_PREFIXED = re.compile(rb":c[\s/>]")
"""A cell under a prefix of its own."""
_LEFT_OUT = ("media", "drawings", "embeddings", "externallinks", "printersettings", "charts", "activex", "ctrlprops")


@record
class Package:
    """工作簿副本: the sheets in order; day numbers of the workbook count from ``first_day``."""

    sheets: tuple[SheetPart, ...]
    first_day: date


def copy_package(path: str, source: BinaryIO, target: BinaryIO, most: int = 0) -> Package | Finding:
    """Copy the cells of the workbook in ``source`` to ``target``; sheets in pieces of about ``most`` bytes, unless that is 0."""
    try:
        with zipfile.ZipFile(source) as package:
            if any(info.flag_bits & 1 for info in package.infolist()):
                return faults.protected(path)
            kept = [info for info in package.infolist() if _has_cells(info.filename)]
            declared = sum(info.file_size for info in kept)
            if declared > LARGEST_PACKAGE:
                return faults.too_large(path, declared, LARGEST_PACKAGE)
            if len({_alike(info) for info in kept}) < len(kept):
                return faults.broken_workbook(path)
            book, links = _root(package, _BOOK), _root(package, _LINKS)
            sheets, first_day = _sheets(book, links)
            cut = dict.fromkeys((part for _, part in sheets), most)
            with zipfile.ZipFile(target, "w") as copy:
                pieces = {
                    info.filename: copied(
                        package,
                        info,
                        copy,
                        cut.get(info.filename, 0),
                        _uncounted if _alike(info) == _STRINGS else bytes,
                    )
                    for info in kept
                    if _alike(info) not in (_ROOT, _BOOK, _LINKS)
                }
                list_pieces(book, links, (piece for part in cut for piece in pieces.get(part, ())[1:]))
                copy.writestr(_ROOT, _TO_BOOK)
                copy.writestr(_BOOK, etree.tostring(book))
                copy.writestr(_LINKS, etree.tostring(links))
    except (*BROKEN_ZIP, etree.XMLSyntaxError):
        return faults.broken_workbook(path)
    parts = tuple(_named(name, pieces[part]) for name, part in sheets if part in pieces)
    return Package(parts, first_day) if parts else faults.no_sheets(path)


def _has_cells(name: str) -> bool:
    folders = name.lower().split("/")
    return name.endswith((".xml", ".rels")) and not any(
        folder in _LEFT_OUT or folder.startswith("comments") for folder in folders
    )


def _alike(info: zipfile.ZipInfo) -> str:
    """Parts of one such name are one part to those who read the copy."""
    return info.filename.replace("\\", "/").lower()


def _uncounted(beginning: bytes) -> bytes:
    """Shared strings without how many they claim to be: a reader sets memory aside for as many. May raise BadZipFile."""
    claims = _STRINGS_BEGIN.match(beginning)
    if claims is None:
        raise zipfile.BadZipFile
    return beginning[: claims.start(1)] + beginning[claims.end(1) :]


def _named(name: str, pieces: tuple[Piece, ...]) -> SheetPart:
    return SheetPart(name, (replace(pieces[0], name=name), *pieces[1:]))


def _sheets(book: etree._Element, links: etree._Element) -> tuple[list[tuple[str, str]], date]:
    """Names of sheets with their parts, in the order of the workbook, and where its days count from."""
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", ""))).removeprefix("/")
        for link in links
    }
    named = [(sheet.get("name", ""), targets.get(sheet.get(LINK), "")) for sheet in book.iter("{*}sheet")]
    since_1904 = any(found.get("date1904") in {"1", "true"} for found in book.iter("{*}workbookPr"))
    return named, _MAC_DAY_ZERO if since_1904 else DAY_ZERO


def _root(package: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def too_wide(path: str, part: SheetPart, copy: BinaryIO) -> Iterator[Finding | None]:
    """For each piece of a sheet, before it is read: what is wrong where the sheet's last cell is so far off that the
    rectangle up to it cannot be held, whatever the sheet says of itself.
    """
    if part.size > _SMALL:
        with _text_of(copy) as text:
            for held in _surely_held(text, part):
                if not held:
                    break
                yield None
            else:
                return
    rows, columns = _last_filled(copy, part)
    fault = faults.too_wide(path, part.name, f"{letters(columns - 1)}{rows}") if rows * columns > MOST_CELLS else None
    yield from [fault] * len(part.pieces)


@contextmanager
def _text_of(target: BinaryIO) -> Iterator[bytes | mmap]:
    """All that is in a file, of which only what is looked at need be in memory."""
    target.flush()
    if isinstance(target, BytesIO):
        yield target.getvalue()
    else:
        with mmap(target.fileno(), 0, access=ACCESS_READ) as text:
            yield text


def _surely_held(text: bytes | mmap, part: SheetPart) -> Iterator[bool]:
    """A glance over each piece of a sheet: whether all its cells say that they stand in a rectangle that can be held."""
    spans = part.spans(text)
    last = spans and _REFERENCE.match(text, max(text.rfind(b' r="', *spans[-1]), 0))
    if not last:
        yield False
        return
    rows = _no_less(int(last[1]))
    beyond = _beyond(MOST_CELLS // rows, rows)
    for span in spans:
        yield not (_PREFIXED.search(text, *span) or beyond.search(text, *span))


def _no_less(rows: int) -> int:
    """The next number that is two digits and nines: 200,001 → 209,999."""
    nines: int = 10 ** (len(str(max(rows, 10))) - 2)
    return max(rows // nines + 1, 11) * nines - 1


def _beyond(columns: int, rows: int) -> re.Pattern[bytes]:
    """A cell that does not say that it stands within so many columns and rows, a number that ``_no_less`` gave."""
    last = letters(min(max(columns, 1), _MOST_COLUMNS) - 1)
    if len(last) == 1:
        within = f"[A-{last}]"
    elif len(last) == len("AB"):
        before = f"[A-{chr(ord(last[0]) - 1)}][A-Z]|" if last[0] > "A" else ""
        within = f"[A-Z]|{before}{last[0]}[A-{last[1]}]"
    else:
        within = "[A-Z]{1,3}" if columns >= _MOST_COLUMNS else "[A-Z]{1,2}"
    tens, ones, nines = str(rows)[0], str(rows)[1], str(rows)[2:]
    lower = rf"[1-{int(tens) - 1}]\d|" if tens > "1" else ""
    lines = rf"(?:{lower}{tens}[0-{ones}])\d{{{len(nines)}}}|\d{{1,{len(nines) + 1}}}+"
    return re.compile(rf'<c(?! r="(?:{within})(?:{lines})")'.encode())


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
    wanted = [f"{{*}}{tag}" for tag in ("row", "c", *tags)]
    window = _Window(target, part.pieces)
    for _, element in etree.iterparse(window, tag=wanted, resolve_entities=False, no_network=True):
        if not element.tag.endswith("}row"):
            yield element
            continue
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


class _Window:
    """The text of a sheet, as a file."""

    def __init__(self, target: IO[bytes], pieces: Sequence[Piece]) -> None:
        self.target = target
        self.spans = [(piece.start, piece.end) for piece in reversed(pieces)]

    def read(self, size: int) -> bytes:
        if not self.spans:
            return b""
        start, end = self.spans.pop()
        self.target.seek(start)
        data = self.target.read(min(size, end - start))
        if start + len(data) < end:
            self.spans.append((start + len(data), end))
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
