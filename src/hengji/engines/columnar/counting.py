"""Rows that are counted together: first for the policy's own groups, and then for all that is read of a row but their keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hengji.engines.columnar.coding import Code, digit
from hengji.engines.columnar.facts import ColumnFacts, Schema, TableFacts
from hengji.engines.columnar.groups import PolicyRows
from hengji.engines.columnar.sql import Layer, Need, Relation, Sql, first_of, options, sql
from hengji.engines.columnar.term import Term
from hengji.policies.nodes import Aggregate, Compare, Field, Node
from hengji.policies.policy import Policy

CODE = "种"
"""The column of the code of a row."""


class _Recounted(Relation):
    """Rows of another relation that are alike, counted."""

    def __init__(self, name: str, inner: Relation, code: Code) -> None:
        super().__init__(name, "", inner.counter, inner.dialect)
        self.inner = inner
        self.code = code
        self.weighed(inner.weight)
        self.counted = f"CAST(sum({inner.column(inner.weight).text}) AS BIGINT)"
        self.stored = True

    def layers(self, depth: int, seen: set[str]) -> Iterable[Layer]:
        """As every relation, with the inner one before it as it then is, the code of its rows known at last."""
        self.inner.base(CODE, self.code.text())
        self.source = self.inner.at(self.inner.last)
        self.needs = (Need(self.inner, self.inner.last),)
        return super().layers(depth, seen)


class CountedRows(PolicyRows):
    """The rows that are paid, alike ones counted. What is gathered comes from ``inner``, where the keys of groups still stand.

    Columns with few different cells are read out of the ``code``, the ``loose`` ones stand beside it, and so does what was
    ``gathered`` (by the node that asked for it).
    """

    def __init__(self, policy: Policy, schema: Schema, inner: PolicyRows) -> None:
        self.code = Code(inner.dialect)
        super().__init__(policy, schema, _Recounted("r", inner.relation, self.code))
        self.inner = inner
        self.loose: dict[str, str] = {}
        self.beside: dict[Node, tuple[Sql, ...]] = {}
        self._asked: dict[str, None] = {}

    def make(self, node: Node) -> Term:
        if isinstance(node, Compare) and (limit := self.inner.limit(node)) is not None:
            return self._brought(node, limit)
        return super().make(node)

    def gathered(self, node: Aggregate) -> Term:
        return self._brought(node, self.inner.lower(node))

    def read(self) -> tuple[str, ...]:
        """The columns of the table that are read here."""
        return tuple(self._asked)

    def stored(self, table: TableFacts, facts: ColumnFacts, field: Field) -> Sql:
        self._asked[field.name] = None
        found = digit(facts, self._choices(field.name, facts), self.dialect)
        if self.code.takes(field.name, found):
            code = self.relation.base(CODE, self.relation.column(CODE).text)
            return self.relation.bind(sql(self.code.cell(field.name), code))
        name = f"{table.name}.{field.name}"
        self.loose[name] = facts.text
        return self.relation.base(name, self.inner.relation.base(name, facts.text).text)

    def _choices(self, name: str, facts: ColumnFacts) -> tuple[str, ...]:
        """The words of a column; recipients are told by their own names, unless all of them are proved to be among the words."""
        if name == self.policy.recipient and not facts.known:
            return ()
        return next(each.choices for each in self.policy.tables[self.policy.rows].columns if each.name == name)

    def _brought(self, asked: Node, term: Term) -> Term:
        self.beside[asked] = parts_of(term)

        def over(part: Sql) -> Sql:
            bound = self.inner.relation.bind(part)
            return self.relation.base(f"i{bound.text}", bound.text) if bound.uses else bound

        value = replace(term.value, sql=over(term.sql))
        bottom = replace(term.bottom, sql=over(term.bottom.sql))
        return replace(term, value=value, bottom=bottom, fault=first_of(*(over(each) for each in options(term.fault))))


def parts_of(term: Term) -> tuple[Sql, ...]:
    """The expressions of a term, one by one."""
    return (term.sql, term.bottom.sql, *options(term.fault))


def counted(policy: Policy, schema: Schema, relation: Relation, weight: str) -> CountedRows:
    """The rows of the main table, counted together."""
    relation.weighed(weight)
    return CountedRows(policy, schema, PolicyRows(policy, schema, relation))
