"""The outcome of a policy row by row, as a file: the row's own columns, what each tier owes, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.model.money import FEN_PER_WAN, FEN_PER_YUAN, Money
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.work.sheets import Cell, Sheet, written


def outcome_file(suffix: str, table: Table, outcome: Outcome) -> bytes:
    """One sheet; the same outcome gives the same bytes."""
    return written(suffix, (Sheet("逐行核算", _header(table, outcome), tuple(_rows(table, outcome))),))


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
