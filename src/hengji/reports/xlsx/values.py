"""What stands in a cell: a real number with its format, a formula that gives the same number, or text that stays text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from xlsxwriter.utility import xl_rowcol_to_cell

from hengji.model.document import Calculation, Cell, RatioOf, SumOf
from hengji.model.money import round_to
from hengji.model.record import record
from hengji.reports.grid import text_of
from hengji.reports.markup import printable

_CAPACITY = 32_767  # characters of a cell
_CUT = "……（超出单元格容量，全文见其他格式的报告）"
_AROUND = 40  # characters; a number format holds 255 for three signs
_ARGUMENTS = 255  # that a function of a spreadsheet takes
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Place = tuple[int, int]  # 0-based row and column of the sheet


@record
class Value:
    """A number as the spreadsheet holds it (85.41% is 0.8541) and the format that prints it as the report does."""

    number: Decimal
    format: str


def value(cell: Cell) -> Value | None:
    """The number of a cell; None for words, and for a number with more digits than a spreadsheet keeps."""
    return None if cell.number is None else held_as(cell.number, text_of(cell))


def held_as(number: Decimal, words: str) -> Value | None:
    """How a spreadsheet holds a number that the report prints as ``words``: 85.41% or 1,460元.

    None when it cannot: the number has too many digits, or stands in too many words for a number format.
    """
    decimals = _decimals(number)
    if words.rstrip().endswith(("%", "％")):
        held, shape = number.scaleb(-2), f"0{decimals}%"
    elif f"{number:,}" in words:
        before, _, after = words.partition(f"{number:,}")
        if len(before) + len(after) > _AROUND:
            return None
        held, shape = number, f"{_literal(before)}#,##0{decimals}{_literal(after)}"
    else:
        held, shape = number, f"#,##0{decimals}"
    return Value(held, _signed(shape)) if _kept(held) else None


def number_format(number: Decimal) -> str:
    """Thousands separators, the decimals that the number has, red and with its sign below zero."""
    return _signed("#,##0" + _decimals(number))


def _signed(shape: str) -> str:
    return f"{shape};[Red]-{shape}"


def _decimals(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    return "." + "0" * -exponent if isinstance(exponent, int) and exponent < 0 else ""


def _literal(words: str) -> str:
    words = printable(words).replace('"', "").replace("\n", " ")
    return f'"{words}"' if words else ""


def _kept(number: Decimal) -> bool:
    """A spreadsheet holds binary floating point: whether it gives back every digit."""
    return Decimal(repr(float(number))) == number


def fitted(words: str) -> str:
    """Text that a cell can hold."""
    words = printable(words)
    return words if len(words) <= _CAPACITY // 2 else words[: _CAPACITY // 2 - len(_CUT)] + _CUT


def looks_like_formula(words: str) -> bool:
    """Whether a spreadsheet would take the text for a formula if somebody typed it."""
    return words.startswith(_FORMULA_STARTS)


def formula(calculation: Calculation, place: Place, first: int, values: Mapping[Place, Value]) -> str | None:
    """The live formula of a calculated cell, or None when the printed numbers do not give the printed result.

    ``first`` is the sheet row of the table's first body row. The report computes from exact values, so that a printed
    sum may differ from the sum of printed parts; a formula would then change the number as soon as it is recomputed.
    """
    own = values[place].number
    match calculation:
        case SumOf(rows=rows):
            parts = [values[at].number for row in rows if (at := (first + row, place[1])) in values]
            return _sum(tuple(first + row for row in rows), place[1]) if parts and sum(parts) == own else None
        case RatioOf(numerator=above, denominator=below):
            return _ratio(own, (place[0], above), (place[0], below), values)


def _sum(rows: tuple[int, ...], column: int) -> str:
    ordered = sorted(rows)
    breaks = [0, *(at + 1 for at, (row, after) in enumerate(pairwise(ordered)) if after != row + 1), len(ordered)]
    runs = [ordered[begin:end] for begin, end in pairwise(breaks)]
    spans = [_span(run, column) for run in runs]
    parts = [spans[at : at + _ARGUMENTS] for at in range(0, len(spans), _ARGUMENTS)]
    return "=" + "+".join(f"SUM({','.join(part)})" for part in parts)


def _span(run: list[int], column: int) -> str:
    first, last = xl_rowcol_to_cell(run[0], column), xl_rowcol_to_cell(run[-1], column)
    return first if first == last else f"{first}:{last}"


def _ratio(own: Decimal, above: Place, below: Place, values: Mapping[Place, Value]) -> str | None:
    if above not in values or below not in values or not values[below].number:
        return None
    exponent = own.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    ratio = Fraction(values[above].number) / Fraction(values[below].number)
    for factor, written in ((1, ""), (100, "*100")):
        if round_to(ratio * factor, places) == own:
            divided = f"{xl_rowcol_to_cell(*above)}/{xl_rowcol_to_cell(*below)}{written}"
            return f'=IF({xl_rowcol_to_cell(*below)}=0,"—",ROUND({divided},{places}))'
    return None
