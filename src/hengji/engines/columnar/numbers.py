"""Arithmetic on terms: the same exact values as ``hengji.engines.values``, as whole numbers over whole numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm

from hengji.engines.columnar.sql import FALSE, TRUE, Sql, both, first_of, literal, sql
from hengji.engines.columnar.term import ONE, Bind, Term, fault_where, faults, held, present, truth
from hengji.engines.columnar.whole import NARROW, RefusedError, Whole, Wholes
from hengji.engines.fault_codes import LARGEST_TERM, FaultCode
from hengji.model.money import LARGEST, Rounding
from hengji.model.table import ColumnType
from hengji.policies.kinds import COUNT, MONEY, RATE
from hengji.policies.nodes import Comparison, Operator

_SIGNS = {
    Comparison.EQUAL: "=",
    Comparison.UNEQUAL: "<>",
    Comparison.LESS: "<",
    Comparison.AT_MOST: "<=",
    Comparison.MORE: ">",
    Comparison.AT_LEAST: ">=",
}


class Numbers:
    """Operations on the terms of one relation. Parts that are written twice are first bound to columns."""

    def __init__(self, wholes: Wholes, bind: Bind) -> None:
        self.wholes = wholes
        self.bind = bind

    def literal(self, kind: ColumnType, value: Fraction) -> Term:
        return Term(kind, self.wholes.literal(value.numerator), self.wholes.literal(value.denominator), nullable=False)

    def hold(self, term: Term) -> Term:
        return held(term, self.bind)

    def held(self, part: Whole) -> Whole:
        return replace(part, sql=self.bind(part.sql))

    # -- the four operations

    def operate(self, operator: Operator, a: Term, b: Term) -> Term:
        match operator:
            case Operator.ADD:
                return self.add(a, b)
            case Operator.SUBTRACT:
                return self.add(a, self.negate(b))
            case Operator.MULTIPLY if {MONEY, RATE} == {a.kind, b.kind}:
                return self.part(a, b)
            case Operator.MULTIPLY:
                kind = a.kind if a.kind is b.kind else MONEY if MONEY in {a.kind, b.kind} else RATE
                top = self.wholes.multiply(a.value, b.value)
                return self.bounded(kind, top, self.wholes.multiply(a.bottom, b.bottom), (a, b))
            case Operator.DIVIDE:
                quotient = self.quotient(a, b)
                if a.kind is MONEY and b.kind is not MONEY:
                    return self.rounded(MONEY, quotient, Rounding.HALF_UP)
                return self.bounded(RATE, quotient.value, quotient.bottom, (quotient,))

    def add(self, a: Term, b: Term) -> Term:
        kind = MONEY if MONEY in {a.kind, b.kind} else a.kind if a.kind is b.kind else RATE
        x, y, bottom = self.level(a, b)
        return self.bounded(kind, self.wholes.add(x, y), bottom, (a, b))

    def negate(self, a: Term) -> Term:
        return replace(a, value=self.wholes.negate(a.value))

    def part(self, a: Term, b: Term) -> Term:
        """A rate of an amount, half-up to the fen."""
        top = self.wholes.multiply(a.value, b.value)
        product = Term(MONEY, top, self.wholes.multiply(a.bottom, b.bottom), faults(a, b), a.nullable or b.nullable)
        return self.rounded(MONEY, product, Rounding.HALF_UP)

    def quotient(self, a: Term, b: Term) -> Term:
        """a ÷ b, unreduced and unbounded; a fault where b is 0."""
        a, b = self.hold(a), self.hold(b)
        wholes = self.wholes
        top, bottom = wholes.multiply(a.value, b.bottom), wholes.multiply(a.bottom, wholes.distance(b.value))
        if b.value.low < 0:
            below = sql("{} < 0", b.sql)
            top = self.held(top)
            top = wholes.either("CASE WHEN {} THEN {} ELSE {} END", (wholes.negate(top), top), (below,))
        fault = faults(a, b)
        if b.value.low <= 0 <= b.value.high:
            zero = both(sql("{} = 0", b.sql), present(a))
            fault = first_of(fault, fault_where(zero, FaultCode.ZERO))
            bottom = Whole(sql("NULLIF({}, 0)", bottom.sql), 1, max(1, bottom.high))
        else:
            bottom = replace(bottom, low=max(1, bottom.low))
        bottom = self.held(bottom)
        if (b.nullable or b.value.low <= 0 <= b.value.high) and not bottom.constant:
            top = replace(top, sql=sql("CASE WHEN {} IS NOT NULL THEN {} END", bottom.sql, top.sql))
        return Term(RATE, self.held(top), bottom, fault, a.nullable or b.nullable)

    def whole_divide(self, a: Term, b: Term) -> Term:
        quotient = self.quotient(a, b)
        value = self.wholes.divide(quotient.value, quotient.bottom, Rounding.DOWN)
        return replace(quotient, kind=COUNT, value=value, bottom=ONE)

    def round(self, a: Term, kind: ColumnType, unit: Fraction, rounding: Rounding) -> Term:
        """To a multiple of ``unit``."""
        wholes = self.wholes
        top = wholes.multiply(a.value, wholes.literal(unit.denominator))
        bottom = wholes.multiply(a.bottom, wholes.literal(unit.numerator))
        times = wholes.divide(self.held(top), self.held(bottom), rounding)
        value = wholes.multiply(times, wholes.literal(unit.numerator))
        return self.bounded(kind, value, wholes.literal(unit.denominator), (a,))

    def rounded(self, kind: ColumnType, exact: Term, rounding: Rounding) -> Term:
        """To a whole number, bounded."""
        value = self.wholes.divide(self.held(exact.value), self.held(exact.bottom), rounding)
        return self.bounded(kind, value, ONE, (exact,))

    def bounded(self, kind: ColumnType, top: Whole, bottom: Whole, of: tuple[Term, ...]) -> Term:
        """The number with a fault where it is too large; no test is written where the bounds show that it cannot be."""
        nullable = any(term.nullable for term in of)
        if top.reach <= LARGEST * bottom.low:
            if max(top.reach, bottom.high) >= LARGEST_TERM:
                raise RefusedError("比率的分子或分母可能超过 36 位", "先用 取整 舍入，再继续计算")
            return Term(kind, top, bottom, faults(*of), nullable)
        if min(top.reach, LARGEST * bottom.high) >= LARGEST_TERM or bottom.high >= LARGEST_TERM:
            raise RefusedError("比率的分子或分母可能超过 36 位", "先用 取整 舍入，再继续计算")
        top, bottom = self.held(top), self.held(bottom)
        good = self._good(top, bottom)
        limit = LARGEST * bottom.high
        fault = first_of(faults(*of), fault_where(sql("NOT {}", good), FaultCode.OVERFLOW))
        return Term(kind, self.wholes.within(top, good, -limit, limit), bottom, fault, nullable)

    def _good(self, top: Whole, bottom: Whole) -> Sql:
        size = self.held(self.wholes.distance(top))
        if bottom.constant:
            return self.bind(sql("{} <= {}", size.sql, self.wholes.literal(LARGEST * bottom.low).sql))
        times = self.held(self.wholes.divide(size, bottom, Rounding.DOWN))
        rest = self.wholes.made(self.wholes.dialect.rest, (size, bottom), 0, bottom.high)
        most = literal(str(LARGEST))
        return self.bind(sql("({} < {} OR ({} = {} AND {} = 0))", times.sql, most, times.sql, most, rest.sql))

    # -- several numbers beside each other

    def level(self, a: Term, b: Term) -> tuple[Whole, Whole, Whole]:
        """The two values over one bottom."""
        wholes = self.wholes
        if a.bottom == b.bottom:
            return a.value, b.value, a.bottom
        if a.bottom.constant and b.bottom.constant:
            bottom = lcm(a.bottom.low, b.bottom.low)
            one = wholes.multiply(a.value, wholes.literal(bottom // a.bottom.low))
            other = wholes.multiply(b.value, wholes.literal(bottom // b.bottom.low))
            return one, other, wholes.literal(bottom)
        one, other = wholes.multiply(a.value, b.bottom), wholes.multiply(b.value, a.bottom)
        return one, other, wholes.multiply(a.bottom, b.bottom)

    def compare(self, comparison: Comparison, a: Term, b: Term) -> Term:
        x, y, _ = self.level(a, b) if a.kind in _NUMERIC else (a.value, b.value, ONE)
        fault, nullable = faults(a, b), a.nullable or b.nullable
        known = _known(comparison, x, y) if a.kind in _NUMERIC else None
        if known is not None and not nullable:
            return truth(TRUE if known else FALSE, fault, nullable=False)
        return truth(sql(f"({{}} {_SIGNS[comparison]} {{}})", *self.alike(x, y)), fault, nullable=nullable)

    def alike(self, x: Whole, y: Whole) -> tuple[Sql, Sql]:
        """Two numbers as one type: 128 bits where one of them needs it."""
        if (x.reach > NARROW) == (y.reach > NARROW):
            return x.sql, y.sql
        cast = f"CAST({{}} AS {self.wholes.dialect.wide})"
        return (x.sql, sql(cast, y.sql)) if x.reach > NARROW else (sql(cast, x.sql), y.sql)

    def choose(self, kind: ColumnType, tests: tuple[Sql, ...], options: tuple[Term, ...]) -> tuple[Whole, Whole]:
        """Value and bottom of the option whose test holds; NULL where none does."""
        form = "CASE " + " ".join("WHEN {} THEN {}" for _ in tests) + " END"
        if kind not in _NUMERIC:
            pairs = [part for test, option in zip(tests, options, strict=True) for part in (test, option.sql)]
            low, high = min(each.value.low for each in options), max(each.value.high for each in options)
            return Whole(sql(form, *pairs), low, high), ONE
        if all(option.bottom.constant for option in options):
            bottom = lcm(*(option.bottom.low for option in options))
            scaled = [
                self.wholes.multiply(each.value, self.wholes.literal(bottom // each.bottom.low)) for each in options
            ]
            return self._case(tests, tuple(scaled)), self.wholes.literal(bottom)
        tops = self._case(tests, tuple(each.value for each in options))
        return tops, self._case(tests, tuple(each.bottom for each in options))

    def _case(self, tests: tuple[Sql, ...], options: tuple[Whole, ...]) -> Whole:
        size = len(tests)
        form = "CASE " + " ".join(f"WHEN {{{at}}} THEN {{{size + at}}}" for at in range(size)) + " END"
        return self.wholes.either(form, options, tests)


_NUMERIC = frozenset({COUNT, RATE, MONEY})


def _known(comparison: Comparison, x: Whole, y: Whole) -> bool | None:
    """What the bounds alone say."""
    match comparison:
        case Comparison.LESS | Comparison.AT_LEAST:
            known = True if x.high < y.low else False if x.low >= y.high else None
            return known if known is None or comparison is Comparison.LESS else not known
        case Comparison.AT_MOST | Comparison.MORE:
            known = True if x.high <= y.low else False if x.low > y.high else None
            return known if known is None or comparison is Comparison.AT_MOST else not known
        case _:
            apart = x.high < y.low or y.high < x.low
            same = x.low == x.high == y.low == y.high
            return None if not apart and not same else same is (comparison is Comparison.EQUAL)
