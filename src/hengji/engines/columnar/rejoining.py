"""Rows priced by their kind: each kind of rows is priced once, and a row has only to find its own."""

from __future__ import annotations

from dataclasses import dataclass

from hengji.engines.columnar.counting import CODE, CountedRows, parts_of
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.lowered import Lowered
from hengji.engines.columnar.sql import Relation, Sql, sql
from hengji.model.table import ColumnType
from hengji.policies.nodes import Aggregate, Field

KEY = "号"


@dataclass(frozen=True, slots=True)
class Rejoined:
    """``rows`` are read one by one; ``pairs`` tell, of a kind and of a row, what must be the same."""

    rows: PolicyRows
    recipient: Sql
    pairs: tuple[tuple[Sql, Sql], ...]

    @property
    def on(self) -> str:
        """The test that joins a row with its kind, which stand under 逐行 and 种类."""
        names = [f"{KEY}{at}" for at in range(len(self.pairs))]
        form = "r.{0} IS NOT DISTINCT FROM k.{0}" if len(names) > 1 else "r.{0} = k.{0}"
        return " AND ".join(form.format(name) for name in names)

    def keys(self, side: int) -> str:
        """The keys of kinds (0) or of rows (1) under their names."""
        return ", ".join(f"{pair[side].text} AS {KEY}{at}" for at, pair in enumerate(self.pairs))


def rejoined(lowered: Lowered) -> Rejoined:
    """The rows whose kinds are ``lowered``, which are counted."""
    kinds = lowered.rows
    assert isinstance(kinds, CountedRows)
    relation = Relation("q", kinds.table.source, kinds.counter, kinds.dialect)
    rows = PolicyRows(kinds.policy, kinds.schema, relation, kinds.inner.parts)
    pairs = [(kinds.relation.base(CODE, kinds.relation.column(CODE).text), relation.base(CODE, kinds.code.text()))]
    pairs += [(kinds.relation.column(name), relation.base(name, text)) for name, text in kinds.loose.items()]
    truths: list[tuple[Sql, Sql]] = []
    for node, found in kinds.beside.items():
        term = rows.lower(node) if isinstance(node, Aggregate) else rows.make(node)
        for its, own in zip(found, parts_of(term), strict=True):
            bound = kinds.inner.relation.bind(its)
            if bound.uses:
                pair = (kinds.relation.column(f"i{bound.text}"), relation.bind(own))
                (truths if its is found[0] and term.kind is ColumnType.BOOL else pairs).append(pair)
    recipient = rows.identity(Field(ColumnType.TEXT, kinds.policy.rows, kinds.policy.recipient)).sql
    if kinds.code.size * 3 ** len(truths) < 2**31:
        pairs[0] = (_with(pairs[0][0], [kind for kind, _ in truths]), _with(pairs[0][1], [own for _, own in truths]))
    else:
        pairs += truths
    return Rejoined(rows, recipient, tuple(pairs))


def _with(code: Sql, truths: list[Sql]) -> Sql:
    """The code with truths as further digits."""
    for truth in truths:
        digit = sql("CASE WHEN {} THEN 1 WHEN NOT {} THEN 0 ELSE 2 END", truth, truth)
        code = sql("({} * 3 + {})", code, digit)
    return sql("CAST({} AS INTEGER)", code)
