"""Cells of a result in SQL, as they are written: in the unit of the header, exact, with no number that names somebody."""

from __future__ import annotations

from hengji.engines.intake.plain import is_citizen
from hengji.model.table import Column, Keeping
from hengji.policies.kinds import BOOL, MONEY, RATE, WORDS

_SHOWN_IN_FRONT, _SHOWN_BEHIND, _LENGTH = 3, 4, 18


def header(column: Column) -> str:
    """The name with its unit."""
    unit = column.unit or ("元" if column.type is MONEY else "")
    return f"{column.name}（{unit}）" if unit else column.name


def cell(column: Column, text: str, keeping: Keeping) -> str:
    """The cell in the unit of its header; ``text`` gives fen, ppm, whole numbers, days, words."""
    match column.type.basic:
        case kind if kind is MONEY:
            return _scaled(text, "0.000001" if column.unit == "万元" else "0.01")
        case kind if kind is RATE:
            return _scaled(text, "0.0001" if column.unit == "%" else "0.000001")
        case kind if kind is BOOL:
            return f"CASE WHEN {text} THEN '是' WHEN NOT {text} THEN '否' END"
        case kind if kind in WORDS:
            return masked(f"CAST({text} AS VARCHAR)", keeping)
        case _:
            return text


def yuan(fen: str) -> str:
    """Whole fen as yuan with two decimals."""
    return _scaled(fen, "0.01")


def masked(text: str, keeping: Keeping) -> str:
    """Words in which an identity number shows only enough to find it again: a column of plain words may hold some."""
    if keeping is Keeping.PLAIN:
        return text
    stars = "*" * (_LENGTH - _SHOWN_IN_FRONT - _SHOWN_BEHIND)
    hidden = f"concat({text}[:{_SHOWN_IN_FRONT}], '{stars}', {text}[-{_SHOWN_BEHIND}:])"
    return f"CASE WHEN {is_citizen(text)} THEN {hidden} ELSE {text} END"


def _scaled(text: str, factor: str) -> str:
    places = len(factor) - 2
    return f"CAST({text} AS DECIMAL(30, 0)) * {factor}::DECIMAL({places + 1}, {places})"
