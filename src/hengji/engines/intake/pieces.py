"""A large sheet in pieces: sheets of their own in the copy of its workbook, one of which is read while another becomes columns."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from mmap import mmap

from lxml import etree

from hengji.model.record import record

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = f"{{{RELATION}}}id"
MARK = "hengji"
_ROW = '<row r="{line}"><c r="A{line}" t="str"><v>' + MARK + "</v></c></row>"
_OPENING = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + _ROW
_CLOSING = _ROW + "</sheetData></worksheet>"
_BETWEEN = re.compile(rb'</row>\s*(?=<row(?:\s[^>]*)?\sr="(\d{1,7})")')
"""Where a sheet may be cut: before a row that says which one it is."""
_CHUNK = 2**18
_LARGE = 2**31


@record
class Piece:
    """段: rows that the copy has as the sheet ``name``; their text goes from ``start`` to ``end``, ``line`` is that of the first.

    At a cut a row of ours, with nothing but ``MARK`` in column A, closes the piece at the line of the next row, and another
    opens the next piece one line before that row. Whoever reads a piece and finds its marks at both ends knows where every
    row between them stands, and that none is elsewhere.
    """

    name: str
    line: int
    start: int
    end: int


@record
class SheetPart:
    """工作表部分: where the XML of a sheet stands in the copy."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        return sum(piece.end - piece.start for piece in self.pieces)

    def spans(self, text: bytes | mmap) -> tuple[tuple[int, int], ...]:
        """From where to where the text of its rows goes; nothing where that is not plain to see."""
        first, last = self.pieces[0], self.pieces[-1]
        begin = text.find(b"<sheetData", first.start, first.end)
        end = text.rfind(b"</sheetData", last.start, last.end)
        if begin < 0 or end < max(begin, last.start):
            return ()
        starts = (begin, *(piece.start for piece in self.pieces[1:]))
        ends = (*(piece.end for piece in self.pieces[:-1]), end)
        return tuple(zip(starts, ends, strict=True))


def copied(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, copy: zipfile.ZipFile, most: int, begin: Callable[[bytes], bytes]
) -> tuple[Piece, ...]:
    """Copy a part without compression: in pieces of about ``most`` bytes, or whole; ``begin`` gives how its text begins."""
    pieces: list[Piece] = []
    size = most or _CHUNK
    assert copy.fp is not None
    with package.open(info) as inside:
        line, chunk = 1, begin(inside.read(size))
        while chunk or not pieces:
            made = zipfile.ZipInfo(f"{info.filename}.{len(pieces)}" if pieces else info.filename)
            with copy.open(made, "w", force_zip64=info.file_size >= _LARGE) as outside:
                if pieces:
                    outside.write(_OPENING.format(line=line).encode())
                start, end = copy.fp.tell(), copy.fp.tell() + outside.write(chunk)
                cut = None
                while cut is None and (chunk := inside.read(size)):
                    cut = _next_row(chunk, line) if most else None
                    end += outside.write(chunk[: cut.end()] if cut else chunk)
                if cut is not None:
                    outside.write(_CLOSING.format(line=int(cut[1])).encode())
            pieces.append(Piece(made.filename, line, start, end))
            line, chunk = (int(cut[1]) - 1, chunk[cut.end() :]) if cut else (line, b"")
    return tuple(pieces)


def _next_row(chunk: bytes, line: int) -> re.Match[bytes] | None:
    """Where ``chunk`` may be cut for a piece that began at ``line``."""
    cut = _BETWEEN.search(chunk)
    return cut if cut is not None and int(cut[1]) > line + 1 else None


def list_pieces(book: etree._Element, links: etree._Element, pieces: Iterable[Piece]) -> None:
    """Tell a workbook of the pieces that its sheets were cut into."""
    for piece in pieces:
        sheet = next(book.iter("{*}sheet"))
        listed = etree.Element(sheet.tag, {"name": piece.name, "sheetId": "1", LINK: piece.name})
        sheet.getparent().append(listed)
        link = {"Id": piece.name, "Type": f"{RELATION}/worksheet", "Target": f"/{piece.name}"}
        links.append(etree.Element(links[0].tag, link))
