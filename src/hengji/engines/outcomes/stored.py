"""Parquet files as tables in memory, for the engine that walks row by row; a cell means what the columnar engine takes it for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.clustered import FIRST_LINE
from hengji.engines.columnar.facts import TableFacts
from hengji.engines.columnar.lowering import PPM
from hengji.engines.columnar.store import connect
from hengji.engines.columnar.survey import UnfitError, survey
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.table import Column, Table, Value
from hengji.policies.kinds import MONEY, RATE, WORDS
from hengji.policies.policy import Policy


def read_stored(policy: Policy, tables: Mapping[str, Table | Path]) -> tuple[dict[str, Table], tuple[Finding, ...]]:
    """All tables of the policy, those given as Parquet files read whole; nothing, with findings, when a file does not fit."""
    with closing(connect()) as connection:
        try:
            schema = survey(connection, policy, tables)
        except UnfitError as error:
            return {}, error.findings
        return {
            name: table if isinstance(table, Table) else _read(connection, policy, schema[name], table)
            for name, table in tables.items()
            if name in policy.tables
        }, ()


def _read(connection: duck.Connection, policy: Policy, facts: TableFacts, path: Path) -> Table:
    columns = tuple(column for column in policy.tables[facts.name].columns if column.name in facts.columns)
    picked = ", ".join(facts.columns[column.name].text for column in columns)
    answers = connection.execute(f"SELECT {picked} FROM {facts.source} ORDER BY {facts.number}").fetchall()
    rows = tuple(tuple(map(_value, columns, answer)) for answer in answers)
    lines = tuple(range(FIRST_LINE, FIRST_LINE + len(rows)))
    return Table(facts.name, columns, rows, lines, str(path))


def _value(column: Column, stored: Any) -> Value:
    if stored is None:
        return None
    if column.type is RATE:
        return Fraction(stored, PPM)
    if column.type is MONEY:
        return Money(stored)
    # A column of words may be stored as numbers.
    return stored if isinstance(stored, bool) or column.type not in WORDS else str(stored)


def as_words(policy: Policy) -> Policy:
    """The policy to an engine that knows nothing of numbers that name somebody: those columns hold texts."""
    tables = {
        name: replace(table, columns=tuple(replace(column, type=column.type.basic) for column in table.columns))
        for name, table in policy.tables.items()
    }
    return replace(policy, tables=tables)


def words_only(table: Table) -> Table:
    """The same of a table in memory."""
    return replace(table, columns=tuple(replace(column, type=column.type.basic) for column in table.columns))
