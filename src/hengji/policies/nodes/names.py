"""Nodes that stand for a name: columns, 令, parameters, tables of parameters, figures."""

from __future__ import annotations

from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import IllTypedError, common
from hengji.policies.nodes.base import Node, Typed


@record
class Field(Typed):
    """列: of this row, or, inside an aggregate over ``table``, of the row of the group that is being looked at."""

    table: str
    name: str
    words: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        return self.words


@record
class Named(Typed):
    """令或条件: the value of that statement, for this row or, inside an aggregate over the main table, for the group's row."""

    name: str


@record
class Outer(Node):
    """本行.名称: inside an aggregate over the main table, the value of the row that is being paid."""

    of: Field | Named

    @property
    def kind(self) -> ColumnType:
        return self.of.kind

    @property
    def choices(self) -> tuple[str, ...]:
        return self.of.choices


@record
class Joined(Node):
    """表.列: the column of the one row of another table whose ``key`` columns equal this row's."""

    field: Field
    key: tuple[Field, ...]

    @property
    def kind(self) -> ColumnType:
        return self.field.kind

    @property
    def choices(self) -> tuple[str, ...]:
        return self.field.choices


@record
class Parameter(Typed):
    """参数: its value on the row's day."""

    name: str


@record
class Lookup(Typed):
    """查: what a parameter table gives on the row's day for these keys."""

    table: str
    keys: tuple[Node, ...]
    key_kinds: tuple[ColumnType, ...]

    def __post_init__(self) -> None:
        if len(self.keys) != len(self.key_kinds):
            raise IllTypedError(f"查「{self.table}」给了 {len(self.keys)} 个键", f"{len(self.key_kinds)} 个键")
        for i, (key, wanted) in enumerate(zip(self.keys, self.key_kinds, strict=True), start=1):
            if common((key.kind, wanted)) is None:
                raise IllTypedError(f"查「{self.table}」的第 {i} 个键是{key.kind.value}", wanted.value)


@record
class FigureRef(Typed):
    """数值引用: another figure of the dossier, by id."""

    id: str
