"""Parameters: dated, sourced values and keyed tables. What a scheme pays is data with a source, never code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Value

Key = tuple[Value, ...]
D = TypeVar("D", bound="Dated")


@record
class Dated:
    """What holds from ``start`` on, and who says so."""

    start: date
    source: str


@record
class DatedValue(Dated):
    """参数值."""

    value: Value


@record
class DatedRows(Dated):
    """参数表的一版: the value for each combination of keys."""

    rows: Mapping[Key, Value]


@record
class Series(Generic[D]):
    """Versions in the order of their dates; a version holds until the next one starts."""

    name: str
    kind: ColumnType
    unit: str
    versions: tuple[D, ...]

    def at(self, day: date) -> D | None:
        """The version that holds on ``day``; None before the first."""
        return next((version for version in reversed(self.versions) if version.start <= day), None)


@record
class ParameterSeries(Series[DatedValue]):
    """参数."""


@record
class ParameterTable(Series[DatedRows]):
    """参数表: ``keys`` are its key columns."""

    keys: tuple[Column, ...]
