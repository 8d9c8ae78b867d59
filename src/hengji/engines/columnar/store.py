"""Tables in DuckDB: where they are read from, and what is known of them before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb

from hengji.deadlines.terms import FIRST_YEAR, LAST_YEAR, is_working_day
from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import ColumnFacts, TableFacts
from hengji.engines.columnar.lowering import PPM
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import LARGEST
from hengji.model.table import ColumnType, Table, Value
from hengji.policies.kinds import COUNT, DATE, MONEY, RATE
from hengji.policies.policy import Policy

CODE = "P211"
_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.ENUM: "VARCHAR",
    ColumnType.COUNT: "BIGINT",
    ColumnType.MONEY: "BIGINT",
    ColumnType.RATE: "HUGEINT",
    ColumnType.DATE: "DATE",
    ColumnType.BOOL: "BOOLEAN",
}
_NUMBER = "行号"


class UnfitError(Exception):
    """Tables that cannot be taken up; ``findings`` says why, all at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(str(findings))


def refused(policy: Policy, found: str, remedy: str) -> Finding:
    """What this engine cannot do."""
    place = Place(policy.file, item=policy.title)
    return Finding(CODE, Severity.ERROR, place, f"列式引擎（{DUCKDB.title}）做不了：{found}", "", remedy)


def connect(memory: str | None = None, folder: str = "") -> duckdb.DuckDBPyConnection:
    """A database in memory; ``memory`` like 4GB bounds it, and what is larger goes to files under ``folder``."""
    connection = duckdb.connect()
    connection.execute("SET disabled_optimizers = 'partitioned_execution'")
    connection.execute("SET enable_progress_bar = false")
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'")
    if folder:
        connection.execute(f"SET temp_directory = '{folder}'")
    return connection


def add_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """The working calendar as two tables."""
    days = [date.fromordinal(at) for at in range(_day(FIRST_YEAR, 1, 1), _day(LAST_YEAR, 12, 31) + 1)]
    works = [int(is_working_day(day)) for day in days]
    reached: list[int] = []
    for one in works:
        reached.append((reached[-1] if reached else 0) + one)
    _create(connection, CALENDAR, [("day", "DATE", days), ("reached", "BIGINT", reached), ("works", "BIGINT", works)])
    working = [day for day, one in zip(days, works, strict=True) if one]
    _create(connection, WORKING_DAYS, [("nth", "BIGINT", list(range(len(working)))), ("day", "DATE", working)])


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str, Sequence[Any]]]
) -> None:
    picked = ", ".join(f"unnest(?::{kind}[]) AS {DUCKDB.name(column)}" for column, kind, _ in columns)
    statement = f"CREATE TEMP TABLE {DUCKDB.name(name)} AS SELECT {picked}"
    connection.execute(statement, [list(cells) for _, _, cells in columns])


def take_up(
    connection: duckdb.DuckDBPyConnection, policy: Policy, tables: Mapping[str, Table]
) -> Mapping[str, TableFacts]:
    """The tables of a policy as tables of the database. Raises UnfitError for values that this engine cannot hold."""
    findings: list[Finding] = []
    facts: dict[str, TableFacts] = {}
    for name, declared in policy.tables.items():
        table = tables[name]
        columns: list[tuple[str, str, Sequence[Any]]] = [(_NUMBER, "BIGINT", range(len(table.rows)))]
        known: dict[str, ColumnFacts] = {}
        for column in declared.columns:
            at = table.positions.get(column.name)
            if at is None:
                continue
            kind = table.columns[at].type
            cells = [_stored(row[at], kind) for row in table.rows]
            findings.extend(_unheld(policy, table, column.name, kind, cells))
            columns.append((column.name, _TYPES[kind], cells))
            known[column.name] = _facts(column.name, kind, cells)
        facts[name] = TableFacts(
            name, DUCKDB.name(name), DUCKDB.name(_NUMBER), len(table.rows), known, _unique(declared.key, table)
        )
        if not findings:
            _create(connection, name, columns)
    if findings:
        raise UnfitError(tuple(findings))
    return facts


def _stored(cell: Value, kind: ColumnType) -> Any:
    """As it is kept: 数值 in ppm (a Fraction where that is not whole), amounts in fen."""
    if cell is None or kind not in {RATE, MONEY, COUNT}:
        return cell
    assert isinstance(cell, int | Fraction)
    scaled = Fraction(cell) * PPM if kind is RATE else Fraction(cell)
    return int(scaled) if scaled.denominator == 1 else scaled


def _unheld(policy: Policy, table: Table, name: str, kind: ColumnType, cells: Sequence[Any]) -> Iterator[Finding]:
    if kind not in {RATE, MONEY, COUNT}:
        return
    limit = LARGEST * PPM if kind is RATE else LARGEST
    if any(isinstance(cell, Fraction) for cell in cells):
        yield refused(policy, f"数据表「{table.name}」的列「{name}」有六位以上小数", "舍入到六位小数")
    elif any(cell is not None and abs(cell) > limit for cell in cells):
        yield refused(policy, f"数据表「{table.name}」的列「{name}」有过大的数", "核对数字和单位")


def _facts(name: str, kind: ColumnType, cells: Sequence[Any]) -> ColumnFacts:
    present = [cell for cell in cells if cell is not None]
    text, low, high = DUCKDB.name(name), 0, 0
    if kind is DATE:
        present = [day.toordinal() for day in present] or [date(2000, 1, 1).toordinal()]
    if kind in {RATE, MONEY, COUNT, DATE} and present:
        low, high = int(min(present)), int(max(present))
    if kind is RATE and max(abs(low), abs(high)) < 2**63:
        text = f"CAST({text} AS BIGINT)"
    return ColumnFacts(kind, text, low, high, None in cells)


def _unique(key: tuple[str, ...], table: Table) -> frozenset[tuple[str, ...]]:
    if not key or any(name not in table.positions for name in key):
        return frozenset()
    seen = [tuple(row[table.positions[name]] for name in key) for row in table.rows]
    return frozenset({key}) if len(set(seen)) == len(seen) else frozenset()
