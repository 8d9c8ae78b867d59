"""Text of one cell to a typed value: the meaning is that of hengji.model.cells, the faults become findings with a place.

Here nothing may be missing: a blank is a fault, not zero.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from hengji.cells import faults
from hengji.cells.sheet import Cell
from hengji.model.cells import CellFault, read_cell
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.table import Column, ColumnType, Value

T = TypeVar("T")
Found = tuple[Finding, ...]

_MONTH = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?(?:份)?|\d{6}|[^日]*年[^日]*月", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)


def read_text(cell: Cell) -> tuple[str | None, Found]:
    """Text that must be there."""
    return (cell.text, ()) if cell.text else (None, (faults.empty_cell(cell.place),))


def read_choice(cell: Cell, choices: Mapping[str, T]) -> tuple[T | None, Found]:
    """One of the words of ``choices``, letter for letter."""
    word, found = _read(cell, Column(cell.place.item, ColumnType.ENUM, choices=tuple(choices)))
    return (choices[word], found) if isinstance(word, str) else (None, found)


def read_count(cell: Cell) -> tuple[int | None, Found]:
    """A whole number that is not negative."""
    number, found = _read(cell, Column(cell.place.item, ColumnType.COUNT))
    if not isinstance(number, int):
        return None, found
    if number < 0:
        wrong = CellFault(f"“{cell.text}”小于0", "不小于0的整数", "核对后改正")
        return None, (*found, faults.unreadable(cell.place, wrong))
    return number, found


def read_money(cell: Cell, unit: str) -> tuple[Money | None, Found]:
    """An amount written in ``unit`` (元 or 万元), exact to the fen."""
    amount, found = _read(cell, Column(cell.place.item, ColumnType.MONEY, unit))
    return (amount, found) if isinstance(amount, Money) else (None, found)


def read_date(cell: Cell) -> tuple[date | None, Found]:
    """A day; unlike in a table a month will not do, since money and terms are counted by the day."""
    if _MONTH.fullmatch(unicodedata.normalize("NFKC", cell.text)):
        wrong = CellFault(f"“{cell.text}”只到月份", "年月日齐全的日期，如 2021-07-31", "按凭证写明日期")
        return None, (faults.unreadable(cell.place, wrong),)
    if _SERIAL.fullmatch(cell.text):
        wrong = CellFault(f"“{cell.text}”不是日期", "四位年份的日期，如 2021-07-12", "把该列设为日期格式后重新保存")
        return None, (faults.unreadable(cell.place, wrong),)
    day, found = _read(cell, Column(cell.place.item, ColumnType.DATE))
    return (day, found) if isinstance(day, date) else (None, found)


def _read(cell: Cell, column: Column) -> tuple[Value, Found]:
    read = read_cell(cell.text, column)
    if isinstance(read, CellFault):
        return None, (faults.unreadable(cell.place, read),)
    if read.value is None:
        return None, (faults.empty_cell(cell.place),)
    return read.value, tuple(faults.noted(cell.place, cell.text, note) for note in read.notes)
