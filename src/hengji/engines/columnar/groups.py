"""Aggregates: rows are gathered by key beside the rows that are paid; where the inside looks at the row, row by row in pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import lcm
from types import MappingProxyType

from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.folding import Fold, Parts
from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.rows import MainRows, TableRows
from hengji.engines.columnar.sql import (
    FALSE,
    TRUE,
    Join,
    Need,
    Part,
    Relation,
    Sql,
    both,
    first_of,
    joined,
    literal,
    options,
    sql,
)
from hengji.engines.columnar.term import ONE, Term, faults, truth
from hengji.engines.columnar.whole import RefusedError, Whole
from hengji.policies.kinds import BOOL, QUANTITIES
from hengji.policies.nodes import (
    Aggregate,
    Compare,
    Field,
    Gathering,
    Joined,
    Literal,
    Lookup,
    Named,
    Node,
    Outer,
    Parameter,
    walk,
)
from hengji.policies.policy import Policy
from hengji.policies.printing import show


class PolicyRows(MainRows):
    """The rows that are paid, with aggregates. ``given`` are those that are gathered already, by what they are gathered for."""

    def __init__(
        self, policy: Policy, schema: Schema, relation: Relation, given: Mapping[Node, Part] = MappingProxyType({})
    ) -> None:
        super().__init__(policy, schema, relation)
        self.given = given
        self.parts = dict(given)

    def make(self, node: Node) -> Term:
        if isinstance(node, Compare):
            limit = self.limit(node)
            if limit is not None:
                return limit
        return super().make(node)

    def gathers(self) -> bool:
        """Whether rows are gathered with others of the main table by keys."""
        every = (part for node in self.policy.nodes() for part in walk(node))
        return any(isinstance(part, Aggregate) and part.table == self.policy.rows and part.by for part in every)

    def gathered(self, node: Aggregate) -> Term:
        return _Gathering(self, node).term()

    def addend(self, node: Aggregate) -> Term | None:
        """What a row adds to its group; None where the group is not the sum of numbers that are not below 0, all filled in."""
        return _Gathering(self, node).addend()

    def limit(self, node: Compare) -> Term | None:
        """An aggregate of these rows that is compared with a constant."""
        undated = Literal if self.policy.as_of else Literal | Parameter
        for part, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(part, Aggregate) and isinstance(other, undated):
                gathering = _Gathering(self, part)
                return None if gathering.looks_outside() else gathering.unless(node)
        return None


def looks_outside(node: Node, table: str, rows: str, *, dated: bool) -> bool:
    """Whether the inside of an aggregate over ``table`` depends on the row that is being paid."""
    if isinstance(node, Outer):
        return True
    if table != rows:
        if isinstance(node, Named | Joined | Parameter) or (isinstance(node, Field) and node.table != table):
            return not isinstance(node, Parameter) or dated
        if isinstance(node, Lookup) and dated:
            return True
    return any(looks_outside(child, table, rows, dated=dated) for child in node.children)


class _Pairs(Lowerer):
    """Rows that are paid, each with each row of its group."""

    def __init__(self, relation: Relation, rows: PolicyRows, members: TableRows, over: str) -> None:
        super().__init__(relation)
        self.rows = rows
        self.members = members
        self.over = over
        self.wanted: dict[str, str] = {}
        self.taken: dict[str, str] = {}

    def make(self, node: Node) -> Term:
        main, dated = self.rows.policy.rows, bool(self.rows.policy.as_of)
        if isinstance(node, Outer):
            return self._own(self.rows.lower(node.of))
        if self.over == main:
            return super().make(node) if looks_outside(node, main, main, dated=dated) else self._its(node)
        if isinstance(node, Named | Joined | Parameter) or (isinstance(node, Field) and node.table != self.over):
            return self._own(self.rows.lower(node))
        if isinstance(node, Field):
            return self._its(node)
        return super().make(node)

    def lookup(self, node: Lookup) -> Term:
        if self.over == self.rows.policy.rows:
            raise RefusedError(f"「{show(node)}」：汇总里的「查」既看本行又看组内行", "先用「令」取出再汇总")
        day = self.rows.day()
        keys = [self.numbers.hold(self.lower(key)) for key in node.keys]
        if day is None:
            return self.rows.looked_up(self, node, keys)
        return _DayOfRow(self.rows, self._own(day)).looked_up(self, node, keys)

    def _own(self, term: Term) -> Term:
        return self._brought(term, self.rows, self.taken, "r")

    def _its(self, node: Node) -> Term:
        return self._brought(self.members.lower(node), self.members, self.wanted, "g")

    def bring(self, expression: Sql, side: Lowerer, wanted: dict[str, str], prefix: str) -> Sql:
        """A column of one of the two sides."""
        bound = side.relation.bind(expression)
        if not bound.uses:
            return bound
        if bound.text not in wanted:
            wanted[bound.text] = self.counter.next(prefix)
        name = wanted[bound.text]
        return self.relation.base(name, name)

    def _brought(self, term: Term, side: Lowerer, wanted: dict[str, str], prefix: str) -> Term:
        def over(part: Sql) -> Sql:
            return self.bring(part, side, wanted, prefix)

        value = replace(term.value, sql=over(term.sql))
        bottom = replace(term.bottom, sql=over(term.bottom.sql))
        fault = first_of(*(over(option) for option in options(term.fault)))
        return replace(term, value=value, bottom=bottom, fault=fault)


class _DayOfRow(PolicyRows):
    """The parameters of the rows that are paid, with the day as a column of the pairs."""

    def __init__(self, rows: PolicyRows, day: Term) -> None:
        super().__init__(rows.policy, rows.schema, rows.relation)
        self._day = day


class _Gathering:
    """One aggregate over the rows that are paid."""

    def __init__(self, rows: PolicyRows, node: Aggregate) -> None:
        self.rows = rows
        self.node = node
        self.own = node.table == rows.policy.rows
        self.members: TableRows = rows if self.own else rows.other(node.table)
        pairs = [self._key(part) for part in node.by]
        self.keys = [key for key, _ in pairs]
        self.its = [self._sound(its) for _, its in pairs]

    def _key(self, part: Field | Named) -> tuple[Term, Term]:
        """The key of a row, and that of a row of the group."""
        rows = self.rows
        if not self.own:
            key, its = rows.key_beside(part, self.members)
            return rows.numbers.hold(key), its
        stored = isinstance(part, Field) and not part.choices and rows.numbered(part.name)
        key = rows.numbers.hold(rows.identity(part) if stored and isinstance(part, Field) else rows.lower(part))
        return key, key

    def _sound(self, key: Term) -> Term:
        """A row whose key cannot be computed is in no group."""
        if key.fault is None:
            return key
        kept = sql("CASE WHEN {} IS NULL THEN {} END", key.fault, key.sql)
        return replace(key, value=replace(key.value, sql=kept))

    def looks_outside(self) -> bool:
        """Whether the inside depends on the row that is being paid."""
        node, policy = self.node, self.rows.policy
        inside = [part for part in (node.of, node.when) if part is not None]
        return any(looks_outside(part, node.table, policy.rows, dated=bool(policy.as_of)) for part in inside)

    def term(self) -> Term:
        return self._in_pairs() if self.looks_outside() else self._by_key()

    # -- gathered once for each key

    def _by_key(self) -> Term:
        keys, fold = self._folded()
        return self._result(fold, self._beside(self.node, keys, fold, fold.columns, ""))

    def unless(self, limit: Compare) -> Term | None:
        """A comparison of the aggregate with a constant, joined only where it does not hold; None where that cannot be done.

        Few groups break a limit, and a row has only to find out whether its group is one of them.
        """
        if not self.own or not self.keys or any(key.fault is not None for key in self.keys):
            return None
        first = limit.left is self.node
        constant = self.rows.lower(limit.right if first else limit.left)
        if constant.fault is not None or constant.nullable:
            return None
        keys, fold = self._folded()
        if "fault" in fold.columns:
            return None
        value = Whole(Sql(fold.columns["value"]), fold.low, fold.high)
        whole = Term(self.node.kind, value, fold.bottom or ONE, nullable=fold.nullable)
        test = self.rows.numbers.compare(limit.comparison, *((whole, constant) if first else (constant, whole))).sql
        if limit in self.rows.given and not fold.nullable:
            holds = self._not_among(self.rows.given[limit], [own for own, _ in keys])
        else:
            wanted = {"broken": "1"} | ({"test": test.text} if fold.nullable else {})
            columns = self._beside(limit, keys, fold, wanted, f" HAVING {test.text} IS NOT TRUE")
            holds = sql("{} IS NULL", columns["broken"])
            if fold.nullable:
                holds = sql("CASE WHEN {} THEN TRUE ELSE {} END", holds, columns["test"])
        filled = both(*(sql("{} IS NOT NULL", key.sql) for key in self.keys if key.nullable))
        nullable = fold.nullable or filled != TRUE
        return truth(
            holds if filled == TRUE else sql("CASE WHEN {} THEN {} END", filled, holds), None, nullable=nullable
        )

    def _not_among(self, part: Part, keys: list[Sql]) -> Sql:
        """Whether the group is none of those that are gathered already. That costs half of a join."""
        own = joined(", ", keys)
        its = ", ".join(part.columns[str(at)] for at in range(len(keys)))
        return sql(f"(({{}}) IN (SELECT {its} FROM {part.name})) IS NOT TRUE", own)

    def _folded(self) -> tuple[list[tuple[Sql, Sql]], Fold]:
        """The keys here and there, and what is folded for each."""
        members, rows = self.members, self.rows
        of, when = self._inside(members)
        relation = members.relation
        relation.stored = relation.stored or bool(relation.weight)
        weight = Whole(relation.column(relation.weight), 1, max(1, members.table.rows)) if relation.weight else None
        parts = Parts(of, when, None if weight else members.number, members.table.rows, weight)
        levels = [self._level(key, its) for key, its in zip(self.keys, self.its, strict=True)]
        keys = [(rows.relation.bind(own.sql), relation.bind(its.sql)) for own, its in levels]
        return keys, Fold(self.node, members, parts, [its for _, its in keys])

    def _beside(
        self, asked: Node, keys: list[tuple[Sql, Sql]], fold: Fold, wanted: Mapping[str, str], having: str
    ) -> dict[str, Sql]:
        """The wanted columns of the group of a row, beside it."""
        rows = self.rows
        names = [rows.counter.next("k") for _ in keys]
        columns = {name: rows.counter.next("a") for name in wanted}
        if asked not in rows.parts or not self.own:
            rows.parts[asked] = self._part([its for _, its in keys], fold, wanted, having)
        part = rows.parts[asked]
        told = {str(at): name for at, name in enumerate(names)} | columns
        text = ", ".join(f"{part.columns[name]} AS {as_}" for name, as_ in told.items())
        on = both(*(sql(f"{{}} = {name}", own) for (own, _), name in zip(keys, names, strict=True)))
        join = Join(lambda: f"(SELECT {text} FROM {part.name})", on, lambda: (Need(part),))
        depth = self.members.relation.depth(fold.uses)
        rows.relation.join(join, told.values(), depth if self.own else 0)
        return {name: rows.relation.column(column) for name, column in columns.items()}

    def _part(self, keys: list[Sql], fold: Fold, wanted: Mapping[str, str], having: str) -> Part:
        """The groups, with their keys (by number) and the wanted columns."""
        rows, relation = self.rows, self.members.relation
        picked = {str(at): key.text for at, key in enumerate(keys)} | dict(wanted)
        columns = {name: rows.counter.next("p") for name in picked}
        depth = relation.depth(fold.uses)

        def text() -> str:
            every = ", ".join(f"{value} AS {columns[name]}" for name, value in picked.items())
            group = f" GROUP BY {', '.join(key.text for key in keys)}" if keys else ""
            return f"SELECT {every} FROM {fold.source(relation.at(depth))}{group}{having}"

        return Part(rows.counter.next("g"), text, (Need(relation, depth),), columns)

    def _level(self, key: Term, its: Term) -> tuple[Whole, Whole]:
        if key.kind not in QUANTITIES:
            return key.value, its.value
        if not (key.bottom.constant and its.bottom.constant):
            raise RefusedError(f"「{show(self.node)}」按比率分组", "先用 取整 舍入，再按它分组")
        bottom = lcm(key.bottom.low, its.bottom.low)
        own = self.rows.wholes.multiply(key.value, self.rows.wholes.literal(bottom // key.bottom.low))
        other = self.members.wholes.multiply(its.value, self.members.wholes.literal(bottom // its.bottom.low))
        return own, other

    # -- gathered for each row

    def _in_pairs(self) -> Term:
        rows, members = self.rows, self.members
        relation = Relation(f"p{rows.counter.next('')}_", "", rows.counter, rows.dialect)
        pairs = _Pairs(relation, rows, members, self.node.table)
        of, when = self._inside(pairs)
        number = pairs.bring(rows.number(), rows, pairs.taken, "r")
        place = pairs.bring(members.number(), members, pairs.wanted, "g")
        levels = [self._level(key, its) for key, its in zip(self.keys, self.its, strict=True)]
        on = []
        for own, its in levels:
            mine = pairs.bring(own.sql, rows, pairs.taken, "r")
            theirs = pairs.bring(its.sql, members, pairs.wanted, "g")
            on.append(sql("{} = {}", mine, theirs))
        uses = [_columns(relation_, wanted) for relation_, wanted in ((rows, pairs.taken), (members, pairs.wanted))]
        depths = [each.relation.depth(use) for each, use in zip((rows, members), uses, strict=True)]
        sides = [
            f"(SELECT {', '.join(f'{text} AS {name}' for text, name in wanted.items())} FROM {each.relation.at(depth)})"
            for each, wanted, depth in ((rows, pairs.taken, depths[0]), (members, pairs.wanted, depths[1]))
        ]
        relation.source = f"{sides[0]} AS own JOIN {sides[1]} AS its ON {both(*on).text}"
        relation.needs = (Need(rows.relation, depths[0]), Need(members.relation, depths[1]))
        fold = Fold(self.node, pairs, Parts(of, when, lambda: place, members.table.rows), [number])
        columns = {name: rows.counter.next("a") for name in fold.columns}
        key = rows.counter.next("k")
        depth = relation.last

        def text() -> str:
            picked = [f"{number.text} AS {key}", *(f"{fold.columns[name]} AS {as_}" for name, as_ in columns.items())]
            return f"(SELECT {', '.join(picked)} FROM {fold.source(relation.at(depth))} GROUP BY {number.text})"

        on_row = both(sql(f"{{}} = {key}", rows.relation.bind(rows.number())))
        after = max(depths) if self.own else depths[0]
        rows.relation.join(Join(text, on_row, lambda: (Need(relation, depth),)), [key, *columns.values()], after)
        return self._result(fold, {name: rows.relation.column(column) for name, column in columns.items()})

    def addend(self) -> Term | None:
        """As ``PolicyRows.addend``."""
        if self.looks_outside():
            return None
        of, when = self._inside(self.rows)
        if self.node.gathering is Gathering.COUNT:
            of = Term(self.node.kind, self.rows.wholes.literal(1), nullable=False)
        elif self.node.gathering is not Gathering.SUM or of is None or not of.bottom.constant:
            return None
        if of.nullable or of.value.low < 0 or faults(*(part for part in (of, when) if part is not None)) is not None:
            return None
        if when is None:
            return of
        chosen = sql("CASE WHEN {} THEN {} ELSE 0 END", when.sql, of.sql)
        return replace(of, value=Whole(chosen, 0, of.value.high))

    def _inside(self, where: Lowerer) -> tuple[Term | None, Term | None]:
        node = self.node
        when = None if node.when is None else where.numbers.hold(where.lower(node.when))
        of = None if node.of is None else where.numbers.hold(where.lower(node.of))
        return of, when

    # -- what comes out

    def _result(self, fold: Fold, columns: dict[str, Sql]) -> Term:
        """Missing where the key is; without rows what no rows give."""
        filled = [sql("{} IS NOT NULL", key.sql) for key in self.keys if key.nullable]
        value, low, high = columns["value"], fold.low, fold.high
        empty = {Gathering.ANY: FALSE, Gathering.ALL: TRUE}.get(self.node.gathering, literal("0"))
        lost = bool(self.keys) or self.node.when is not None or not self.own
        nullable = bool(filled) or fold.nullable
        if self.node.gathering in {Gathering.EARLIEST, Gathering.LATEST}:
            nullable = True
        elif lost:
            bottomless = sql("CASE WHEN {} IS NULL THEN {} ELSE {} END", columns["size"], empty, value)
            value = sql("CASE WHEN {} THEN {} END", both(*filled), bottomless) if filled else bottomless
            low, high = min(low, 0), max(high, 0)
        fault = first_of(faults(*self.keys), columns.get("fault"))
        kind = self.node.kind
        bottom = ONE if fold.bottom is None else fold.bottom
        term = Term(kind, Whole(self.rows.relation.bind(value), low, high), bottom, fault, nullable)
        return replace(term, value=replace(term.value, low=0, high=1)) if kind is BOOL else term


def _columns(rows: Lowerer, wanted: dict[str, str]) -> list[str]:
    """The names behind the texts of plain columns."""
    quote = rows.dialect.quote
    return [text.removeprefix(quote).removesuffix(quote).replace(quote * 2, quote) for text in wanted]
