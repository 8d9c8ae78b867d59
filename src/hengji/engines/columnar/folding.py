"""Aggregate functions over the rows of a group, with the faults that the reference engine finds in the same order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hengji.engines.columnar.lowering import Lowerer
from hengji.engines.columnar.sql import FALSE, TRUE, Sql, both, first_of, literal, options, sql
from hengji.engines.columnar.term import Term, fault_where
from hengji.engines.columnar.whole import NARROW, RefusedError, Whole
from hengji.engines.fault_codes import FaultCode
from hengji.model.money import LARGEST
from hengji.model.record import record
from hengji.policies.nodes import Aggregate, Gathering
from hengji.policies.printing import show


@record
class Parts:
    """What is gathered: the value, its condition, the place of a row, and how many rows there can be at most.

    Rows that are alike are one row with a ``weight`` and have no place. The place is only asked for where it is needed.
    """

    of: Term | None
    when: Term | None
    number: Callable[[], Sql] | None
    rows: int
    weight: Whole | None = None


class Fold:
    """The aggregate functions over the rows of a group: ``columns`` are value, size and, where there can be one, fault."""

    def __init__(self, node: Aggregate, rows: Lowerer, parts: Parts, keys: Sequence[Sql]) -> None:
        self.node = node
        self.rows = rows
        self.parts = parts
        self.keys = keys
        self.columns = {"size": "count(*)"}
        self.low = self.high = 0
        self.nullable = False
        self.bottom: Whole | None = None
        self.running: tuple[str, Sql] | None = None
        self.uses = frozenset[str]().union(*(part.uses for part in keys))
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
        whole = sql(form, *parts)
        return whole if chosen == TRUE else sql("{} FILTER (WHERE {})", whole, chosen)

    def _faults(self) -> list[Sql]:
        """The first fault of the conditions, then the first of the values, in the order of the rows."""
        when, of = self.parts.when, self.parts.of
        found = []
        if when is not None and when.fault is not None:
            found.append(self._first(when.fault))
        if of is not None and of.fault is not None:
            found.append(self._filtered("{}", self._first(of.fault)))
        return found

    def _first(self, fault: Sql) -> Sql:
        """The fault of the first row that has one. Of rows that are alike none is the first: they may have one kind of fault."""
        number = self.parts.number
        if number is not None:
            return sql(self.rows.dialect.first_by, fault, number())
        if len(options(fault)) > 1:
            raise RefusedError(f"「{show(self.node)}」：同组的行算不出的原因不止一种，要按行的先后取第一种")
        return sql("min({})", fault)

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
        times = of.value if weight is None else wholes.multiply(of.value, weight)
        total = self._filtered(self._added(low, high), times.sql)
        raw = wholes.made("coalesce({}, 0)", (Whole(total, low, high),), low, high)
        self.bottom, self.nullable = of.bottom, of.nullable
        given = sql("{} = 0", blank) if blank is not None else TRUE
        fault = None
        if max(-low, high) > limit:
            size = self._size(of, low, high, raw)
            fault = fault_where(both(given, sql("{} > {}", size, wholes.literal(limit).sql)), FaultCode.OVERFLOW)
            given = both(given, sql("{} <= {}", size, wholes.literal(limit).sql))
        value = raw if given == TRUE else wholes.within(raw, given, -limit, limit)
        narrow = sql(self.rows.dialect.whole, value.sql) if value.reach < NARROW + 1 else value.sql
        self._value(narrow, value.low, value.high)
        return fault

    def _added(self, low: int, high: int) -> str:
        """The form of a sum between these bounds."""
        return "sum({})" if max(-low, high) <= NARROW else self.rows.dialect.sum_wide

    def _size(self, of: Term, low: int, high: int, total: Whole) -> Sql:
        """The farthest that the total goes from 0."""
        if low >= 0 or high <= 0:
            return sql("abs({})", total.sql)
        if self.parts.number is None:
            raise RefusedError(f"「{show(self.node)}」：正负相抵的合计要逐行累计")
        name = self.rows.counter.next("s")
        window = (
            self._added(low, high)
            + " OVER ("
            + ("PARTITION BY {} " if self.keys else "")
            + "ORDER BY {} ROWS UNBOUNDED PRECEDING)"
        )
        added = of.sql if self.parts.when is None else sql("CASE WHEN {} THEN {} END", self._chosen(), of.sql)
        keys = [Sql(", ".join(key.text for key in self.keys))] if self.keys else []
        self.running = (name, sql(window, added, *keys, self.parts.number()))
        return Sql(f"coalesce(max(abs({name})), 0)")
