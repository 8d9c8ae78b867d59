"""The outcome of a policy row by row, as a file: the row's own columns, what each tier owes, and why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from hengji.model.money import FEN_PER_WAN, FEN_PER_YUAN, Money
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.outcome import Outcome, RowOutcome

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | Decimal | date | None
SUFFIXES = (".csv", ".xlsx")
_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  XlsxWriter wants a naive time and writes it as UTC
_WIDEST = 40


def outcome_file(suffix: str, table: Table, outcome: Outcome) -> bytes:
    """A csv (UTF-8 with BOM) or an xlsx; ``suffix`` is one of SUFFIXES. The same outcome gives the same bytes."""
    header = _header(table, outcome)
    rows = list(_rows(table, outcome))
    return _csv(header, rows) if suffix == ".csv" else _xlsx(table.name, header, rows)


def _header(table: Table, outcome: Outcome) -> tuple[str, ...]:
    own = (f"{column.name}（{_unit(column)}）" if _unit(column) else column.name for column in table.columns)
    due = (f"应补{tier.value}（元）" for tier in outcome.tiers)
    return ("行号", *own, *due, "应补合计（元）", "不予补助的原因")


def _unit(column: Column) -> str:
    return column.unit or ("元" if column.type is ColumnType.MONEY else "")


def _rows(table: Table, outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    for row in outcome.rows:
        own = (_cell(value, column) for value, column in zip(table.rows[row.row], table.columns, strict=True))
        due = (_yuan(row.due[tier]) for tier in outcome.tiers)
        line = None if row.line is None else Decimal(row.line)
        yield (line, *own, *due, _yuan(row.total), _why(row))


def _why(row: RowOutcome) -> str:
    return "；".join(f"{each.text}（{each.source}）" if each.source else each.text for each in row.reasons)


def _yuan(amount: Money) -> Decimal:
    return Decimal(int(amount)) / FEN_PER_YUAN


def _cell(value: Value, column: Column) -> Cell:
    """The value in the unit of its header."""
    match value:
        case bool():
            return "是" if value else "否"
        case Money():
            return Decimal(int(value)) / (FEN_PER_WAN if column.unit == "万元" else FEN_PER_YUAN)
        case Fraction():
            scaled = value * 100 if column.unit == "%" else value
            return Decimal(scaled.numerator) / scaled.denominator
        case int():
            return Decimal(value)
        case _:
            return value


def _csv(header: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def _xlsx(name: str, header: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"title": name, "created": _MOMENT})
    sheet = book.add_worksheet("逐行核算")
    bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    for position, title in enumerate(header):
        sheet.write_string(0, position, title, bold)
        sheet.set_column(position, position, min(_WIDEST, 2 * len(title) + 2))
    for line, row in enumerate(rows, 1):
        for position, cell in enumerate(row):
            _write(sheet, line, position, cell, day)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    book.close()
    return file.getvalue()


def _write(sheet: Worksheet, line: int, position: int, cell: Cell, day: object) -> None:
    match cell:
        case None:
            pass
        case Decimal():
            sheet.write_number(line, position, cell)
        case date():
            sheet.write_datetime(line, position, cell, day)
        case _:
            sheet.write_string(line, position, cell)
