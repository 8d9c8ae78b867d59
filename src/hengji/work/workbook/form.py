"""A sheet of the workbook: one row a record, one column a field; how records become cells and cells records again."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, TypeVar, cast

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Value

T = TypeVar("T")
LIST = "、"
LINES = "\n"
_COMMAS = re.compile(r"[、，；,;\n]")
_BREAKS = re.compile(r"\n")
CODE_TWICE = "L241"
CODE_UNKNOWN = "L242"
CODE_VALUE = "L243"

Cell = str | int | Decimal | date | None
Findings = tuple[Finding, ...]


@record
class Field:
    """填报列: the record's ``field`` under the Chinese ``header``. ``refers`` names the sheet whose first column it quotes.

    ``separator`` stands between the parts of a field that holds several; ``choices`` that are ``open`` are only proposed.
    """

    field: str
    header: str
    kind: ColumnType = ColumnType.TEXT
    width: int = 16
    required: bool = False
    example: str = ""
    choices: tuple[str, ...] = ()
    refers: str = ""
    separator: str = LIST
    unit: str = ""

    @property
    def column(self) -> Column:
        """As a declared column, to be read like any other table."""
        return Column(self.header, self.kind, self.unit, self.choices, required=self.required)


@record
class Filled(Generic[T]):
    """A record as it was filled in, and where each of its fields stands."""

    record: T
    places: Mapping[str, Place]

    def fault(self, field: str, found: str, expected: str, remedy: str, code: str = CODE_VALUE) -> Finding:
        return Finding(code, Severity.ERROR, self.places[field], found, expected, remedy)


@record
class Sheet(Generic[T]):
    """填报表: ``take`` reads its records out of a dossier, ``give`` puts all of them back; ``key`` are the fields that name one.

    ``choices`` gives, for one record, the words proposed for one field.
    """

    name: str
    note: str
    record: type[T]
    columns: tuple[Field, ...]
    key: tuple[str, ...]
    take: Callable[[Dossier], tuple[T, ...]]
    give: Callable[[Dossier, tuple[Filled[T], ...]], tuple[Dossier, Findings]]
    choices: Callable[[Dossier, T], Mapping[str, tuple[str, ...]]] = lambda _dossier, _record: {}

    def keys(self, record: T) -> tuple[Any, ...]:
        return tuple(getattr(record, name) for name in self.key)

    def cells(self, record: T) -> tuple[Cell, ...]:
        return tuple(to_cell(getattr(record, column.field), column) for column in self.columns)

    def shown(self, record: T) -> tuple[Cell, ...]:
        """What a reader of the sheet can tell two records by."""
        return tuple(None if cell == "" else cell for cell in self.cells(record))


def to_cell(value: Any, column: Field) -> Cell:
    """A field's value as it stands in a cell."""
    match value:
        case tuple():
            return column.separator.join(value)
        case Enum():
            return str(value.value)
        case str():
            return value.strip().replace("\r\n", "\n")
        case int() | Decimal() | date() | None:
            return value
    raise TypeError(type(value))


def from_value(value: Value, column: Field, hint: Any) -> Any:
    """A typed cell as the field's value; an empty cell as the empty value of its type."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        parts = (_COMMAS if column.separator == LIST else _BREAKS).split(str(value or ""))
        return tuple(part.strip() for part in parts if part.strip())
    if value is None:
        return "" if hint is str else None
    kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
    kind = kinds[0]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is Decimal and isinstance(value, Fraction | int):
        return decimal(Fraction(value))
    return value


def decimal(value: Fraction) -> Decimal:
    """An exact number of at most six decimals as a decimal."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def build(sheet: Sheet[T], values: Mapping[str, Value], old: T | None) -> T:
    """A record from the typed cells by header; fields that the sheet does not show come from ``old`` or their default."""
    hints = typing.get_type_hints(sheet.record)
    given = {c.field: from_value(values[c.header], c, hints[c.field]) for c in sheet.columns}
    if old is None:
        hidden = [
            each.name
            for each in fields(cast("Any", sheet.record))
            if each.name not in given and each.default is MISSING
        ]
        return sheet.record(**dict.fromkeys(hidden, ()), **given)
    made = replace(old, **given)  # type: ignore[type-var]  # every record is a dataclass
    return old if sheet.shown(made) == sheet.shown(old) else made
