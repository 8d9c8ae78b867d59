"""Stretches of time: a period that an evaluation covers, and the days at which the money is looked at."""

from __future__ import annotations

from datetime import date

from hengji.model.record import record


@record
class Period:
    """评价期间: from ``start`` to ``end``, both days included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@record
class CutOff:
    """截止日: a named day up to which ledger entries count (年末, 评价日)."""

    name: str
    date: date
