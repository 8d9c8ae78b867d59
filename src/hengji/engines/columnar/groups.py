"""Aggregates: rows are gathered by key beside the rows that are paid; where the inside looks at the row, row by row in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.rows import MainRows, TableRows
from hengji.engines.columnar.sql import FALSE, TRUE, Join, Need, Relation, Sql, both, first_of, literal, options, sql
from hengji.engines.columnar.term import ONE, Term, fault_where, faults
from hengji.engines.columnar.whole import RefusedError, Whole
from hengji.engines.values import FaultCode
from hengji.model.money import LARGEST
from hengji.policies.kinds import BOOL, QUANTITIES
from hengji.policies.nodes import Aggregate, Field, Gathering, Joined, Lookup, Named, Node, Outer, Parameter, children
from hengji.policies.printing import show


class PolicyRows(MainRows):
    """The rows that are paid, with aggregates."""

    def gathered(self, node: Aggregate) -> Term:
        return _Gathering(self, node).term()


def looks_outside(node: Node, table: str, rows: str, *, dated: bool) -> bool:
    """Whether the inside of an aggregate over ``table`` depends on the row that is being paid."""
    if isinstance(node, Outer):
        return True
    if table != rows:
        if isinstance(node, Named | Joined | Parameter) or (isinstance(node, Field) and node.table != table):
            return not isinstance(node, Parameter) or dated
        if isinstance(node, Lookup) and dated:
            return True
    return any(looks_outside(child, table, rows, dated=dated) for child in children(node))


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


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is gathered: the value, its condition, the place of a row, and how many rows there can be at most.

    Rows that are alike are one row with a ``weight`` and have no place.
    """

    of: Term | None
    when: Term | None
    number: Sql | None
    rows: int
    weight: Whole | None = None


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

    def term(self) -> Term:
        node, dated = self.node, bool(self.rows.policy.as_of)
        inside = [part for part in (node.of, node.when) if part is not None]
        if any(looks_outside(part, node.table, self.rows.policy.rows, dated=dated) for part in inside):
            return self._in_pairs()
        return self._by_key()

    # -- gathered once for each key

    def _by_key(self) -> Term:
        members, rows = self.members, self.rows
        of, when = self._inside(members)
        relation = members.relation
        relation.stored = relation.stored or bool(relation.weight)
        weight = Whole(relation.column(relation.weight), 1, max(1, members.table.rows)) if relation.weight else None
        number = None if weight else members.number()
        parts = _Parts(of, when, number, members.table.rows, weight)
        levels = [self._level(key, its) for key, its in zip(self.keys, self.its, strict=True)]
        keys = [(rows.relation.bind(own.sql), relation.bind(its.sql)) for own, its in levels]
        fold = _Fold(self.node, members, parts, [its for _, its in keys])
        names = [rows.counter.next("k") for _ in keys]
        on = both(*(sql(f"{{}} = {name}", own) for (own, _), name in zip(keys, names, strict=True)))
        columns = {name: rows.counter.next("a") for name in fold.columns}
        depth = relation.depth(fold.uses)

        def text() -> str:
            picked = [f"{its.text} AS {name}" for (_, its), name in zip(keys, names, strict=True)]
            picked += [f"{fold.columns[name]} AS {column}" for name, column in columns.items()]
            group = f" GROUP BY {', '.join(its.text for _, its in keys)}" if keys else ""
            return f"(SELECT {', '.join(picked)} FROM {fold.source(relation.at(depth))}{group})"

        rows.relation.join(
            Join(text, on, lambda: (Need(relation, depth),)), [*names, *columns.values()], depth if self.own else 0
        )
        return self._result(fold, {name: rows.relation.column(column) for name, column in columns.items()})

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
        fold = _Fold(self.node, pairs, _Parts(of, when, place, members.table.rows), [number])
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

    def _inside(self, where: Lowerer) -> tuple[Term | None, Term | None]:
        node = self.node
        when = None if node.when is None else where.numbers.hold(where.lower(node.when))
        of = None if node.of is None else where.numbers.hold(where.lower(node.of))
        return of, when

    # -- what comes out

    def _result(self, fold: _Fold, columns: dict[str, Sql]) -> Term:
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


class _Fold:
    """The aggregate functions over the rows of a group: ``columns`` are value, size and, where there can be one, fault."""

    def __init__(self, node: Aggregate, rows: Lowerer, parts: _Parts, keys: Sequence[Sql]) -> None:
        self.node = node
        self.rows = rows
        self.parts = parts
        self.keys = keys
        self.columns = {"size": "count(*)"}
        self.low = self.high = 0
        self.nullable = False
        self.bottom: Whole | None = None
        self.running: tuple[str, Sql] | None = None
        beside = [] if parts.number is None else [parts.number]
        self.uses = frozenset[str]().union(*(part.uses for part in (*keys, *beside)))
        for term in (parts.of, parts.when):
            if term is not None:
                self.uses |= frozenset[str]().union(*(part.uses for part in term.parts))
        if parts.weight is not None:
            self.uses |= parts.weight.sql.uses
        fault = first_of(*self._faults(), self._fill())
        if fault is not None:
            self.columns["fault"] = fault.text

    def source(self, text: str) -> str:
        """What is gathered from: the rows, or the rows with a running total where it could leave the bounds on its way."""
        if self.running is None:
            return text
        name, running = self.running
        return f"(SELECT *, {running.text} AS {name} FROM {text})"

    def _chosen(self) -> Sql:
        when = self.parts.when
        return TRUE if when is None else sql("{} IS TRUE", when.sql)

    def _filtered(self, form: str, *parts: Sql, test: Sql | None = None) -> Sql:
        chosen = both(self._chosen(), test)
        return sql(form, *parts) if chosen == TRUE else sql(f"{form} FILTER (WHERE {{}})", *parts, chosen)

    def _faults(self) -> list[Sql]:
        """The first fault of the conditions, then the first of the values, in the order of the rows."""
        number = self.parts.number
        first, order = ("min({})", ()) if number is None else (self.rows.dialect.first_by, (number,))
        found = []
        if self.parts.when is not None and self.parts.when.fault is not None:
            found.append(sql(first, self.parts.when.fault, *order))
        if self.parts.of is not None and self.parts.of.fault is not None:
            found.append(self._filtered(first, self.parts.of.fault, *order))
        return found

    def _fill(self) -> Sql | None:
        """The value; the fault that comes of adding up."""
        gathering, of = self.node.gathering, self.parts.of
        if gathering is Gathering.COUNT:
            weight = self.parts.weight
            counted = self._filtered("count(*)")
            if weight is not None:
                counted = sql(self.rows.dialect.whole, sql("coalesce({}, 0)", self._filtered("sum({})", weight.sql)))
            self._value(counted, 0, self.parts.rows)
            return None
        assert of is not None
        blank = self._filtered("count(*)", test=sql("{} IS NULL", of.sql)) if of.nullable else None
        match gathering:
            case Gathering.SUM:
                return self._sum(of, blank)
            case Gathering.DISTINCT:
                if not of.bottom.constant:
                    raise RefusedError(f"「{show(self.node)}」：比率的种数", "先用 取整 舍入")
                self._value(self._filtered("count(DISTINCT {})", of.sql), 0, self.parts.rows)
            case Gathering.ANY | Gathering.ALL:
                decided = gathering is Gathering.ANY
                sign = "bool_or({})" if decided else "bool_and({})"
                whole = self._filtered(sign, of.sql)
                verdict, other = (TRUE, FALSE) if decided else (FALSE, TRUE)
                form = "CASE WHEN {} IS {} THEN {} WHEN {} > 0 THEN NULL ELSE {} END"
                self._value(sql(form, whole, verdict, verdict, blank or literal("0"), other), 0, 1)
                self.nullable = of.nullable
            case Gathering.EARLIEST | Gathering.LATEST:
                sign = "min({})" if gathering is Gathering.EARLIEST else "max({})"
                self._value(self._filtered(sign, of.sql), of.value.low, of.value.high)
                self.nullable = True
        return None

    def _value(self, value: Sql, low: int, high: int) -> None:
        self.columns["value"], self.low, self.high = value.text, low, high

    def _sum(self, of: Term, blank: Sql | None) -> Sql | None:
        """The total, missing when a value is; a fault where it leaves the bounds on its way down the rows."""
        if not of.bottom.constant:
            raise RefusedError(f"「{show(self.node)}」：比率的合计", "先用 取整 舍入，再合计")
        most = max(1, self.parts.rows)
        wholes, limit = self.rows.wholes, LARGEST * of.bottom.low
        low, high = min(0, of.value.low * most), max(0, of.value.high * most)
        weight = self.parts.weight
        times = of.value if weight is None else wholes.made("({} * {})", (of.value, weight), low, high)
        total = self._filtered("sum({})", times.sql)
        raw = wholes.made("coalesce({}, 0)", (Whole(total, low, high),), low, high)
        self.bottom, self.nullable = of.bottom, of.nullable
        given = sql("{} = 0", blank) if blank is not None else TRUE
        fault = None
        if max(-low, high) > limit:
            size = self._size(of, low, high, raw)
            fault = fault_where(both(given, sql("{} > {}", size, wholes.literal(limit).sql)), FaultCode.OVERFLOW)
            given = both(given, sql("{} <= {}", size, wholes.literal(limit).sql))
        value = raw if given == TRUE else wholes.within(raw, given, -limit, limit)
        narrow = sql(self.rows.dialect.whole, value.sql) if value.reach < 2**63 else value.sql
        self._value(narrow, value.low, value.high)
        return fault

    def _size(self, of: Term, low: int, high: int, total: Whole) -> Sql:
        """The farthest that the total goes from 0."""
        if low >= 0 or high <= 0:
            return sql("abs({})", total.sql)
        if self.parts.number is None:
            raise RefusedError(f"「{show(self.node)}」：正负相抵的合计要逐行累计")
        name = self.rows.counter.next("s")
        window = "sum({}) OVER (" + ("PARTITION BY {} " if self.keys else "") + "ORDER BY {} ROWS UNBOUNDED PRECEDING)"
        added = of.sql if self.parts.when is None else sql("CASE WHEN {} THEN {} END", self._chosen(), of.sql)
        keys = [Sql(", ".join(key.text for key in self.keys))] if self.keys else []
        self.running = (name, sql(window, added, *keys, self.parts.number))
        return Sql(f"coalesce(max(abs({name})), 0)")
