"""How what stands in a cell becomes a value: one meaning for csv, workbooks and forms.

A cell that cannot be read gives a ``CellFault`` that says what was found and what was expected; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from hengji.model.finding import one_of
from hengji.model.identity import citizen_fault, credit_fault, masked, plain
from hengji.model.money import LARGEST, Money
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Value

Raw = str | int | float | bool | dt.datetime | dt.date | None
"""What a file gives: csv only text; workbooks numbers and dates too (a float stands for its shortest decimal)."""

_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?$")
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_SERIAL_DATE = re.compile(r"^([1-7]\d{4})(?:\.\d+)?$", re.ASCII)
DAY_ZERO = dt.date(1899, 12, 30)
"""Excel counts its days from here, from March 1900 on."""
_TIME = re.compile(r"(?:(?<=\d)[ T]+|(?<=日)[ T]*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WORDED_DATE = re.compile(
    r"^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十廿]{1,3})日)?$"
)
_DIGITS = "〇一二三四五六七八九"
_SHORT_YEAR = re.compile(r"^\d{2}\s*[-/.年]")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?", re.ASCII)
NUMBER_ALONE = "只填数字，单位写在表头，说明写在备注列；千分位逗号要么齐全要么不写"
"""What to do about a cell that is no number; a number that stands in no table has neither header nor notes."""
_YUAN_SIGN = re.compile(r"^(-?)[¥￥]\s*")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", re.ASCII)
_LIKENESS = 0.6
"""One character of two is not enough: 县级 is not meant for 镇级."""
_SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "国家级": "中央",
        "中央级": "中央",
        "县级": "区级",
        "区县级": "区级",
        "县区级": "区级",
        "区（县）级": "区级",
        "县（区）级": "区级",
        "乡级": "镇级",
        "乡镇级": "镇级",
        "街道": "镇级",
        "支付": "拨付",
        "支出": "拨付",
        "发放": "落实",
    }
)
_MOST_DECIMALS = 6
_UNREASONABLE_WAN = Decimal(10_000)


class CellNote(Enum):
    """读取说明: something about a cell that was understood all the same but that a person should see."""

    FULL_WIDTH = "含全角数字或符号，已按半角读取"
    WAN_LOOKS_LIKE_YUAN = "以万元计却超过一亿元，疑似按元填写"
    PERCENT_LOOKS_LIKE_RATIO = "以百分数计却不超过1，疑似把百分数填成了小数"
    SERIAL_DATE = "是表格软件的日期序号，已换算为"


@record
class CellFault:
    """无法读取: a cell that could not be read."""

    found: str
    expected: str
    remedy: str


@record
class ReadCell:
    """读出的值: a typed value and what should be said about it."""

    value: Value
    notes: tuple[CellNote, ...] = ()


def read_cell(raw: Raw, column: Column, unit: str = "") -> ReadCell | CellFault:
    """Type one cell by its column; ``unit`` (from the header) counts before the declared one. Blank is missing, not zero."""
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        return ReadCell(None)
    match column.type:
        case ColumnType.TEXT:
            return ReadCell(_text(raw))
        case ColumnType.ENUM:
            return _choice(_text(raw), column.choices)
        case ColumnType.BOOL:
            return _yes_or_no(raw)
        case ColumnType.DATE:
            return _date(raw)
        case ColumnType.COUNT | ColumnType.RATE | ColumnType.MONEY:
            return _number(raw, column, unit or column.unit)
        case ColumnType.CITIZEN:
            return _naming_number(raw, citizen_fault, "18位公民身份号码")
        case ColumnType.CREDIT:
            return _naming_number(raw, credit_fault, "18位统一社会信用代码")


def _naming_number(raw: Raw, fault_of: Callable[[str], str], expected: str) -> ReadCell | CellFault:
    """A number that checks itself. It is never repeated whole in what is said about it."""
    text = plain(_text(raw))
    fault = fault_of(text)
    if not fault:
        return ReadCell(text)
    remedy = "与原件核对后改正"
    if text.endswith("000") or _SCIENTIFIC.fullmatch(text):
        remedy = "末几位多半因按数字存放而丢失；把该列设为文本格式后重新录入"
    return CellFault(f"“{masked(text)}”{fault}", expected, remedy)


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        return raw.date().isoformat()  # a workbook makes a date of text that looks like one
    return str(raw)


def _choice(text: str, choices: tuple[str, ...]) -> ReadCell | CellFault:
    if text in choices:
        return ReadCell(text)
    from difflib import get_close_matches  # words that are none of the choices are rare

    meant = _SYNONYMS.get(text, "")
    near = [meant] if meant in choices else get_close_matches(text, choices, 1, _LIKENESS)
    remedy = f"可能是“{near[0]}”" if near else "改用所列的词"
    return CellFault(f"“{text}”不在可选值之中", one_of(choices), remedy)


YES = ("是", "有", "√", "True", "TRUE", "true")
NO = ("否", "无", "×", "False", "FALSE", "false")
"""As people write them, as Python and Excel do, and as libraries that read workbooks do."""


def _yes_or_no(raw: Raw) -> ReadCell | CellFault:
    text = str(raw)
    if text in YES or text in NO:
        return ReadCell(text in YES)
    return CellFault(f"“{text}”看不出是或否", "是 或 否", "改写为“是”或“否”")


def _date(raw: Raw) -> ReadCell | CellFault:
    if isinstance(raw, dt.datetime):
        return ReadCell(raw.date())
    if isinstance(raw, dt.date):
        return ReadCell(raw)
    text = unicodedata.normalize("NFKC", _text(raw))
    notes = (CellNote.FULL_WIDTH,) if text != _text(raw) else ()
    serial = _SERIAL_DATE.match(text)
    if serial is not None:
        return ReadCell(DAY_ZERO + dt.timedelta(days=int(serial[1])), (*notes, CellNote.SERIAL_DATE))
    text = _TIME.sub("", text)
    match = _DATE.match(text) or _COMPACT_DATE.match(text)
    expected = "四位年份的日期，如 2021-07-12、2021年7月12日"
    if match is None and (worded := _WORDED_DATE.match(text)) is not None:
        parts = [_worded(worded[1]), _worded(worded[2]), _worded(worded[3] or "一")]
    elif match is None:
        found = f"“{raw}”的年份只有两位" if _SHORT_YEAR.match(text) else f"“{raw}”不是日期"
        return CellFault(found, expected, "写全四位年份、月和日")
    else:
        parts = [int(match[1]), int(match[2]), int(match[3] or 1)]
    try:
        return ReadCell(dt.date(*parts), notes)
    except ValueError:
        return CellFault(f"“{raw}”没有这一天", expected, "核对月和日")


def _worded(text: str) -> int:
    """二〇二一 → 2021, 十二 → 12, 二十 → 20, 三 → 3."""
    text = text.replace("零", "〇").replace("廿", "二十")
    if "十" not in text:
        return int("".join(str(_DIGITS.index(digit)) for digit in text))
    tens, _, ones = text.partition("十")
    ten = _DIGITS.index(tens) if tens in _DIGITS else 0
    return 10 * (ten or 1) + (_DIGITS.index(ones) if ones and ones in _DIGITS else 0)


def _number(raw: Raw, column: Column, unit: str) -> ReadCell | CellFault:
    if isinstance(raw, bool | dt.date):
        return CellFault(f"“{raw}”不是数字", "数字", "改填数字；若单元格格式为日期，改为常规")
    told = _without_sign(raw) if isinstance(raw, str) and column.type is ColumnType.MONEY and unit != "万元" else raw
    text = unicodedata.normalize("NFKC", str(told)).replace(" ", "")
    full_width = isinstance(told, str) and unicodedata.normalize("NFKC", told) != told
    notes = (CellNote.FULL_WIDTH,) if full_width else ()
    if isinstance(raw, str) and not _NUMBER.fullmatch(text):
        return CellFault(f"“{raw}”不是数字", _expected(column, unit), _how_to_write(text))
    text = text.replace(",", "")
    percent = text.endswith("%") and column.type is ColumnType.RATE
    try:
        value = Decimal(text.removesuffix("%") if percent else text)
    except InvalidOperation:
        return CellFault(f"“{raw}”不是数字", _expected(column, unit), _how_to_write(text))
    if not value.is_finite():
        return CellFault(f"“{raw}”不是有限的数字", _expected(column, unit), "改填数字")
    if percent:
        value /= 100
    if column.type is ColumnType.COUNT:
        return _count(raw, value, notes)
    if column.type is ColumnType.RATE:
        bare = unit == "%" and not percent
        if bare and 0 < abs(value) <= 1:  # a workbook keeps what is shown as 93% as 0.93
            notes = (*notes, CellNote.PERCENT_LOOKS_LIKE_RATIO)
        return _rate(raw, value / 100 if bare else value, notes)
    return _money(raw, value, unit, notes)


def _without_sign(text: str) -> str:
    """An amount without the sign of the yuan, which Excel writes before it, or before or behind its minus."""
    return _YUAN_SIGN.sub(r"\1", text)


def _how_to_write(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "这是表格软件的科学计数，可能已丢失末位；把该列设为数值格式后重新保存"
    if text.startswith("="):
        return "文本文件里的公式不会被计算；填入算好的数"
    return NUMBER_ALONE


def _expected(column: Column, unit: str) -> str:
    return {ColumnType.COUNT: "整数", ColumnType.MONEY: f"以{unit or '元'}计的金额"}.get(column.type, "数字或百分数")


def _count(raw: Raw, value: Decimal, notes: tuple[CellNote, ...]) -> ReadCell | CellFault:
    if abs(value) > LARGEST:
        return CellFault(f"“{raw}”过大", "十六位以内的整数", "核对数字")
    if value != value.to_integral_value():
        return CellFault(f"“{raw}”不是整数", "整数", "改填整数")
    return ReadCell(int(value), notes)


def _rate(raw: Raw, value: Decimal, notes: tuple[CellNote, ...]) -> ReadCell | CellFault:
    scaled = value.scaleb(_MOST_DECIMALS)
    if scaled != scaled.to_integral_value() or abs(scaled) > LARGEST:
        return CellFault(f"“{raw}”超过六位小数或过大", "至多六位小数的数", "按规定位数舍入后填写")
    return ReadCell(Fraction(value), notes)


def _money(raw: Raw, value: Decimal, unit: str, notes: tuple[CellNote, ...]) -> ReadCell | CellFault:
    in_wan = unit == "万元"
    try:
        amount = Money.wan(value) if in_wan else Money.yuan(value)
    except ValueError as error:
        return CellFault(
            f"“{raw}”{str(error).removeprefix(str(value)).strip()}", "精确到分的金额", "按分舍入后填写，或核对单位"
        )
    if in_wan and abs(value) >= _UNREASONABLE_WAN:
        notes = (*notes, CellNote.WAN_LOOKS_LIKE_YUAN)
    return ReadCell(amount, notes)
