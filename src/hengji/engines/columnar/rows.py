"""What names stand for: over the rows of a table, and over the rows that are paid, with tables joined and parameters folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import lcm

from hengji.engines.columnar.facts import Schema, TableFacts
from hengji.engines.columnar.hoisting import Place, Sides
from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.sql import TRUE, Join, Need, Relation, Sql, both, first_of, joined, options, sql
from hengji.engines.columnar.term import Term, fault_where, faults, present
from hengji.engines.columnar.whole import RefusedError, Whole
from hengji.engines.fault_codes import FaultCode
from hengji.model.table import ColumnType, Value
from hengji.policies.kinds import DATE, QUANTITIES
from hengji.policies.nodes import Aggregate, Field, Joined, Literal, Lookup, Named, Node, Parameter
from hengji.policies.parameters import D, DatedRows, Series
from hengji.policies.policy import Policy
from hengji.policies.printing import show

NUMBER = "行"
Pair = tuple[Sequence[Value], Value]
"""The keys of a parameter table, and what stands behind them."""


class TableRows(Lowerer):
    """Rows of one table, by themselves."""

    def __init__(self, table: TableFacts, relation: Relation) -> None:
        super().__init__(relation)
        self.table = table

    def name(self, node: Node) -> Term:
        if isinstance(node, Field) and node.table == self.table.name:
            return self.cell(self.table, self.table.columns.get(node.name), node)
        raise RefusedError(f"「{show(node)}」不能用在「{self.table.name}」的行上")

    def filled(self, node: Node) -> bool:
        if isinstance(node, Field) and node.table == self.table.name and not node.choices:
            facts = self.table.columns.get(node.name)
            return facts is not None and not facts.missing
        return super().filled(node)

    def read(self) -> tuple[str, ...]:
        """The columns of the table that are read."""
        prefix = f"{self.table.name}."
        return tuple(name.removeprefix(prefix) for name in self.relation.placed(0) if name.startswith(prefix))

    def raw(self, field: Field) -> Term:
        """The cell as it stands, whatever word it has."""
        return self.cell(self.table, self.table.columns.get(field.name), field, words=False)

    def numbered(self, name: str) -> bool:
        """Whether a column of words is stored as whole numbers."""
        facts = self.table.columns.get(name)
        return facts is not None and facts.numbered

    def identity(self, field: Field) -> Term:
        """The cell of a key, as it is stored."""
        facts = self.table.columns.get(field.name)
        return self.cell(self.table, replace(facts, numbered=False) if facts else None, field, words=False)

    def number(self) -> Sql:
        """The place of the row in its file. Rows that are counted together have none."""
        if self.relation.weight:
            raise RefusedError(f"「{self.table.name}」的行合并计数后没有行号")
        return self.relation.base(NUMBER + self.relation.name, self.table.number)


class Beside:
    """Rows of another table beside those of ``rows``: terms of the other table are brought over as columns."""

    def __init__(
        self, rows: Lowerer, other: TableRows, keys: Sequence[tuple[Term, Term]], *, unique: bool, certain: bool
    ) -> None:
        self.rows = rows
        self.other = other
        self.unique = unique
        self._brought: dict[str, Sql] = {}
        self._keys: list[tuple[str, Sql]] = []
        self._found = rows.counter.next("n")
        tests = []
        for own, its in keys:
            bottom = lcm(_constant(own), _constant(its))
            name = rows.counter.next("k")
            self._keys.append((name, other.relation.bind(_scaled(other, its, bottom).sql)))
            tests.append(sql(f"{{}} = {name}", rows.relation.bind(_scaled(rows, own, bottom).sql)))
        self._on = both(*tests)
        names = [self._found, *(name for name, _ in self._keys)]
        rows.relation.join(Join(self._text, self._on, self._needs), names)
        self.blank = any(own.nullable for own, _ in keys)
        own_keys = [own for own, _ in keys]
        self.fault = first_of(faults(*own_keys), None if certain else self._unjoined(own_keys))

    def _unjoined(self, keys: Sequence[Term]) -> Sql | None:
        found = self.rows.relation.column(self._found)
        fault = fault_where(both(sql("{} IS DISTINCT FROM 1", found), present(*keys)), FaultCode.JOIN)
        return None if fault is None else self.rows.relation.bind(fault)

    def column(self, part: Sql) -> Sql:
        """A column of the other table; NULL where no row stands beside, unless it is a literal."""
        bound = self.other.relation.bind(part)
        if not bound.uses:
            return bound
        if bound.text not in self._brought:
            name = self.rows.counter.next("j")
            self.rows.relation.also(name, self._on)
            self._brought[bound.text] = self.rows.relation.column(name)
        return self._brought[bound.text]

    def bring(self, term: Term) -> Term:
        """A term of the other table as one of these rows: NULL where the key is not filled in."""

        over = self.column
        value = replace(term.value, sql=over(term.sql))
        if not value.sql.uses and self.blank:
            found = self.rows.relation.column(self._found)
            value = replace(value, sql=sql("CASE WHEN {} = 1 THEN {} END", found, value.sql))
        bottom = replace(term.bottom, sql=over(term.bottom.sql))
        fault = first_of(*(over(option) for option in options(term.fault)))
        return Term(term.kind, value, bottom, first_of(self.fault, fault), term.nullable or self.blank)

    def _needs(self) -> tuple[Need, ...]:
        return (Need(self.other.relation, self.other.relation.last),)

    def _text(self) -> str:
        columns = {column.text: text for text, column in self._brought.items()}
        source = self.other.relation.at(self.other.relation.last)
        keys = [f"{column.text} AS {name}" for name, column in self._keys]
        if self.unique:
            parts = [*keys, f"1 AS {self._found}", *(f"{text} AS {name}" for name, text in columns.items())]
            return f"(SELECT {', '.join(parts)} FROM {source})"
        one = [f"CASE WHEN count(*) = 1 THEN any_value({text}) END AS {name}" for name, text in columns.items()]
        group = ", ".join(column.text for _, column in self._keys)
        return f"(SELECT {', '.join([*keys, f'count(*) AS {self._found}', *one])} FROM {source} GROUP BY {group})"


def _constant(term: Term) -> int:
    if not term.bottom.constant:
        raise RefusedError("不能按一个比率分组或相连", "先用 取整 舍入")
    return term.bottom.low


def _scaled(rows: Lowerer, term: Term, bottom: int) -> Whole:
    if term.kind not in QUANTITIES:
        return term.value
    return rows.wholes.multiply(term.value, rows.wholes.literal(bottom // term.bottom.low))


class JoinedRows(TableRows):
    """Rows of a table that is joined to those that are paid: what looks at it alone is computed here, once for each."""

    def __init__(self, table: TableFacts, relation: Relation, main: MainRows) -> None:
        super().__init__(table, relation)
        self.main = main

    def name(self, node: Node) -> Term:
        match node:
            case Joined():
                return self.lower(node.field)
            case Named():
                return self.lower(self.main.statements[node.name].value)
            case Parameter():
                return self.main.parameter(node)
            case _:
                return super().name(node)

    def lookup(self, node: Lookup) -> Term:
        keys = [self.numbers.hold(self.lower(key)) for key in node.keys]
        return self.main.looked_up(self, node, keys)


class MainRows(TableRows):
    """The rows that are paid: columns, 令, joined tables, parameters on the row's day, groups."""

    def __init__(self, policy: Policy, schema: Schema, relation: Relation) -> None:
        super().__init__(schema[policy.rows], relation)
        self.policy = policy
        self.schema = schema
        self.statements = policy.named()
        self.named: dict[str, Term] = {}
        self._sides = Sides(self.statements, bool(policy.as_of))
        self._tables: dict[str, JoinedRows] = {}
        self._beside: dict[Place, Beside] = {}
        self._day: Term | None = None

    def other(self, name: str) -> JoinedRows:
        """The rows of another table."""
        if name not in self._tables:
            table = self.schema[name]
            relation = Relation(self.counter.next("t") + "_", table.source, self.counter, self.dialect)
            self._tables[name] = JoinedRows(table, relation, self)
        return self._tables[name]

    def make(self, node: Node) -> Term:
        hoisted = None if isinstance(node, Joined | Named) else self.hoisted(node)
        return super().make(node) if hoisted is None else hoisted[0].bring(hoisted[1])

    def hoisted(self, node: Node) -> tuple[Beside, Term] | None:
        """The term of a node that looks at one joined table alone, over the rows of that table."""
        place = self._sides.place(node)
        if place is None or any(key.choices or self.raw(key).nullable for key in place.key):
            return None
        beside = self.beside_at(place)
        return beside, beside.other.lower(node)

    def joins(self) -> tuple[str, ...]:
        """The other tables that are read."""
        return tuple(self._tables)

    def name(self, node: Node) -> Term:
        match node:
            case Named() if node.name in self.named:
                return self.named[node.name]
            case Named():
                return self.lower(self.statements[node.name].value)
            case Joined():
                return self.joined(node)
            case Parameter():
                return self.parameter(node)
            case Aggregate():
                return self.gathered(node)
            case _:
                return super().name(node)

    def gathered(self, node: Aggregate) -> Term:
        raise RefusedError(f"「{show(node)}」还没有对应的 SQL")

    # -- joined tables

    def joined(self, node: Joined) -> Term:
        beside = self.beside_at(Place(node.field.table, node.key))
        return beside.bring(beside.other.lower(node.field))

    def beside_at(self, place: Place) -> Beside:
        """The rows of a joined table."""
        if place not in self._beside:
            other = self.other(place.table)
            keys = [self.key_beside(key, other) for key in place.key]
            names = tuple(key.name for key in place.key)
            unique, certain = names in other.table.unique, (place.table, names) in self.table.reached
            self._beside[place] = Beside(self, other, keys, unique=unique, certain=certain)
        return self._beside[place]

    def key_beside(self, key: Field | Named, other: TableRows) -> tuple[Term, Term]:
        """A key of these rows and that of the other table, compared as numbers where both are stored so."""
        its = Field(key.kind, other.table.name, key.name)
        if isinstance(key, Field) and not key.choices and self.numbered(key.name) and other.numbered(key.name):
            return self.identity(key), other.identity(its)
        return self.lower(key), other.raw(its)

    # -- parameters

    def day(self) -> Term | None:
        """The day whose parameters hold; None where it is that of the policy's start for every row."""
        policy = self.policy
        if not policy.as_of:
            return None
        if self._day is None:
            cell = self.numbers.hold(self.raw(Field(DATE, policy.rows, policy.as_of)))
            fault = fault_where(sql("{} IS NULL", cell.sql), FaultCode.MISSING) if cell.nullable else None
            self._day = replace(cell, fault=fault)
        return self._day

    def versions(self, series: Series[D]) -> tuple[list[tuple[Sql, D]], Sql | None]:
        """The versions that can hold, latest first, each with its test, and the fault of a day that has none."""
        day = self.day()
        if day is None:
            version = series.at(self.policy.start)
            return ([] if version is None else [(both(), version)]), (None if version else _never())
        chosen: list[tuple[Sql, D]] = []
        until = ""
        for version in reversed(series.versions):
            start = version.start.toordinal()
            if start > day.value.high:
                continue
            since = f"{{}} >= DATE '{version.start.isoformat()}'" if start > day.value.low else ""
            tests = [sql(test, day.sql) for test in (since, until) if test]
            chosen.append((both(*tests), version))
            until = f"{{}} < DATE '{version.start.isoformat()}'"
            if not since:
                return chosen, day.fault
        before = fault_where(sql(until, day.sql) if until else sql("{} IS NOT NULL", day.sql), FaultCode.LOOKUP)
        return chosen, first_of(day.fault, before)

    def parameter(self, node: Parameter) -> Term:
        chosen, fault = self.versions(self.policy.parameters[node.name])
        terms = tuple(self.constant(node.kind, version.value) for _, version in chosen)
        if not terms:
            return replace(self.constant(node.kind, None), fault=fault)
        if len(terms) == 1:
            return replace(terms[0], fault=fault)
        value, bottom = self.numbers.choose(node.kind, tuple(test for test, _ in chosen), terms)
        return Term(node.kind, value, bottom, fault, any(term.nullable for term in terms))

    def lookup(self, node: Lookup) -> Term:
        keys = [self.numbers.hold(self.lower(key)) for key in node.keys]
        return self.looked_up(self, node, keys)

    def looked_up(self, rows: Lowerer, node: Lookup, keys: Sequence[Term]) -> Term:
        """What the table gives for keys that are terms of ``rows``."""
        chosen, undated = self.versions(self.policy.lookups[node.table])
        given = present(*keys)
        if undated is not None:
            undated = sql("CASE WHEN {} THEN {} END", given, undated)
        kinds, domains = self.policy.lookups[node.table].keys, [_domain(key) for key in node.keys]
        types = [each.type for each in kinds]
        found = [
            (test, key, value)
            for test, version in chosen
            for key, value in version.rows.items()
            if all(value in domain for value, domain in zip(key, domains, strict=True) if domain)
        ]
        terms = tuple(rows.constant(node.kind, value) for *_, value in found)
        fault = first_of(faults(*keys), undated)
        if not found:
            return replace(rows.constant(node.kind, None), fault=first_of(fault, fault_where(given, FaultCode.LOOKUP)))
        held = {test: [(key, value) for each, key, value in found if each == test] for test, *_ in found}
        options = [(test, _by_key(rows, node.kind, keys, types, pairs)) for test, pairs in held.items()]
        value, bottom = _chosen(rows, node.kind, options)
        value = rows.numbers.held(value)
        blank = any(term.nullable for term in terms)
        if not _covers(domains, [version for _, version in chosen]):
            tests = (both(test, rows.equal_key(keys, key, types)) for test, key, _ in found)
            lost = sql("({}) IS NOT TRUE", joined(" OR ", tests)) if blank else sql("{} IS NULL", value.sql)
            fault = first_of(fault, fault_where(both(lost, given), FaultCode.LOOKUP))
        return Term(node.kind, value, bottom, fault, blank or any(key.nullable for key in keys))


def _by_key(
    rows: Lowerer, kind: ColumnType, keys: Sequence[Term], types: Sequence[ColumnType], pairs: Sequence[Pair]
) -> Term:
    """What stands behind the keys, key by key: the second is looked at only where the first is the right one."""
    if not keys:
        return rows.constant(kind, pairs[0][1])
    firsts = {first: [(rest, value) for (own, *rest), value in pairs if own == first] for (first, *_), _ in pairs}
    options = [
        (rows.equal_key(keys[:1], [first], types[:1]), _by_key(rows, kind, keys[1:], types[1:], below))
        for first, below in firsts.items()
    ]
    value, bottom = _chosen(rows, kind, options)
    return Term(kind, value, bottom)


def _chosen(rows: Lowerer, kind: ColumnType, options: Sequence[tuple[Sql, Term]]) -> tuple[Whole, Whole]:
    """Value and bottom of the option whose test holds."""
    if len(options) == 1 and options[0][0] == TRUE:
        return options[0][1].value, options[0][1].bottom
    return rows.numbers.choose(kind, tuple(test for test, _ in options), tuple(term for _, term in options))


def _domain(key: Node) -> tuple[Value, ...]:
    """All that the key of a parameter table can be; nothing where that is not known. A word that is not listed is a fault."""
    return (key.value,) if isinstance(key, Literal) and isinstance(key.value, str) else key.choices


def _covers(domains: Sequence[tuple[Value, ...]], versions: Sequence[DatedRows]) -> bool:
    """Whether each version has all that the keys can be."""
    return all(domains) and all(key in version.rows for version in versions for key in product(*domains))


def _never() -> Sql | None:
    return fault_where(sql("TRUE"), FaultCode.LOOKUP)
