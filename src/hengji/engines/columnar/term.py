"""What a node becomes: a value in SQL, and why there may be none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hengji.engines.columnar.sql import FALSE, Sql, both, first_of, literal, options, sql
from hengji.engines.columnar.whole import Whole
from hengji.engines.fault_codes import FaultCode
from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import BOOL

Bind = Callable[[Sql], Sql]
ONE = Whole(literal("1"), 1, 1)


@record
class Term:
    """``value`` is NULL where something is not filled in; where ``fault`` is not NULL it means nothing.

    A number is ``value`` over ``bottom``, which is above 0. Dates have the bounds of their ordinals; words and 是否 have none.
    """

    kind: ColumnType
    value: Whole
    bottom: Whole = ONE
    fault: Sql | None = None
    nullable: bool = True

    @property
    def sql(self) -> Sql:
        return self.value.sql

    @property
    def parts(self) -> tuple[Sql, ...]:
        """All the expressions it is made of."""
        return tuple(part for part in (self.sql, self.bottom.sql, self.fault) if part is not None)


def truth(test: Sql, fault: Sql | None, *, nullable: bool) -> Term:
    """A term of 是否."""
    return Term(BOOL, Whole(test, 0, 1), fault=fault, nullable=nullable)


def present(*terms: Term) -> Sql:
    """All of them are filled in."""
    return both(*(sql("{} IS NOT NULL", term.sql) for term in terms if term.nullable))


def code(fault: FaultCode) -> int:
    """The number that stands for a fault in SQL."""
    return int(fault.value.removeprefix("P"))


def fault_where(test: Sql, fault: FaultCode) -> Sql | None:
    """The fault where the test holds."""
    return None if test == FALSE else sql(f"CASE WHEN {{}} THEN {code(fault)} END", test)


def held(term: Term, bind: Bind) -> Term:
    """The same term with its parts in columns, so that they may be written more than once."""
    return replace(
        term,
        value=replace(term.value, sql=bind(term.sql)),
        bottom=replace(term.bottom, sql=bind(term.bottom.sql)),
        fault=first_of(*(bind(option) for option in options(term.fault))),
    )


def faults(*terms: Term) -> Sql | None:
    """The fault of the first that has one."""
    return first_of(*(term.fault for term in terms))
