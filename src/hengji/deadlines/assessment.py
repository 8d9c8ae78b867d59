"""How a term was kept: days used, the day on which it ends, days late."""

from __future__ import annotations

from datetime import date

from hengji.deadlines.terms import add_days, add_months, add_working_days, working_days_between
from hengji.model.deadline import Deadline, TermBound, TermUnit
from hengji.model.record import record


@record
class Assessment:
    """时限执行情况: ``until`` is the day up to which ``used`` counts, the day of doing or else the cut-off.

    ``used`` and ``late`` count working days where the term is in working days, else calendar days. ``late`` of a
    term that must last (不少于) is by how many days it ended too early; while it lasts, 0.
    """

    due: date
    until: date
    used: int
    late: int


def due_day(start: date, limit: int, unit: TermUnit) -> date:
    """届满日: the last day of a term; the day it starts on does not count. Raises UnknownYearError."""
    match unit:
        case TermUnit.WORKING_DAYS:
            return add_working_days(start, limit)
        case TermUnit.DAYS:
            return add_days(start, limit)
        case TermUnit.MONTHS:
            return add_months(start, limit)


def days_between(start: date, end: date, unit: TermUnit) -> int:
    """Days after ``start`` up to ``end``: working days for a term in working days, else calendar days.

    Raises UnknownYearError.
    """
    if unit is TermUnit.WORKING_DAYS:
        return working_days_between(start, end)
    return (end - start).days


def assess(deadline: Deadline, cutoff: date | None) -> Assessment | None:
    """Judge a term by its day of doing, or by ``cutoff`` where it was not done; None when there is neither, or the
    cut-off is before the start. Raises UnknownYearError.
    """
    until = deadline.done or cutoff
    if until is None or until < deadline.start:
        return None
    due = due_day(deadline.start, deadline.limit, deadline.unit)
    if deadline.bound is TermBound.AT_MOST:
        late = days_between(due, until, deadline.unit)
    else:
        late = days_between(until, due, deadline.unit) if deadline.done else 0
    return Assessment(due, until, days_between(deadline.start, until, deadline.unit), max(0, late))
