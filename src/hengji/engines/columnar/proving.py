"""What is proved of the rows before they are priced one by one, so that none has to be tested for it: words and keys.

A file stores each word once for many rows, and the keys that differ are few: looking at them costs less than a test of every row.
Words are looked for by a filter that stands alone, because it is the one that the database puts to the stored words and not to the rows.
"""

from __future__ import annotations

from dataclasses import replace

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.facts import ColumnFacts, Schema, TableFacts
from hengji.policies.kinds import ENUM
from hengji.policies.nodes import Field, Joined, walk
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable

FEW_ROWS = 100_000
"""Testing fewer rows takes less than proving something of them."""

Link = tuple[str, tuple[str, ...]]


def proved(connection: duck.Connection, policy: Policy, schema: Schema) -> Schema:
    """The same facts, with the columns of which all words are known, and the tables where every row of the main one stands."""
    if schema[policy.rows].rows < FEW_ROWS:
        return schema
    found = {}
    for name, table in schema.items():
        known = _known(connection, policy.tables[name], table)
        columns = {each: replace(facts, known=each in known) for each, facts in table.columns.items()}
        found[name] = replace(table, columns=columns)
    reached = frozenset(link for link in _links(policy) if _stands(connection, policy, schema, link))
    return found | {policy.rows: replace(found[policy.rows], reached=reached)}


def _known(connection: duck.Connection, declared: PolicyTable, table: TableFacts) -> set[str]:
    """The columns of which all words are among those that the policy lists; those stored as numbers are not looked at."""
    found = set()
    for column in declared.columns:
        facts = table.columns.get(column.name)
        if column.type.basic is ENUM and column.choices and facts is not None and not facts.numbered:
            words = ", ".join(map(DUCKDB.word, column.choices))
            test = f"{DUCKDB.name(column.name)} NOT IN ({words})"
            if connection.execute(f"SELECT 1 FROM {DUCKDB.name(table.name)} WHERE {test} LIMIT 1").fetchone() is None:
                found.add(column.name)
    return found


def _links(policy: Policy) -> frozenset[Link]:
    """The tables that rows of the main one are joined with, and the columns by which they are."""
    joins = {part for node in policy.nodes() for part in walk(node) if isinstance(part, Joined)}
    return frozenset(
        (join.field.table, tuple(key.name for key in join.key))
        for join in joins
        if all(isinstance(key, Field) and not key.choices for key in join.key)
    )


def _stands(connection: duck.Connection, policy: Policy, schema: Schema, link: Link) -> bool:
    """Whether there is exactly one row in the other table for every row of the main one.

    Numbers without a gap, as they come of names that were numbered one by one, need not be looked for: their bounds tell.
    """
    name, key = link
    main, other = schema[policy.rows], schema[name]
    both = [(main.columns.get(each), other.columns.get(each)) for each in key]
    if key not in other.unique or any(not a or not b or a.numbered != b.numbered for a, b in both):
        return False
    if len(key) == 1 and _covers(other, *both[0]):
        return True
    columns = ", ".join(map(DUCKDB.name, key))
    lost = f"{DUCKDB.name(policy.rows)} ANTI JOIN {DUCKDB.name(name)} USING ({columns})"
    return connection.execute(f"SELECT 1 FROM {lost} LIMIT 1").fetchone() is None


def _covers(table: TableFacts, its: ColumnFacts | None, keys: ColumnFacts | None) -> bool:
    """Whether the numbers ``keys``, which no two rows of ``table`` share, leave none out between bounds that ``its`` lie within."""
    if not its or not keys or not keys.numbered or its.missing or keys.missing:
        return False
    return keys.low <= its.low and its.high <= keys.high and keys.high - keys.low + 1 == table.rows
