"""A csv file as people keep it, read into rows of text with the line each came from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from io import StringIO

from hengji.cells import faults
from hengji.cells.separators import COMMA, SAMPLE, SEPARATORS, separator_of
from hengji.model.finding import Finding, Place
from hengji.model.record import record

ENCODINGS = ("utf-8-sig", "gb18030")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@record
class Cell:
    """One cell: its text without surrounding blanks, and where it stands; the item of the place is the column's name."""

    text: str
    place: Place


@record
class Row:
    """One record; ``line`` is the line of the file on which it starts."""

    sheet: Sheet
    line: int
    texts: tuple[str, ...]

    def __getitem__(self, name: str) -> Cell:
        """The cell of that column; an empty one where the file has no such column."""
        index = self.sheet.positions.get(name)
        if index is None:
            return Cell("", Place(self.sheet.path, self.line, item=name))
        text = self.texts[index] if index < len(self.texts) else ""
        return Cell(text, Place(self.sheet.path, self.line, index + 1, item=name))


@record
class Sheet:
    """A header and its records; blank lines are left out."""

    path: str
    header: tuple[str, ...]
    line: int = 1
    records: tuple[tuple[int, tuple[str, ...]], ...] = ()
    positions: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        positions: dict[str, int] = {}
        for index, name in enumerate(self.header):
            positions.setdefault(name, index)
        object.__setattr__(self, "positions", positions)

    @property
    def rows(self) -> Iterator[Row]:
        return (Row(self, line, texts) for line, texts in self.records)


def read_sheet(path: str, data: bytes) -> tuple[Sheet, tuple[Finding, ...]]:
    """Rows of a csv in UTF-8 (with or without BOM) or GB18030; faults of the file as a whole and of its lines."""
    nothing = Sheet(path, ())
    if data.startswith((_ZIP, _OLD_EXCEL)):
        return nothing, (faults.workbook(path),)
    text = _decoded(data)
    if text is None:
        return nothing, (faults.not_text(path),)
    separator = separator_of(text[:SAMPLE])
    if separator != COMMA:
        return nothing, (faults.other_separator(path, SEPARATORS[separator]),)
    lines, found = _split(path, text)
    if not lines:
        return nothing, (*found, faults.empty_file(path))
    line, names = lines[0]
    header = _trimmed(names)
    found += [
        faults.repeated_column(path, line, index + 1, name)
        for index, name in enumerate(header)
        if name and name in header[:index]
    ]
    records: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in lines[1:]:
        texts = _trimmed(cells)
        if len(texts) > len(header):
            found.append(faults.too_many_cells(path, number, len(texts), len(header)))
        else:
            records.append((number, texts))
    return Sheet(path, header, line, tuple(records)), tuple(found)


def check_header(sheet: Sheet, required: Sequence[str], optional: Sequence[str] = ()) -> tuple[Finding, ...]:
    """A finding for each required column that is missing and for each column that nobody reads."""
    known = (*required, *optional)
    missing = [
        faults.missing_column(sheet.path, sheet.line, name, sheet.header)
        for name in required
        if name not in sheet.header
    ]
    unknown = [
        faults.unknown_column(sheet.path, sheet.line, name, known)
        for name in sheet.header
        if name and name not in known
    ]
    return (*missing, *unknown)


def _decoded(data: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _split(path: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Finding]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return lines, []
        except csv.Error:
            return lines, [faults.malformed(path, line)]
        if any(cell.strip() for cell in cells):
            lines.append((line, cells))


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
