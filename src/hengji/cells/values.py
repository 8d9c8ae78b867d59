"""Text of one cell to a typed value. Each reader gives the value, or None, and the findings that say why.

Full-width digits and signs are understood and noted; nothing is guessed: a year of two digits, a month without a day,
a number with words in it, a blank where a number must stand are faults.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from hengji.cells import faults
from hengji.cells.sheet import Cell
from hengji.model.finding import Finding
from hengji.model.money import Money

T = TypeVar("T")
Found = tuple[Finding, ...]

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,18})?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII
)
_TIME = re.compile(r" 0{1,2}:00(?::00)?$", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", re.ASCII)
_MONTH = re.compile(r"\d{4}[-/.年]\d{1,2}月?(?:份)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DASHES = str.maketrans("−–—", "---")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199


def read_text(cell: Cell) -> tuple[str | None, Found]:
    """Text that must be there."""
    return (cell.text, ()) if cell.text else (None, (faults.empty_cell(cell.place),))


def read_choice(cell: Cell, choices: Mapping[str, T]) -> tuple[T | None, Found]:
    """One of the words of ``choices``, letter for letter."""
    if not cell.text:
        return None, (faults.empty_cell(cell.place),)
    if cell.text in choices:
        return choices[cell.text], ()
    return None, (faults.not_a_choice(cell.place, cell.text, choices),)


def read_number(cell: Cell) -> tuple[Decimal | None, Found]:
    """A decimal number, thousands separated by commas or not at all."""
    if not cell.text:
        return None, (faults.empty_cell(cell.place),)
    text, noted = _half_width(cell)
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "")), noted
    if _SCIENTIFIC.fullmatch(text):
        remedy = "这是表格软件的科学计数，可能已丢失末位；把该列设为数值格式后重新保存"
    elif text.startswith("="):
        remedy = "公式不会被计算；填入算好的数"
    else:
        remedy = "只填数字；单位写在表头，说明写在备注"
    return None, (faults.not_a_number(cell.place, cell.text, "如108100、108,100.00", remedy),)


def read_count(cell: Cell) -> tuple[int | None, Found]:
    """A whole number that is not negative."""
    number, found = read_number(cell)
    if number is None:
        return None, found
    if number < 0 or number != number.to_integral_value():
        remedy = "核对后填写整数"
        return None, (*found, faults.not_a_number(cell.place, cell.text, "不小于0的整数", remedy))
    return int(number), found


def read_money(cell: Cell, unit: str) -> tuple[Money | None, Found]:
    """An amount written in ``unit`` (元 or 万元), exact to the fen."""
    number, found = read_number(cell)
    if number is None:
        return None, found
    try:
        return (Money.wan(number) if unit == "万元" else Money.yuan(number)), found
    except ValueError:
        return None, (*found, faults.too_fine(cell.place, cell.text, unit))


def read_date(cell: Cell) -> tuple[date | None, Found]:
    """A day in one of the four usual ways of writing; the year has four digits."""
    if not cell.text:
        return None, (faults.empty_cell(cell.place),)
    text, noted = _half_width(cell)
    matched = _DATE.fullmatch(_TIME.sub("", text))
    if matched is None:
        return None, (faults.not_a_date(cell.place, cell.text, _why_no_date(text)),)
    year, month, day = (int(part) for part in matched.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        return None, (faults.not_a_date(cell.place, cell.text, "没有这一天"),)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None, (faults.not_a_date(cell.place, cell.text, "年份不合常理"),)
    return found, noted


def _why_no_date(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return "年份不是四位，分不清世纪"
    if _MONTH.fullmatch(text):
        return "只到月份"
    if _PLAIN.fullmatch(text):
        return "是一个数，可能是表格软件的日期序号"
    return "不是日期"


def _half_width(cell: Cell) -> tuple[str, Found]:
    if cell.text.isascii():
        return cell.text, ()
    text = unicodedata.normalize("NFKC", cell.text).translate(_DASHES)
    if re.search(r"[年月]", text):
        text = re.sub(r"\s", "", text)
    written, understood = (re.sub(r"\s", "", words) for words in (cell.text, text))
    return text, () if written == understood else (faults.full_width(cell.place, cell.text, text),)
