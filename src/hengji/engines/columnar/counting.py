"""Rows that are counted together: first for the policy's own groups, and then for all that is read of a row but their keys."""

from __future__ import annotations

from dataclasses import replace

from hengji.engines.columnar.facts import ColumnFacts, Schema, TableFacts
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.sql import Need, Relation, Sql, first_of, options
from hengji.engines.columnar.term import Term
from hengji.policies.nodes import Aggregate, Compare, Field, Node
from hengji.policies.policy import Policy


class _Recounted(Relation):
    """Rows of another relation that are alike, counted."""

    def __init__(self, name: str, inner: Relation) -> None:
        super().__init__(name, "", inner.counter, inner.dialect)
        self.inner = inner
        self.weighed(inner.weight)
        self.counted = f"CAST(sum({inner.column(inner.weight).text}) AS BIGINT)"

    def layers(self, depth: int, seen: set[str]) -> list[str]:
        """As every relation, with the inner one before it as it then is."""
        self.source = self.inner.at(self.inner.last)
        self.needs = (Need(self.inner, self.inner.last),)
        return list(super().layers(depth, seen))


class CountedRows(PolicyRows):
    """The rows that are paid, alike ones counted. What is gathered comes from ``inner``, where the keys of groups still stand."""

    def __init__(self, policy: Policy, schema: Schema, inner: PolicyRows) -> None:
        super().__init__(policy, schema, _Recounted("r", inner.relation))
        self.inner = inner

    def make(self, node: Node) -> Term:
        if isinstance(node, Compare) and (limit := self.inner.limit(node)) is not None:
            return self._brought(limit)
        return super().make(node)

    def gathered(self, node: Aggregate) -> Term:
        return self._brought(self.inner.lower(node))

    def cell(self, table: TableFacts, facts: ColumnFacts | None, field: Field, *, words: bool = True) -> Term:
        if facts is not None and not facts.constant:
            below = self.inner.relation.base(f"{table.name}.{field.name}", facts.text)
            facts = replace(facts, text=below.text)
        return super().cell(table, facts, field, words=words)

    def _brought(self, term: Term) -> Term:
        def over(part: Sql) -> Sql:
            bound = self.inner.relation.bind(part)
            return self.relation.base(f"i{bound.text}", bound.text) if bound.uses else bound

        value = replace(term.value, sql=over(term.sql))
        bottom = replace(term.bottom, sql=over(term.bottom.sql))
        return replace(term, value=value, bottom=bottom, fault=first_of(*(over(each) for each in options(term.fault))))


def counted(policy: Policy, schema: Schema, relation: Relation, weight: str) -> PolicyRows:
    """The rows of the main table, counted together: in two steps where the policy gathers them by keys of its own."""
    relation.weighed(weight)
    rows = PolicyRows(policy, schema, relation)
    return CountedRows(policy, schema, rows) if rows.gathers() else rows
