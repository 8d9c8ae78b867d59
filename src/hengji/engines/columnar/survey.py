"""Tables to facts: cells of memory and columns of Parquet files under the names of a policy, and between which bounds they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB, Dialect
from hengji.engines.columnar.facts import ColumnFacts, Schema, TableFacts
from hengji.engines.columnar.lowering import PPM
from hengji.engines.columnar.store import create
from hengji.engines.fitting import unfit
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import LARGEST
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM, MONEY, RATE, TEXT
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable

CODE = "P211"
Given = Mapping[str, Table | Path]
_TYPES = {
    TEXT: "VARCHAR",
    ENUM: "VARCHAR",
    COUNT: "BIGINT",
    MONEY: "BIGINT",
    RATE: "HUGEINT",
    DATE: "DATE",
    BOOL: "BOOLEAN",
}
NUMBER = "行号"
_NUMBERS = frozenset({RATE, MONEY, COUNT})
_WHOLE = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_DECIMAL = re.compile(r"DECIMAL\(\d+,(\d+)\)")
_DECIMALS = {MONEY: 2, RATE: 6, COUNT: 0}


class UnfitError(Exception):
    """Tables that cannot be taken up; ``findings`` says why, all at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(str(findings))


def refused(policy: Policy, found: str, remedy: str, dialect: Dialect = DUCKDB) -> Finding:
    """What this engine cannot do."""
    place = Place(policy.file, item=policy.title)
    return Finding(CODE, Severity.ERROR, place, f"列式引擎（{dialect.title}）做不了：{found}", "", remedy)


def survey(connection: duck.Connection, policy: Policy, tables: Given, dialect: Dialect = DUCKDB) -> Schema:
    """The tables of a policy under their names in the database, and what is known of them. Raises UnfitError.

    What is known is told in ``dialect``, for the engine that is to read the same tables.
    """
    findings: list[Finding] = []
    files = {name: path for name, path in tables.items() if isinstance(path, Path) and name in policy.tables}
    shapes = {name: table for name, table in tables.items() if isinstance(table, Table)}
    types: dict[str, Mapping[str, str]] = {}
    for name, path in files.items():
        stored = stored_types(connection, policy.tables[name], path, findings)
        if stored is not None:
            types[name], shapes[name] = stored, shape_of(policy.tables[name], path, stored, findings)
    if findings:
        raise UnfitError(tuple(findings))
    findings.extend(unfit(policy, shapes))
    if findings:
        raise UnfitError(tuple(findings))
    facts = {}
    for name, declared in policy.tables.items():
        if name in files:
            facts[name] = _of_file(connection, policy, declared, files[name], types[name], findings, dialect)
        else:
            facts[name] = _of_cells(connection, policy, declared, shapes[name], findings, dialect)
    if findings:
        raise UnfitError(tuple(findings))
    return facts


# -- tables in memory


def _of_cells(
    connection: duck.Connection,
    policy: Policy,
    declared: PolicyTable,
    table: Table,
    findings: list[Finding],
    dialect: Dialect,
) -> TableFacts:
    columns: list[tuple[str, str, Sequence[Any]]] = [(NUMBER, "BIGINT", range(len(table.rows)))]
    known: dict[str, ColumnFacts] = {}
    sound = True
    for column in declared.columns:
        at = table.positions.get(column.name)
        if at is None:
            continue
        kind = table.columns[at].type.basic
        cells = [_stored(row[at], kind) for row in table.rows]
        faults = list(_unheld(policy, table, column.name, kind, cells, dialect))
        findings.extend(faults)
        sound = sound and not faults
        columns.append((column.name, _TYPES[kind], cells))
        known[column.name] = _facts(dialect.name(column.name), kind, cells)
    if sound:
        create(connection, declared.name, columns)
    unique = _unique(declared.key, table)
    return TableFacts(declared.name, dialect.name(declared.name), dialect.name(NUMBER), len(table.rows), known, unique)


def _stored(cell: Value, kind: ColumnType) -> Any:
    """As it is kept: 数值 in ppm (a Fraction where that is not whole), amounts in fen."""
    if cell is None or kind not in _NUMBERS:
        return cell
    assert isinstance(cell, int | Fraction)
    scaled = Fraction(cell) * PPM if kind is RATE else Fraction(cell)
    return int(scaled) if scaled.denominator == 1 else scaled


def _unheld(
    policy: Policy, table: Table, name: str, kind: ColumnType, cells: Sequence[Any], dialect: Dialect
) -> Iterator[Finding]:
    if kind not in _NUMBERS:
        return
    if any(isinstance(cell, Fraction) for cell in cells):
        yield refused(policy, f"数据表「{table.name}」的列「{name}」有六位以上小数", "舍入到六位小数", dialect)
    elif any(cell is not None and abs(cell) > _limit(kind) for cell in cells):
        yield refused(policy, f"数据表「{table.name}」的列「{name}」有过大的数", "核对数字和单位", dialect)


def _limit(kind: ColumnType) -> int:
    return LARGEST * PPM if kind is RATE else LARGEST


def _facts(text: str, kind: ColumnType, cells: Sequence[Any]) -> ColumnFacts:
    present = [cell for cell in cells if cell is not None]
    low = high = 0
    if kind is DATE:
        present = [day.toordinal() for day in present] or [_SOME_DAY]
    if kind in {*_NUMBERS, DATE} and present:
        low, high = int(min(present)), int(max(present))
    if kind is RATE and max(abs(low), abs(high)) < 2**63:
        text = f"CAST({text} AS BIGINT)"
    return ColumnFacts(kind, text, low, high, None in cells)


_SOME_DAY = date(2000, 1, 1).toordinal()


def _unique(key: tuple[str, ...], table: Table) -> frozenset[tuple[str, ...]]:
    if not key or any(name not in table.positions for name in key):
        return frozenset()
    seen = [tuple(row[table.positions[name]] for name in key) for row in table.rows]
    return frozenset({key}) if len(set(seen)) == len(seen) else frozenset()


# -- Parquet files


def stored_types(
    connection: duck.Connection, declared: PolicyTable, path: Path, findings: list[Finding]
) -> Mapping[str, str] | None:
    """The type of each column of a file."""
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({DUCKDB.word(str(path))})").fetchall()
    except (duck.IOException, duck.InvalidInputException):
        place = Place(str(path), item=declared.name)
        findings.append(
            Finding(CODE, Severity.ERROR, place, "读不出 Parquet 文件", "完好的 Parquet 文件", "核对路径和文件")
        )
        return None
    return {name: kind for name, kind, *_ in described}


def shape_of(declared: PolicyTable, path: Path, stored: Mapping[str, str], findings: list[Finding]) -> Table:
    """The columns of a file, as a table without rows."""
    place = Place(str(path), item=declared.name)
    columns = []
    for column in declared.columns:
        if column.name not in stored:
            continue
        if cell_of(column.name, stored[column.name], column.type.basic, DUCKDB) is None:
            found = f"列「{column.name}」在文件里是 {stored[column.name]}"
            remedy = "金额存为整数（分）或 DECIMAL(…,2)（元），数值存为整数（百万分之一）或 DECIMAL(…,6)，不用浮点数"
            findings.append(Finding(CODE, Severity.ERROR, place, found, f"{column.type.value}列", remedy))
        columns.append(Column(column.name, column.type, choices=column.choices))
    return Table(declared.name, tuple(columns), (), path=str(path))


def cell_of(name: str, stored: str, kind: ColumnType, dialect: Dialect) -> str | None:
    """The cell as this engine keeps it; None where the stored type cannot hold this kind exactly."""
    text = dialect.name(name)
    decimal = _DECIMAL.fullmatch(stored)
    if kind in {TEXT, ENUM}:
        if stored.startswith("ENUM"):
            return f"CAST({text} AS {dialect.text})"
        return text if stored == "VARCHAR" or _WHOLE.fullmatch(stored) else None
    if kind in {DATE, BOOL}:
        return text if stored == _TYPES[kind] else None
    if decimal and int(decimal[1]) <= _DECIMALS[kind]:
        return f"CAST({text} * {10 ** _DECIMALS[kind]} AS BIGINT)"
    if not _WHOLE.fullmatch(stored):
        return None
    return text if stored == "BIGINT" else f"CAST({text} AS BIGINT)"


def _of_file(
    connection: duck.Connection,
    policy: Policy,
    declared: PolicyTable,
    path: Path,
    stored: Mapping[str, str],
    findings: list[Finding],
    dialect: Dialect,
) -> TableFacts:
    file = DUCKDB.word(str(path))
    texts = {
        column.name: (column.type.basic, text)
        for column in declared.columns
        if column.name in stored and (text := cell_of(column.name, stored[column.name], column.type.basic, DUCKDB))
    }
    name = DUCKDB.name(declared.name)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT *, file_row_number AS {DUCKDB.name(NUMBER)} "
        f"FROM read_parquet({file}, file_row_number = true)"
    )
    rows, known = _bounds(connection, file, texts, stored)
    for column, facts in known.items():
        if facts.kind in _NUMBERS and max(abs(facts.low), abs(facts.high)) > _limit(facts.kind):
            found = f"数据表「{declared.name}」的列「{column}」有过大的数"
            findings.append(refused(policy, found, "核对数字和单位", dialect))
    unique = (
        frozenset({declared.key}) if _is_unique(connection, name, declared.key, rows) else frozenset[tuple[str, ...]]()
    )
    told = {
        column: replace(facts, text=cell_of(column, stored[column], facts.kind, dialect) or "")
        for column, facts in known.items()
    }
    return TableFacts(declared.name, dialect.name(declared.name), dialect.name(NUMBER), rows, told, unique)


def _is_unique(connection: duck.Connection, name: str, key: tuple[str, ...], rows: int) -> bool:
    if not key:
        return False
    columns = ", ".join(DUCKDB.name(each) for each in key)
    found = connection.execute(f"SELECT count(*) FROM (SELECT DISTINCT {columns} FROM {name})").fetchone()
    return found is not None and found[0] == rows


def _bounds(
    connection: duck.Connection,
    file: str,
    texts: Mapping[str, tuple[ColumnType, str]],
    stored: Mapping[str, str],
) -> tuple[int, dict[str, ColumnFacts]]:
    """Rows, and the bounds of each column: from the statistics of the file where it has them, else by reading the column."""
    held = _held(connection, file)
    nothing = (None, None, None)
    unsure = {
        name
        for name, (kind, _) in texts.items()
        if None in held.columns.get(name, nothing)[:2] and _ranges(kind, stored[name])
    }
    asked = [name for name in texts if held.columns.get(name, nothing)[2] is None or name in unsure]
    read = _read(connection, file, [(*texts[name], stored[name]) for name in asked])
    found = {name: (low, high, held.rows - count) for name, (count, low, high) in zip(asked, read, strict=True)}
    known = {}
    for name, (kind, text) in texts.items():
        low, high, blank = found[name] if name in found else held.columns[name]
        numbered = kind in {TEXT, ENUM} and _ranges(kind, stored[name])
        known[name] = ColumnFacts(kind, text, *_ends(kind, low, high, stored[name]), bool(blank), numbered)
    return held.rows, known


def _read(
    connection: duck.Connection, file: str, columns: Sequence[tuple[ColumnType, str, str]]
) -> Iterator[tuple[int, Any, Any]]:
    """How many cells are filled in, the least and the greatest, of columns of a kind and a text that are stored as a type."""
    picked = []
    for kind, text, stored in columns:
        picked.append(f"count({text})")
        picked += [f"min({text})", f"max({text})"] if _ranges(kind, stored) else ["NULL", "NULL"]
    if not picked:
        return
    answer = connection.execute(f"SELECT {', '.join(picked)} FROM read_parquet({file})").fetchone()
    assert answer is not None
    yield from zip(answer[::3], answer[1::3], answer[2::3], strict=True)


def _ranges(kind: ColumnType, stored: str) -> bool:
    """Whether the cells have bounds: numbers, days, and words that are stored as whole numbers."""
    return kind in {*_NUMBERS, DATE} or bool(_WHOLE.fullmatch(stored))


@record
class _Held:
    """What the footer of a file says: its rows; least, greatest and the number of missing cells by column, None where it does not."""

    rows: int
    columns: Mapping[str, tuple[Any, Any, int | None]]


def _held(connection: duck.Connection, file: str) -> _Held:
    question = (
        "SELECT path_in_schema, row_group_num_rows, type, stats_min_value, stats_max_value, stats_null_count "
        f"FROM parquet_metadata({file})"
    )
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for name, *told in connection.execute(question).fetchall():
        groups.setdefault(name, []).append(tuple(told))
    rows = sum(count for count, *_ in next(iter(groups.values()), ()))
    return _Held(rows, {name: _of_groups(told) for name, told in groups.items()})


def _of_groups(groups: Sequence[tuple[Any, ...]]) -> tuple[Any, Any, int | None]:
    """Of the statistics of all row groups of a column."""
    _, kinds, least, greatest, blank = zip(*groups, strict=True)
    missing = sum(blank) if None not in blank else None
    if None in least or None in greatest or not {"INT32", "INT64"}.issuperset(kinds):
        return None, None, missing
    try:
        return min(map(_end, least)), max(map(_end, greatest)), missing
    except ValueError:
        return None, None, missing


def _end(text: str) -> Any:
    return date.fromisoformat(text) if "-" in text[1:] else Fraction(text)


def _ends(kind: ColumnType, low: Any, high: Any, stored: str) -> tuple[int, int]:
    if kind is DATE:
        return (low.toordinal(), high.toordinal()) if low is not None else (_SOME_DAY, _SOME_DAY)
    if not _ranges(kind, stored) or low is None:
        return 0, 0
    scale = 10 ** _DECIMALS.get(kind, 0) if isinstance(low, Fraction) and _DECIMAL.fullmatch(stored) else 1
    return int(low * scale), int(high * scale)
