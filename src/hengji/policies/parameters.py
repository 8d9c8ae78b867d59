"""Parameters: dated, sourced values and keyed tables. What a scheme pays is data with a source, never code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from hengji.model.table import Column, ColumnType, Value

Key = tuple[Value, ...]
D = TypeVar("D", bound="Dated")


@dataclass(frozen=True, slots=True)
class Dated:
    """What holds from ``start`` on, and who says so."""

    start: date
    source: str


@dataclass(frozen=True, slots=True)
class DatedValue(Dated):
    """参数值."""

    value: Value


@dataclass(frozen=True, slots=True)
class DatedRows(Dated):
    """参数表的一版: the value for each combination of keys."""

    rows: Mapping[Key, Value]


@dataclass(frozen=True, slots=True)
class Series(Generic[D]):
    """Versions in the order of their dates; a version holds until the next one starts."""

    name: str
    kind: ColumnType
    unit: str
    versions: tuple[D, ...]

    def at(self, day: date) -> D | None:
        """The version that holds on ``day``; None before the first."""
        return next((version for version in reversed(self.versions) if version.start <= day), None)


@dataclass(frozen=True, slots=True)
class ParameterSeries(Series[DatedValue]):
    """参数."""


@dataclass(frozen=True, slots=True)
class ParameterTable(Series[DatedRows]):
    """参数表: ``keys`` are its key columns."""

    keys: tuple[Column, ...]
