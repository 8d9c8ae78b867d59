"""Nodes to terms: what ``hengji.engines.interpreter`` makes closures of becomes SQL here, with the same faults in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hengji.engines.columnar.days import Days
from hengji.engines.columnar.facts import ColumnFacts, TableFacts
from hengji.engines.columnar.numbers import Numbers
from hengji.engines.columnar.sql import (
    FALSE,
    TRUE,
    Counter,
    Relation,
    Sql,
    both,
    either,
    first_of,
    joined,
    literal,
    options,
    sql,
)
from hengji.engines.columnar.term import ONE, Term, fault_where, faults, present, truth
from hengji.engines.columnar.whole import RefusedError, Whole, Wholes
from hengji.engines.fault_codes import FaultCode
from hengji.model.table import ColumnType, Value
from hengji.policies.kinds import BOOL, COUNT, DATE, MONEY, QUANTITIES, RATE
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Connective,
    Extreme,
    Field,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Lookup,
    Named,
    Negate,
    Node,
    Not,
    Outer,
    Parameter,
    PartOf,
    Pick,
    Round,
    Shift,
    WholeDivide,
    Within,
)
from hengji.policies.printing import show

PPM = 10**6
_MIRRORED = {
    Comparison.LESS: Comparison.MORE,
    Comparison.MORE: Comparison.LESS,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}
_NULLS = {DATE: "DATE", BOOL: "BOOLEAN", MONEY: "BIGINT", COUNT: "BIGINT", RATE: "BIGINT"}


class Lowerer:
    """Lowers expressions over the rows of one relation. What a name stands for is said by the kinds of lowerer below."""

    def __init__(self, relation: Relation) -> None:
        self.relation = relation
        self.dialect = relation.dialect
        self.wholes = Wholes(relation.dialect)
        self.numbers = Numbers(self.wholes, relation.bind)
        self.days = Days(relation, self.numbers)
        self._terms: dict[Node, Term] = {}

    @property
    def counter(self) -> Counter:
        return self.relation.counter

    def lower(self, node: Node) -> Term:
        """The term of a node, made once."""
        if node not in self._terms:
            try:
                self._terms[node] = self.make(node)
            except RefusedError as refused:
                if "「" in refused.found:
                    raise
                raise RefusedError(f"「{show(node)}」：{refused.found}", refused.remedy) from None
        return self._terms[node]

    def make(self, node: Node) -> Term:
        """A name, or a node made of others."""
        match node:
            case Literal():
                return self.constant(node.kind, node.value)
            case Field() | Named() | Outer() | Joined() | Parameter() | Aggregate():
                return self.name(node)
            case Lookup():
                return self.lookup(node)
            case If():
                return self._if(node)
            case Logic():
                return self._logic(node)
            case IsMissing() if self.filled(node.of):
                return truth(FALSE, None, nullable=False)
            case IsMissing():
                of = self.lower(node.of)
                test = sql("({} IS NULL)", of.sql) if of.nullable else FALSE
                return truth(test, of.fault, nullable=False)
            case Pick():
                return self._pick(node)
            case Within():
                return self._within(node)
            case _:
                return self._plain(node)

    def filled(self, node: Node) -> bool:
        """Whether it is known, without reading it, that a cell is filled in and has no fault."""
        return isinstance(node, Literal) and node.value is not None

    def name(self, node: Node) -> Term:
        """What a name stands for."""
        raise RefusedError(f"「{show(node)}」不能用在这里")

    def lookup(self, node: Lookup) -> Term:
        """What a parameter table gives."""
        raise RefusedError(f"「{show(node)}」不能用在这里")

    def constant(self, kind: ColumnType, value: Value) -> Term:
        match value:
            case None:
                return Term(kind, Whole(Sql(f"CAST(NULL AS {_NULLS.get(kind, self.dialect.text)})"), 0, 0))
            case bool():
                return truth(TRUE if value else FALSE, None, nullable=False)
            case date():
                return self.days.literal(value)
            case str():
                return Term(kind, Whole(literal(self.dialect.word(value)), 0, 0), nullable=False)
        return self.numbers.literal(kind, Fraction(value))

    def cell(self, table: TableFacts, facts: ColumnFacts | None, field: Field, *, words: bool = True) -> Term:
        """The cell of a column of this relation's own table; a word that the policy does not know is a fault."""
        if facts is None:
            return self.constant(field.kind, None)
        if facts.constant:
            value = self.wholes.literal(facts.low)
        else:
            bounds = (facts.low, facts.high) if facts.kind in {*QUANTITIES, DATE} else (0, 0)
            value = Whole(self.stored(table, facts, field), *bounds)
        if facts.numbered:
            value = replace(value, sql=self.relation.bind(sql(f"CAST({{}} AS {self.dialect.text})", value.sql)))
        bottom = self.wholes.literal(PPM) if facts.kind is RATE else ONE
        fault = None
        if words and field.choices and not facts.known:
            known = joined(", ", (literal(self.dialect.word(word)) for word in field.choices))
            fault = self._fault(sql("{} NOT IN ({})", value.sql, known), FaultCode.WORD)
        return Term(field.kind, value, bottom, fault, facts.missing)

    def stored(self, table: TableFacts, facts: ColumnFacts, field: Field) -> Sql:
        """The cell as it stands in the table."""
        return self.relation.base(f"{table.name}.{field.name}", facts.text)

    def _fault(self, test: Sql, code: FaultCode) -> Sql | None:
        found = fault_where(test, code)
        return None if found is None else self.relation.bind(found)

    def _plain(self, node: Node) -> Term:
        """Nodes that are missing when one of their parts is, and otherwise a function of them."""
        numbers = self.numbers
        match node:
            case Arithmetic():
                return numbers.operate(node.operator, self.lower(node.left), self.lower(node.right))
            case Compare():
                reached = self._reached(node)
                return reached or self.compare(node.comparison, self.lower(node.left), self.lower(node.right))
            case WholeDivide():
                return numbers.whole_divide(self.lower(node.left), self.lower(node.right))
            case Between():
                return self.days.between(node.span, self.lower(node.start), self.lower(node.end))
            case Shift():
                return self.days.shift(node.step, self.lower(node.day), self.lower(node.count))
            case Negate():
                return numbers.negate(self.lower(node.of))
            case Not():
                of = self.lower(node.of)
                flipped = {TRUE: FALSE, FALSE: TRUE}.get(of.sql) or sql("(NOT {})", of.sql)
                return truth(flipped, of.fault, nullable=of.nullable)
            case PartOf():
                return self.days.part(node.part, self.lower(node.day))
            case Round():
                unit = Fraction(str(node.unit.value))
                return numbers.round(self.lower(node.of), node.kind, unit, node.rounding)
            case _:
                raise RefusedError(f"「{show(node)}」没有对应的 SQL")

    def _reached(self, node: Compare) -> Term | None:
        """Whole months or years that are compared with a constant, as two days; None where that cannot be done."""
        for apart, other, comparison in (
            (node.left, node.right, node.comparison),
            (node.right, node.left, _MIRRORED.get(node.comparison, node.comparison)),
        ):
            if isinstance(apart, Between):
                ends = self.lower(apart.start), self.lower(apart.end)
                return self.days.reached(apart.span, ends, comparison, self.lower(other))
        return None

    def compare(self, comparison: Comparison, a: Term, b: Term) -> Term:
        return self.numbers.compare(comparison, a, b)

    def _if(self, node: If) -> Term:
        test, then, otherwise = self.lower(node.test), self.lower(node.then), self.lower(node.otherwise)
        if test.fault is None and test.sql in {TRUE, FALSE}:
            return replace(then if test.sql == TRUE else otherwise, kind=node.kind)
        chosen = self.relation.bind(test.sql)
        tests = (chosen, sql("NOT {}", chosen))
        value, bottom = self.numbers.choose(node.kind, tests, (then, otherwise))
        known, null = options(test.fault), literal("NULL")
        first, second = (
            first_of(*(option for option in options(branch.fault) if option not in known))
            for branch in (then, otherwise)
        )
        fault = test.fault
        if first is not None or second is not None:
            parts = (tests[0], first or null, tests[1], second or null)
            fault = first_of(fault, sql("CASE WHEN {} THEN {} WHEN {} THEN {} END", *parts))
        nullable = test.nullable or then.nullable or otherwise.nullable
        return Term(node.kind, value, bottom, fault, nullable)

    def _logic(self, node: Logic) -> Term:
        left, right = self.lower(node.left), self.lower(node.right)
        conjunction = node.connective is Connective.AND
        deciding = FALSE if conjunction else TRUE
        if left.fault is None:
            if left.sql == deciding:
                return left
            if left.sql in {TRUE, FALSE}:
                return right
        if right.fault is None and right.sql in {TRUE, FALSE} and right.sql != deciding:
            return left
        known = options(left.fault)
        fault = first_of(*(option for option in options(right.fault) if option not in known))
        if fault is not None:
            held = self.relation.bind(left.sql)
            looked = sql("{} IS NOT FALSE" if conjunction else "{} IS NOT TRUE", held)
            fault = sql("CASE WHEN {} THEN {} END", looked, fault)
            left = replace(left, value=replace(left.value, sql=held))
        test = both(left.sql, right.sql) if conjunction else either(left.sql, right.sql)
        return truth(test, first_of(left.fault, fault), nullable=left.nullable or right.nullable)

    def _pick(self, node: Pick) -> Term:
        found, *others = (self.lower(each) for each in node.of)
        comparison = Comparison.AT_MOST if node.extreme is Extreme.LEAST else Comparison.AT_LEAST
        for other in others:
            one, two = self.numbers.hold(found), self.numbers.hold(other)
            test = self.numbers.compare(comparison, one, two)
            if test.sql in {TRUE, FALSE}:
                chosen = one if test.sql == TRUE else two
                found = replace(chosen, kind=node.kind, fault=faults(one, two))
                continue
            first = self.relation.bind(test.sql)
            value, bottom = self.numbers.choose(node.kind, (first, sql("NOT {}", first)), (one, two))
            found = Term(node.kind, value, bottom, faults(one, two), one.nullable or two.nullable)
        return replace(found, kind=node.kind)

    def _within(self, node: Within) -> Term:
        of, options = self.lower(node.of), [self.lower(each) for each in node.options]
        every = (of, *options)
        nullable = any(term.nullable for term in every)
        test: Sql
        if of.kind in QUANTITIES:
            of = self.numbers.hold(of)
            test = joined(" OR ", (self.numbers.compare(Comparison.EQUAL, of, each).sql for each in options))
        else:
            of = self.numbers.hold(of)
            test = sql("{} IN ({})", of.sql, joined(", ", (each.sql for each in options)))
        if any(each.nullable for each in options):
            test = sql("CASE WHEN {} THEN ({}) END", present(*every), test)
        return truth(sql("({})", test), faults(*every), nullable=nullable)

    def equal_key(self, terms: Sequence[Term], values: Sequence[Value], kinds: Sequence[ColumnType]) -> Sql:
        """Whether the terms are these values."""
        tests = []
        for term, value, kind in zip(terms, values, kinds, strict=True):
            if value is None:
                return FALSE
            wanted = self.constant(kind, value)
            if term.sql.plain and not term.nullable and term.sql == wanted.sql and term.bottom == wanted.bottom:
                continue
            tests.append(self.numbers.compare(Comparison.EQUAL, term, wanted).sql)
        return both(*tests)
