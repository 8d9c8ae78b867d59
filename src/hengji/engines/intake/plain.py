"""The plainest spellings of a cell, recognised in bulk by SQL; whatever is spelled otherwise goes to ``read_cell``.

Nothing here decides what a cell means: for each spelling that is recognised, the value is the one that ``read_cell`` gives
without a note (tests hold the two against each other).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hengji.model.cells import NO, YES
from hengji.model.identity import CITIZEN_CHECKS, CREDIT_ALPHABET, PLACES
from hengji.model.table import ColumnType

if TYPE_CHECKING:
    from hengji.engines.intake.layout import Match

STORED = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.ENUM: "VARCHAR",
    ColumnType.COUNT: "BIGINT",
    ColumnType.RATE: "DECIMAL(18,6)",
    ColumnType.MONEY: "DECIMAL(18,2)",
    ColumnType.DATE: "DATE",
    ColumnType.BOOL: "BOOLEAN",
    ColumnType.CITIZEN: "VARCHAR",
    ColumnType.CREDIT: "VARCHAR",
}
"""How a column is stored once read: amounts in yuan, rates as themselves, both exact."""

_USUAL_DAY = r"[1-9]\d{3}-\d{2}-\d{2}(?: 00:00:00)?"
_USUAL_MONTH = r"[1-9]\d{3}-\d{2}"
_DAY = r"([1-9]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?"
_MONTH = r"([1-9]\d{3})(?:[-/.年](\d{1,2})月?|(\d{2}))"
_DAY_OF_YEAR = r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
"""Every day but 29 February, which depends on the year."""
_WHOLE = r"-?\d{1,15}"
_YUAN = r"-?\d{1,13}(\.\d{1,2})?"
_WAN = r"-?\d{1,4}(\.\d{1,6})?"
_RATIO = r"-?\d{1,9}(\.\d{1,6})?"
_PERCENT = r"-?(?:0(?:\.0{1,4})?|(?:[2-9]|[1-9]\d{1,8})(?:\.\d{1,4})?)"
"""Not from above 0 to below 2: up to 1 there is a note, and the rest is rare."""
NOISY = r"-?\d{1,13}\.\d{9}"
"""A number of a workbook comes with nine decimals where it is no short one."""
MIDNIGHT = " 00:00:00"
"""A day comes with this."""
_NO_BLANK = "(ord({}) BETWEEN 33 AND 126 OR ord({}) > 12288)"


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def words(texts: tuple[str, ...]) -> str:
    """A list of texts in SQL."""
    return "(" + ", ".join(quoted(text) for text in texts) + ")"


def plain_value(match: Match, cell: str) -> str:  # noqa: C901  one case a type
    """SQL for the value of the raw text ``cell``; NULL where the spelling is not among the plainest."""
    unit = match.unit or match.column.unit
    match match.column.type:
        case ColumnType.TEXT:
            ends = _NO_BLANK.format(cell, cell), _NO_BLANK.format(f"right({cell}, 1)", f"right({cell}, 1)")
            return f"CASE WHEN {ends[0]} AND {ends[1]} THEN {cell} END"
        case ColumnType.ENUM:
            return (
                f"CASE WHEN {cell} IN {words(match.column.choices)} THEN {cell} END" if match.column.choices else "NULL"
            )
        case ColumnType.BOOL:
            return f"CASE WHEN {cell} IN {words(YES)} THEN true WHEN {cell} IN {words(NO)} THEN false END"
        case ColumnType.DATE:
            return _date(cell)
        case ColumnType.COUNT:
            return _number(cell, _WHOLE, "BIGINT")
        case ColumnType.RATE if unit == "%":
            return f"{_number(cell, _PERCENT, 'DECIMAL(18,4)')} * 0.01::DECIMAL(3,2)"
        case ColumnType.RATE:
            return _number(cell, _RATIO, "DECIMAL(18,6)")
        case ColumnType.MONEY if unit == "万元":
            return f"{_number(cell, _WAN, 'DECIMAL(18,6)')} * 10000"
        case ColumnType.MONEY:
            return _number(cell, _YUAN, "DECIMAL(18,2)")
        case ColumnType.CITIZEN:
            return f"CASE WHEN {is_citizen(cell)} THEN {cell} END"
        case ColumnType.CREDIT:
            return f"CASE WHEN {_credit(cell)} THEN {cell} END"


def typed_cell(match: Match, cell: str) -> str:
    """SQL for a cell of a workbook as it was typed: a day in a text column, a number in its shortest form."""
    match match.column.type:
        case ColumnType.TEXT:
            return f"CASE WHEN ends_with({cell}, '{MIDNIGHT}') THEN {cell}[:-{len(MIDNIGHT) + 1}] ELSE {cell} END"
        case ColumnType.MONEY | ColumnType.RATE:
            short = f"CAST(CAST({cell} AS DOUBLE) AS VARCHAR)"
            return f"CASE WHEN regexp_full_match({cell}, '{NOISY}') THEN {short} ELSE {cell} END"
        case _:
            return cell


def _number(cell: str, shape: str, stored: str) -> str:
    return f"CASE WHEN regexp_full_match({cell}, '{shape}') THEN CAST({cell} AS {stored}) END"


def _date(cell: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({cell}, '{_USUAL_DAY}') THEN try_cast({cell}[:10] AS DATE) "
        f"WHEN regexp_full_match({cell}, '{_USUAL_MONTH}') THEN try_cast({cell} || '-01' AS DATE) "
        f"WHEN regexp_full_match({cell}, '{_DAY}') THEN "
        f"try_cast(regexp_replace({cell}, '{_DAY}', '\\1-\\2-\\3') AS DATE) "
        rf"WHEN regexp_full_match({cell}, '[1-9]\d{{7}}') THEN CAST(try_strptime({cell}, '%Y%m%d') AS DATE) "
        f"WHEN regexp_full_match({cell}, '{_MONTH}') THEN "
        f"try_cast(regexp_replace({cell}, '{_MONTH}', '\\1-\\2\\3-01') AS DATE) END"
    )


def is_citizen(cell: str) -> str:
    """SQL for whether the text is a citizen's number, its check digit included."""
    digits = "+".join(f"{pow(2, 17 - at, 11)}*(ord(substr({cell}, {at + 1}, 1))-48)" for at in range(17))
    shape = rf"(?:{'|'.join(sorted(PLACES))})\d{{4}}[1-9]\d{{3}}{_DAY_OF_YEAR}\d{{3}}[\dX]"
    check = f"'{CITIZEN_CHECKS}'[({digits}) % 11 + 1] = {cell}[18]"
    return f"CASE WHEN regexp_full_match({cell}, '{shape}') THEN {check} ELSE false END"


def _credit(cell: str) -> str:
    letters = f"[{CREDIT_ALPHABET}]"
    weighed = "+".join(f"{pow(3, at, 31)}*(strpos('{CREDIT_ALPHABET}', {cell}[{at + 1}])-1)" for at in range(17))
    return (
        rf"CASE WHEN regexp_full_match({cell}, '{letters}{{2}}\d{{6}}{letters}{{10}}') "
        f"THEN '{CREDIT_ALPHABET}'[(31 - ({weighed}) % 31) % 31 + 1] = {cell}[18] ELSE false END"
    )
