"""Rows priced by their kind: each kind of rows is priced once, and a row has only to find its own."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from hengji.engines.columnar.coding import LARGEST
from hengji.engines.columnar.counting import CODE, CountedRows, parts_of
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.lowered import Lowered
from hengji.engines.columnar.sql import Relation, Sql, literal, sql
from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.nodes import Aggregate, Field

KEY, STATE = "号", "态"
INDEXED = 1_000_000
"""Kinds of which the numbers are below it are found in an array, others in a hash table, which takes three times as long."""
MOST_STATES = 4
"""Of so many kinds side by side a row still picks its own sooner than it would find it in a hash table."""
_NONE = literal("0")
"""The code of rows of which no column is part of a code."""


@record
class Rejoined:
    """``rows`` are read one by one; ``pairs`` tell, of a kind and of a row, what must be the same.

    Kinds that differ only in their ``state``, one of so many ``states``, stand side by side under the same keys.
    """

    rows: PolicyRows
    recipient: Sql
    pairs: tuple[tuple[Sql, Sql], ...]
    state: tuple[Sql, Sql] = (_NONE, _NONE)
    states: int = 1

    @property
    def on(self) -> str:
        """The test that joins a row with its kind, which stand under 逐行 and 种类."""
        names = [f"{KEY}{at}" for at in range(len(self.pairs))]
        form = "r.{0} IS NOT DISTINCT FROM k.{0}" if len(names) > 1 else "r.{0} = k.{0}"
        return " AND ".join(form.format(name) for name in names)

    def keys(self, side: int) -> str:
        """The keys of kinds (0) or of rows (1) under their names, and the state, where there are several."""
        keys = [f"{pair[side].text} AS {KEY}{at}" for at, pair in enumerate(self.pairs)]
        return ", ".join([*keys, f"{self.state[side].text} AS {STATE}"] if self.states > 1 else keys)

    def beside(self, kinds: str, names: Iterable[str]) -> str:
        """A statement that gives kinds one by one, with these columns, as one that gives those of a key side by side."""
        if self.states == 1:
            return kinds
        dialect = self.rows.dialect
        form = f"max({{}}) FILTER ({STATE} = {{}}) AS {{}}"
        columns = [
            form.format(dialect.name(name), state, dialect.name(f"{name}{state}"))
            for name in names
            for state in range(self.states)
        ]
        keys = ", ".join(f"{KEY}{at}" for at in range(len(self.pairs)))
        return f"SELECT {keys}, {', '.join(columns)} FROM ({kinds}) GROUP BY {keys}"

    def found(self, name: str) -> str:
        """What a row has of its kind."""
        dialect = self.rows.dialect
        if self.states == 1:
            return f"k.{dialect.name(name)}"
        each = [f"WHEN {state} THEN k.{dialect.name(f'{name}{state}')}" for state in range(self.states)]
        return f"CASE r.{STATE} {' '.join(each)} END"


def rejoined(lowered: Lowered) -> Rejoined:
    """The rows whose kinds are ``lowered``, which are counted."""
    kinds = lowered.rows
    assert isinstance(kinds, CountedRows)
    relation = Relation("q", kinds.table.source, kinds.counter, kinds.dialect)
    rows = PolicyRows(kinds.policy, kinds.schema, relation, kinds.inner.parts)
    coded = CODE in kinds.relation.placed(0)
    pairs = [(kinds.relation.column(CODE), relation.base(CODE, kinds.code.text())) if coded else (_NONE, _NONE)]
    pairs += [(kinds.relation.column(name), relation.base(name, text)) for name, text in kinds.loose.items()]
    truths: list[tuple[Sql, Sql, int]] = []
    for node, found in kinds.beside.items():
        term = rows.lower(node) if isinstance(node, Aggregate) else rows.make(node)
        for its, own in zip(found, parts_of(term), strict=True):
            bound = kinds.inner.relation.bind(its)
            if bound.uses:
                kind, row = kinds.relation.column(f"i{bound.text}"), relation.bind(own)
                if its is found[0] and term.kind is ColumnType.BOOL:
                    truths.append((kind, row, 3 if term.nullable else 2))
                else:
                    pairs.append((kind, row))
    recipient = rows.identity(Field(ColumnType.TEXT, kinds.policy.rows, kinds.policy.recipient)).sql
    states = prod(states for *_, states in truths)
    size = kinds.code.size * states
    beside = len(pairs) == 1 and kinds.code.size <= INDEXED < size and states <= MOST_STATES
    if size > LARGEST:
        pairs += [(its, own) for its, own, _ in truths]
        return Rejoined(rows, recipient, tuple(pairs))
    kind, row = (_NONE, _NONE) if beside else pairs[0]
    told = (
        _with(kind, [(its, states) for its, _, states in truths]),
        _with(row, [(own, states) for _, own, states in truths]),
    )
    if beside:
        return Rejoined(rows, recipient, tuple(pairs), told, states)
    return Rejoined(rows, recipient, (told, *pairs[1:]))


def _with(code: Sql, truths: list[tuple[Sql, int]]) -> Sql:
    """The code with truths as further digits, each with how many states it can have; what it had is too narrow for them."""
    code = sql("CAST({} AS INTEGER)", code)
    for truth, states in truths:
        form = "CASE WHEN {} THEN 1 WHEN NOT {} THEN 0 ELSE 2 END" if states > 2 else "CASE WHEN {} THEN 1 ELSE 0 END"  # noqa: PLR2004
        digit = sql(form, *[truth] * (states - 1))
        code = sql(f"({{}} * {states} + {{}})", code, digit)
    return code
