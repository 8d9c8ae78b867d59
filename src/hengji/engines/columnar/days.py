"""Days in SQL: spans, steps and the working calendar, which is a table that the rows are joined with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hengji.engines.columnar.numbers import Numbers
from hengji.engines.columnar.sql import Join, Relation, Sql, both, first_of, literal, sql
from hengji.engines.columnar.term import Term, fault_where, faults, present, truth
from hengji.engines.columnar.whole import Whole
from hengji.engines.fault_codes import FaultCode
from hengji.model.money import Rounding
from hengji.policies.kinds import COUNT, DATE
from hengji.policies.nodes import Comparison, Part, Span, Step

CALENDAR = "工作日历"
"""day, reached (working days up to it), works (1 or 0)."""
WORKING_DAYS = "工作日序"
"""nth (from 0), day."""
FIRST, LAST = date.min.toordinal(), date.max.toordinal()
_START = literal("DATE '0001-01-01'")
_MOST_MONTHS = 12 * date.max.year


class Days:
    """Operations on the days of one relation."""

    def __init__(self, relation: Relation, numbers: Numbers) -> None:
        self.relation = relation
        self.numbers = numbers
        self.wholes = numbers.wholes
        self.dialect = relation.dialect
        self._reached: dict[str, tuple[Sql, Sql]] = {}

    def literal(self, day: date) -> Term:
        at = day.toordinal()
        return Term(DATE, Whole(literal(f"DATE '{day.isoformat()}'"), at, at), nullable=False)

    def part(self, part: Part, day: Term) -> Term:
        low, high = date.fromordinal(max(day.value.low, 1)), date.fromordinal(max(day.value.high, 1))
        form = self.dialect.year if part is Part.YEAR else self.dialect.month
        bounds = (low.year, high.year) if part is Part.YEAR else (1, 12)
        return replace(day, kind=COUNT, value=Whole(sql(self.dialect.whole, sql(form, day.sql)), *bounds))

    def between(self, span: Span, start: Term, end: Term) -> Term:
        start, end = self.numbers.hold(start), self.numbers.hold(end)
        fault, nullable = faults(start, end), start.nullable or end.nullable
        match span:
            case Span.DAYS:
                value = self._days(
                    end.sql, start.sql, end.value.low - start.value.high, end.value.high - start.value.low
                )
            case Span.WORKING_DAYS:
                (to, _), (since, _) = self._on_calendar(end), self._on_calendar(start)
                most = LAST - FIRST
                value = Whole(sql("({} - {})", to, since), -most, most)
                unknown = both(sql("({} IS NULL OR {} IS NULL)", to, since), present(start, end))
                fault = first_of(fault, fault_where(unknown, FaultCode.CALENDAR))
                nullable = True
            case Span.MONTHS:
                value = self._months(start, end)
            case Span.AGE:
                months = self.numbers.held(self._months(start, end))
                value = self.wholes.divide(months, self.wholes.literal(12), Rounding.DOWN)
        return Term(COUNT, value, fault=fault, nullable=nullable)

    def _days(self, end: Sql, start: Sql, low: int, high: int) -> Whole:
        return Whole(sql(self.dialect.days, end, start), low, high)

    def _months(self, start: Term, end: Term) -> Whole:
        forward = self._whole_months(start.sql, end.sql)
        if start.value.high <= end.value.low:
            return Whole(forward, 0, _MOST_MONTHS)
        back = self._whole_months(end.sql, start.sql)
        either = sql("CASE WHEN {} <= {} THEN {} ELSE -{} END", start.sql, end.sql, forward, back)
        return Whole(either, -_MOST_MONTHS, _MOST_MONTHS)

    def _whole_months(self, start: Sql, end: Sql) -> Sql:
        """Months from ``start``; the last one is whole on the same day or, where there is none, on the month's last."""
        d = self.dialect
        apart = sql(
            "(({} - {}) * 12 + {} - {}",
            *(sql(form, day) for form in (d.year, d.month) for day in (end, start)),
        )
        whole = sql("({} <= {} OR {} = {})", sql(d.day, start), sql(d.day, end), end, sql(d.last_day, end))
        return sql("{} - CASE WHEN {} THEN 0 ELSE 1 END)", apart, whole)

    def reached(self, span: Span, ends: tuple[Term, Term], comparison: Comparison, constant: Term) -> Term | None:
        """``span`` compared with a constant, without counting months: n of them are over from the day n months after the start on.

        That day is the last of its month where the month is too short, which is when the last month is whole. None where the
        constant is below 1 (the other way round months do not end so), and for other spans and comparisons.
        """
        months = {Span.MONTHS: 1, Span.AGE: 12}.get(span)
        more = {Comparison.AT_LEAST: 0, Comparison.LESS: 0, Comparison.MORE: 1, Comparison.AT_MOST: 1}.get(comparison)
        known = constant.fault is None and not constant.nullable and constant.value.constant
        if months is None or more is None or not known or constant.bottom.high != 1:
            return None
        count = constant.value.low + more
        if not 1 <= count * months <= _MOST_MONTHS:
            return None
        start, end = ends
        form = f"({{}} {'>=' if comparison in {Comparison.AT_LEAST, Comparison.MORE} else '<'} {{}})"
        day = sql(self.dialect.add_months, start.sql, literal(str(count * months)))
        return truth(sql(form, end.sql, day), faults(start, end), nullable=start.nullable or end.nullable)

    def shift(self, step: Step, day: Term, count: Term) -> Term:
        day, count = self.numbers.hold(day), self.numbers.hold(count)
        match step:
            case Step.DAYS:
                since = self._days(day.sql, _START, day.value.low - FIRST, day.value.high - FIRST)
                to = self.numbers.held(self.wholes.add(since, count.value))
                return self._moved(to, LAST - FIRST, 0, lambda good: self._from_start(to, good), (day, count))
            case Step.MONTHS:
                return self._by_months(day, count)
            case Step.WORKING_DAYS:
                return self._by_working_days(day, count)

    def _moved(self, to: Whole, most: int, least: int, make: object, of: tuple[Term, ...]) -> Term:
        assert callable(make)
        good = self.numbers.bind(sql(f"({{}} BETWEEN {least} AND {most})", to.sql))
        fault = fault_where(sql("NOT {}", good), FaultCode.CALENDAR)
        if least <= to.low and to.high <= most:
            fault = None
        nullable = any(term.nullable for term in of) or fault is not None
        return Term(DATE, Whole(make(good), FIRST, LAST), fault=first_of(faults(*of), fault), nullable=nullable)

    def _from_start(self, to: Whole, good: Sql) -> Sql:
        return sql(self.dialect.add_days, _START, sql("CASE WHEN {} THEN {} END", good, to.sql))

    def _by_months(self, day: Term, count: Term) -> Term:
        d = self.dialect
        month = Whole(sql("({} * 12 + {} - 1)", sql(d.year, day.sql), sql(d.month, day.sql)), 12, _MOST_MONTHS + 11)
        to = self.numbers.held(self.wholes.add(month, count.value))

        def make(good: Sql) -> Sql:
            return sql(d.add_months, day.sql, sql("CASE WHEN {} THEN {} END", good, count.sql))

        return self._moved(to, _MOST_MONTHS + 11, 12, make, (day, count))

    def _by_working_days(self, day: Term, count: Term) -> Term:
        reached, works = self._on_calendar(day)
        form = "CASE WHEN {} = 0 THEN NULL WHEN {} > 0 THEN {} + {} - 1 ELSE {} - {} + {} END"
        wide = count.sql
        position = self.numbers.bind(sql(form, wide, wide, reached, wide, reached, works, wide))
        nth, to = self.relation.counter.next("w"), self.relation.counter.next("w")
        name = self.dialect.name(WORKING_DAYS)
        text = f"(SELECT nth AS {nth}, day AS {to} FROM {name})"
        self.relation.join(Join(lambda: text, sql(f"{{}} = {nth}", position)), (nth, to))
        found = self.relation.column(to)
        zero = sql("{} = 0", count.sql)
        value = sql("CASE WHEN {} IS NULL THEN NULL WHEN {} THEN {} ELSE {} END", reached, zero, day.sql, found)
        lost = sql("({} IS NULL OR ({} <> 0 AND {} IS NULL))", reached, count.sql, found)
        fault = first_of(faults(day, count), fault_where(both(lost, present(day, count)), FaultCode.CALENDAR))
        return Term(DATE, Whole(value, FIRST, LAST), fault=fault, nullable=True)

    def _on_calendar(self, day: Term) -> tuple[Sql, Sql]:
        """How many working days there are up to the day, and whether it is one; NULL in a year without calendar."""
        key = day.sql.text
        if key not in self._reached:
            on, reached, works = (self.relation.counter.next("w") for _ in range(3))
            text = f"(SELECT day AS {on}, reached AS {reached}, works AS {works} FROM {self.dialect.name(CALENDAR)})"
            self.relation.join(
                Join(lambda: text, sql(f"{{}} = {on}", self.numbers.bind(day.sql))), (on, reached, works)
            )
            self._reached[key] = (self.relation.column(reached), self.relation.column(works))
        return self._reached[key]
