"""Aggregates: which rows make the group of a row, and what they give together, computed once per group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hengji.engines.values import RowFaultError, bounded
from hengji.model.table import Value
from hengji.policies.nodes import Gathering

Run = Callable[[int, int], Value]
"""The value of an expression for ``row`` of the main table and ``member`` of the group; None is missing."""

Key = tuple[Any, ...]


@dataclass(slots=True)
class Gatherer:
    """``group`` gives the key of a main row; ``columns`` are the same names in the other table (None: the main table's own).

    ``outside`` are the parts of the inside that depend on the row that is being paid: groups with the same key and the
    same outside give the same, and are computed once.
    """

    gathering: Gathering
    size: int
    group: Sequence[Run]
    columns: Sequence[Sequence[Any]] | None
    outside: Sequence[Run]
    of: Run | None
    when: Run | None
    _index: dict[Key, list[int]] | None = field(default=None, init=False)
    _known: dict[Key, Value | RowFaultError] = field(default_factory=dict, init=False)

    def value(self, row: int, member: int) -> Value:  # noqa: ARG002 every closure is called alike
        """What the rows of the group give; missing where the key of the row is not filled in."""
        key = tuple([run(row, -1) for run in self.group])
        if None in key:
            return None
        case = (key, *[_tried(run, row) for run in self.outside]) if self.outside else key
        if case in self._known:
            known = self._known[case]
        else:
            known = self._known[case] = self._folded(row, key)
        if isinstance(known, RowFaultError):
            raise known
        return known

    def members(self, row: int) -> list[int]:
        """The rows of the group of ``row`` for which the condition holds, top down."""
        key = tuple([run(row, -1) for run in self.group])
        return [] if None in key else self._chosen(row, key)

    def _chosen(self, row: int, key: Key) -> list[int]:
        found, when = self._indexed().get(key, []), self.when
        return found if when is None else [member for member in found if when(row, member) is True]

    def _indexed(self) -> dict[Key, list[int]]:
        """Rows by key. A row whose key is not filled in or cannot be computed is in no group."""
        if self._index is None:
            index: dict[Key, list[int]] = {}
            for at in range(self.size):
                key = self._key_of(at)
                if None not in key:
                    index.setdefault(key, []).append(at)
            self._index = index
        return self._index

    def _key_of(self, at: int) -> Key:
        if self.columns is not None:
            return tuple([column[at] for column in self.columns])
        try:
            return tuple([run(at, -1) for run in self.group])
        except RowFaultError:
            return (None,)

    def _folded(self, row: int, key: Key) -> Value | RowFaultError:
        try:
            return self._fold(row, self._chosen(row, key))
        except RowFaultError as fault:
            return fault

    def _fold(self, row: int, members: list[int]) -> Value:
        if self.gathering is Gathering.COUNT:
            return len(members)
        of = self.of
        assert of is not None
        values: list[Any] = [of(row, member) for member in members]
        present = [value for value in values if value is not None]
        match self.gathering:
            case Gathering.SUM:
                return None if len(present) < len(values) else _sum(present)
            case Gathering.DISTINCT:
                return len(set(present))
            case Gathering.ANY:
                return True if True in present else None if len(present) < len(values) else False
            case Gathering.ALL:
                return False if False in present else None if len(present) < len(values) else True
            case Gathering.EARLIEST:
                return min(present, default=None)
            case Gathering.LATEST:
                return max(present, default=None)
        raise AssertionError(self.gathering)


def _sum(values: list[Any]) -> Value:
    total: Any = 0
    for value in values:
        total = bounded(total + value)
    return total  # type: ignore[no-any-return]


def _tried(run: Run, row: int) -> Any:
    """The value, or the fault itself: two rows with the same fault need not share a group's result."""
    try:
        return run(row, -1)
    except RowFaultError as fault:
        return fault
