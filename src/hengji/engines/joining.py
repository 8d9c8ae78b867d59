"""Joins: the one row of another table whose key is that of the row looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hengji.engines.fault_codes import FaultCode
from hengji.engines.gathering import Run
from hengji.engines.values import RowFaultError
from hengji.model.table import Value

Key = tuple[Value, ...]
FindRow = Callable[[int, int], int | None]
"""The row for ``row`` and ``member``; None where the key is not filled in. RowFaultError unless there is just one."""

_SEVERAL = -1


def index(columns: Sequence[Sequence[Value]]) -> dict[Key, int]:
    """Row by key, and a mark that is no row where several have the key."""
    known: dict[Key, int] = {}
    for at, key in enumerate(zip(*columns, strict=True)):
        known[key] = _SEVERAL if key in known else at
    return known


def finder(table: str, names: Sequence[str], key: Sequence[Run], rows: Mapping[Key, int]) -> FindRow:
    """Finds by ``key``, the parts of which are called ``names``, in the index ``rows`` of ``table``."""

    def find(row: int, member: int) -> int | None:
        wanted = tuple([part(row, member) for part in key])
        if None in wanted:
            return None
        at = rows.get(wanted)
        if at is None or at == _SEVERAL:
            raise _unjoined(table, names, wanted, at)
        return at

    return find


def once(find: FindRow) -> FindRow:
    """The same for a key that does not depend on the member: each row is found once, however many columns are read."""
    met: dict[int, int | None] = {}

    def found(row: int, member: int) -> int | None:
        if row not in met:
            met[row] = find(row, member)
        return met[row]

    return found


def _unjoined(table: str, names: Sequence[str], key: Key, at: int | None) -> RowFaultError:
    words = "、".join(f"{name}为“{value}”" for name, value in zip(names, key, strict=True))
    if at is None:
        remedy = f"在「{table}」中补上这一行，或改正{'、'.join(names)}的写法"
        return RowFaultError(FaultCode.JOIN, f"数据表「{table}」中没有{words}的行", remedy)
    return RowFaultError(FaultCode.JOIN, f"数据表「{table}」中{words}的行不止一行", "只留一行")
