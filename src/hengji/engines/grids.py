"""Files to grids: the cells of a csv or a sheet as they stand, each with its place."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from hengji.cells.separators import SAMPLE, separator_of
from hengji.engines.intake import faults
from hengji.engines.intake.containers import Kind, kind_of
from hengji.engines.intake.facts import SheetFacts, Spot, has_facts, merged_in, place_of, read_facts
from hengji.engines.intake.package import Package, copy_package, letters, too_wide
from hengji.engines.intake.pieces import SheetPart
from hengji.model.cells import DAY_ZERO, Raw
from hengji.model.finding import Finding, Place
from hengji.model.record import record

Findings = tuple[Finding, ...]
column_letters = letters
_EXACT = 2**53


@record
class Grid:
    """Rows of raw cells with the 1-based line (or sheet row) of each; ``sheet`` is empty for csv.

    ``spoiled`` are cells that have no usable value, by line from 0 and position, with what to say about each. Day numbers count from
    ``first_day``.
    """

    path: str
    rows: tuple[tuple[Raw, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""
    spoiled: Mapping[Spot, Finding] = field(default_factory=dict)
    first_day: dt.date = DAY_ZERO

    def place(self, row: int, column: int, item: str = "") -> Place:
        """Where the cell stands: line of a csv, or sheet and cell of a workbook."""
        return self.place_at(self.lines[row], column, item)

    def place_at(self, line: int, column: int, item: str = "") -> Place:
        """The same by the line of the file."""
        if self.sheet:
            return place_of(self.path, self.sheet, (line - 1, column), item)
        return Place(self.path, line, column + 1, item=item)


def read_grid(path: str, content: bytes, sheet: str = "") -> tuple[Grid | None, Findings]:
    """The cells of a csv (UTF-8 or GB18030, whatever parts them) or of one sheet of a workbook (the first when ``sheet`` is empty)."""
    kind = kind_of(path, io.BytesIO(content))
    if isinstance(kind, Finding):
        return None, (kind,)
    if kind is Kind.TEXT:
        return _read_csv(path, content)
    if kind is Kind.PARQUET:
        return None, (faults.unsupported(path),)
    book, found = open_book(path, content)
    if book is None:
        return None, found
    name = sheet or book.names[0]
    if name not in book.names:
        return None, (faults.no_such_sheet(path, name, book.names),)
    return sheet_grid(book, name)


def decode_text(content: bytes) -> str | None:
    """UTF-8 (with or without BOM) or GB18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_csv(path: str, content: bytes) -> tuple[Grid | None, Findings]:
    text = decode_text(content)
    if text is None:
        return None, (faults.no_encoding(path),)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text[:SAMPLE]), strict=True)
    rows, lines, start = [], [], 1
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        return None, (faults.malformed_csv(path, start),)
    return Grid(path, tuple(rows), tuple(lines)), ()


@record
class Book:
    """A workbook that was opened: its values, and for xlsx the XML that they stand in."""

    path: str
    values: CalamineWorkbook
    names: tuple[str, ...]
    parts: Mapping[str, SheetPart]
    copy: BinaryIO
    first_day: dt.date = DAY_ZERO


def open_book(path: str, content: bytes) -> tuple[Book | None, Findings]:
    """A workbook from its bytes; None with a finding when they are not one."""
    kind = kind_of(path, io.BytesIO(content))
    if isinstance(kind, Finding):
        return None, (kind,)
    if kind not in (Kind.WORKBOOK, Kind.OLD_WORKBOOK):
        return None, (faults.broken_workbook(path),)
    copy: BinaryIO = io.BytesIO(content)
    parts: dict[str, SheetPart] = {}
    first_day = DAY_ZERO
    if kind is Kind.WORKBOOK:
        copy = io.BytesIO()
        package = copy_package(path, io.BytesIO(content), copy)
        if not isinstance(package, Package):
            return None, (package,)
        faulty = next((fault for part in package.sheets for fault in too_wide(path, part, copy) if fault), None)
        if faulty is not None:
            return None, (faulty,)
        parts = {part.name: part for part in package.sheets}
        first_day = package.first_day
    try:
        copy.seek(0)
        values = load_workbook(copy)
    except PasswordError:
        return None, (faults.protected(path),)
    except (CalamineError, OSError):
        return None, (faults.broken_workbook(path),)
    names = tuple(name for name in values.sheet_names if not parts or name in parts)
    if not names:
        return None, (faults.no_sheets(path),)
    return Book(path, values, names, parts, copy, first_day), ()


def sheet_grid(book: Book, sheet: str) -> tuple[Grid, Findings]:
    """The cells of one of the book's sheets, and what is wrong with them as cells."""
    rows = tuple(tuple(_raw(cell) for cell in row) for row in _values(book, sheet))
    facts = _facts(book, sheet)
    spoiled = {spot: facts.spoiled_finding(book.path, sheet, spot) for spot in facts.spoiled}
    grid = Grid(book.path, rows, tuple(range(1, len(rows) + 1)), sheet, spoiled, book.first_day)
    return grid, (*_remarks(book.path, sheet, facts), *spoiled.values())


def _values(book: Book, sheet: str) -> list[list[object]]:
    found = book.values.get_sheet_by_name(sheet)
    if found.start is None:
        return []
    rows: list[list[object]] = list(found.to_python(skip_empty_area=False))  # type: ignore[arg-type]  # cells are typed below
    return rows


def _raw(cell: object) -> Raw:
    match cell:
        case "" | None:
            return None
        case float():
            return int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
        case bool() | int() | str() | dt.date():
            return cell
        case _:
            return str(cell)


def _facts(book: Book, sheet: str) -> SheetFacts:
    part = book.parts.get(sheet)
    if part is None:
        return SheetFacts(merged_in(book.values, sheet))
    book.copy.seek(0)
    return read_facts(book.copy, part) if has_facts(book.copy.read(), part) else SheetFacts()


def _remarks(path: str, sheet: str, facts: SheetFacts) -> Iterator[Finding]:
    for (top, left), (bottom, right) in facts.merged:
        if top != bottom:
            cells = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            yield faults.merged(Place(path, top + 1, None, sheet, cells))
    for column, (count, first) in sorted(facts.formulas.items()):
        yield faults.formulas(place_of(path, sheet, (first, column)), count)
