"""Rows as a file to open in a spreadsheet: a csv of the first sheet, or an xlsx of all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hengji.model.record import record

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | Decimal | int | date | None
SUFFIXES = (".csv", ".xlsx")
_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  XlsxWriter wants a naive time and writes it as UTC
_WIDEST = 40


@record
class Sheet:
    """工作表: a header and rows under it. Numbers are Decimal, so that what is printed is what was computed."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def written(suffix: str, sheets: Iterable[Sheet]) -> bytes:
    """A csv (UTF-8 with BOM) or an xlsx; ``suffix`` is one of SUFFIXES. The same sheets give the same bytes."""
    listed = tuple(sheets)
    return _csv(listed[0]) if suffix == ".csv" else _xlsx(listed)


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.header)
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def _xlsx(sheets: tuple[Sheet, ...]) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"title": sheets[0].name, "created": _MOMENT})
    for sheet in sheets:
        _fill(book, sheet.name, sheet.header, sheet.rows)
    book.close()
    return file.getvalue()


def write_long(path: Path, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], folder: Path) -> None:
    """An xlsx of one sheet, its rows written as they come; ``folder`` is for what is only for the time of writing."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(folder)})
    book.set_properties({"title": name, "created": _MOMENT})
    _fill(book, name, header, rows)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from None


def _fill(book: Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.freeze_panes(1, 1)
    for position, title in enumerate(header):
        page.write_string(0, position, title, bold)
        page.set_column(position, position, min(_WIDEST, 2 * len(title) + 2))
    line = 0
    for line, row in enumerate(rows, 1):
        for position, cell in enumerate(row):
            _write(page, line, position, cell, day)
    page.autofilter(0, 0, line, len(header) - 1)


def _write(page: Worksheet, line: int, position: int, cell: Cell, day: Format) -> None:
    match cell:
        case None:
            pass
        case Decimal() | int():
            page.write_number(line, position, cell)
        case date():
            page.write_datetime(line, position, cell, day)
        case _:
            page.write_string(line, position, cell)
