"""What names may stand in an expression, and of which kind each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from hengji.model.record import record
from hengji.model.table import Column, ColumnType
from hengji.policies.nodes import Field
from hengji.policies.parameters import ParameterSeries, ParameterTable


@record
class PolicyTable:
    """政策用到的数据表: ``key`` are the columns that join it to the main table's columns of the same names."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        """The node for a column; None when there is no such column."""
        column = next((column for column in self.columns if column.name == name), None)
        return Field(column.type.basic, self.name, column.name, column.choices) if column else None


@record
class Scope:
    """``rows`` is the main table, row by row of which a policy is calculated; empty where there are no rows (figures)."""

    rows: str = ""
    tables: Mapping[str, PolicyTable] = field(default_factory=dict)
    named: Mapping[str, ColumnType] = field(default_factory=dict)
    parameters: Mapping[str, ParameterSeries] = field(default_factory=dict)
    lookups: Mapping[str, ParameterTable] = field(default_factory=dict)
    figures: Mapping[str, ColumnType] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    """Names whose own definition has a fault, which is reported there and not again."""

    def known(self) -> Iterator[str]:
        """Every name that could have been meant."""
        for table in self.tables.values():
            for column in table.columns:
                yield column.name if table.name == self.rows else f"{table.name}.{column.name}"
        yield from self.named
        yield from self.parameters
        yield from self.figures
