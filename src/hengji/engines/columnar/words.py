"""Words that stand in a file: where all of them are known to the policy, no row has to be tested for one that is not."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import Schema
from hengji.policies.kinds import ENUM
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable

FEW_ROWS = 100_000
"""Testing fewer rows takes less than looking at their words first."""


def with_words(connection: duckdb.DuckDBPyConnection, policy: Policy, schema: Schema) -> Schema:
    """The same facts, with the columns marked of which all words are known; a file stores each word once for many rows."""
    if schema[policy.rows].rows < FEW_ROWS:
        return schema
    proved = {}
    for name, table in schema.items():
        known = _known(connection, policy.tables[name]) & table.columns.keys()
        columns = {each: replace(facts, known=each in known) for each, facts in table.columns.items()}
        proved[name] = replace(table, columns=columns)
    return proved


def _known(connection: duckdb.DuckDBPyConnection, declared: PolicyTable) -> set[str]:
    table = DUCKDB.name(declared.name)
    stored = {str(name) for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
    found = set()
    for column in declared.columns:
        if column.type.basic is ENUM and column.choices and column.name in stored:
            name = DUCKDB.name(column.name)
            few = f"SELECT DISTINCT {name} AS word FROM {table} LIMIT {len(column.choices) + 2}"
            words = {word for (word,) in connection.execute(few).fetchall()}
            if words <= {None, *column.choices}:
                found.add(column.name)
    return found
