"""Tables that two policies declare: read once for both where they can be, so that a row of one is a row of the other."""

from __future__ import annotations

from dataclasses import replace

from hengji.model.table import Column
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable


def shared(one: Policy, other: Policy) -> Policy | None:
    """The first policy with the tables of both; None where they mean something else by a column."""
    tables = {**other.tables, **one.tables}
    for name in one.tables.keys() & other.tables.keys():
        both = _both(one.tables[name], other.tables[name])
        if both is None:
            return None
        tables[name] = both
    return replace(one, tables=tables)


def _both(one: PolicyTable, other: PolicyTable) -> PolicyTable | None:
    """All columns of both; a column that either must have must be there."""
    columns = {column.name: column for column in one.columns}
    for column in other.columns:
        known = columns.get(column.name)
        if known is not None and _meaning(known) != _meaning(column):
            return None
        columns[column.name] = column if known is None else _merged(known, column)
    return replace(one, columns=tuple(columns.values()))


def _meaning(column: Column) -> tuple[object, ...]:
    return column.type, column.unit, column.choices, column.from_sheet


def _merged(one: Column, other: Column) -> Column:
    synonyms = tuple(dict.fromkeys((*one.synonyms, *other.synonyms)))
    return replace(one, required=one.required or other.required, synonyms=synonyms)
