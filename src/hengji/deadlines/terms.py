"""Terms: working days by China's calendar (make-up days count), calendar days, months to the same day.

One rule for every term (民法典 art. 201): the day on which a term starts does not count, the next day is day 1.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, compress

from chinese_calendar.constants import holidays, workdays

from hengji.model.record import record

_SATURDAY = 5
_A_MONDAY = date(2024, 1, 1).toordinal()


class UnknownYearError(ValueError):
    """A year for which no holiday arrangement is at hand, or that no date can have. It is never guessed.

    ``year`` is that year; the text of the error is a Chinese clause that a finding can quote.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"工作日历没有{year}年的放假安排（已知{FIRST_YEAR}年至{LAST_YEAR}年）")


FIRST_YEAR = min(holidays).year
LAST_YEAR = max(holidays).year


@record
class _Calendar:
    """``days``: every working day in order; ``counts[i]``: how many there are in the first ``i`` days from ``first``."""

    first: date
    days: tuple[date, ...]
    counts: tuple[int, ...]

    def up_to(self, day: date) -> int:
        """How many working days there are from the first known day to ``day``, both included."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UnknownYearError(day.year)
        return self.counts[(day - self.first).days + 1]


@cache
def _calendar() -> _Calendar:
    first = date(FIRST_YEAR, 1, 1)
    made_up, off = ({day.toordinal() for day in days} for days in (workdays, holidays))
    every = range(first.toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)
    works = [day in made_up or ((day - _A_MONDAY) % 7 < _SATURDAY and day not in off) for day in every]
    days = tuple(map(date.fromordinal, compress(every, works)))
    return _Calendar(first, days, tuple(accumulate(works, initial=0)))


def is_working_day(day: date) -> bool:
    """Whether people work that day: make-up Saturdays yes, weekday holidays no. Raises UnknownYearError."""
    known = _calendar()
    return known.up_to(day) > known.counts[(day - known.first).days]


def working_days_between(start: date, end: date) -> int:
    """工作日数: working days after ``start`` up to and including ``end``; negative when ``end`` is earlier.

    2021-07-12 to 2021-08-06 is 19. Raises UnknownYearError.
    """
    known = _calendar()
    return known.up_to(end) - known.up_to(start)


def add_working_days(day: date, n: int) -> date:
    """加工作日: the ``n``-th working day after ``day`` (before it when ``n`` is negative); ``day`` itself for 0.

    Ten working days from 2021-07-12 end on 2021-07-26. Raises UnknownYearError, also when the end is beyond the calendar.
    """
    known = _calendar()
    reached = known.up_to(day)
    if n == 0:
        return day
    position = reached + n - 1 if n > 0 else bisect_left(known.days, day) + n
    if position < 0:
        raise UnknownYearError(FIRST_YEAR - 1)
    if position >= len(known.days):
        raise UnknownYearError(LAST_YEAR + 1)
    return known.days[position]


def add_days(day: date, n: int) -> date:
    """The ``n``-th calendar day after ``day``. Raises UnknownYearError when no date is that far away."""
    try:
        return day + timedelta(n)
    except OverflowError:
        raise UnknownYearError(day.year + n // 365) from None


def add_months(day: date, n: int) -> date:
    """加月: the same day ``n`` months on, or the last day of that month where it has no such day (民法典 art. 202).

    2020-07-16 and 3 months is 2020-10-16; 2021-01-31 and 1 month is 2021-02-28. Raises UnknownYearError when no date
    is that far away.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        raise UnknownYearError(year)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def whole_months_between(start: date, end: date) -> int:
    """满月数: the largest ``n`` for which ``add_months(start, n)`` is not after ``end``; from an earlier ``end``, negative.

    2021-01-15 to 2021-02-15 is 1, to 2021-02-14 it is 0; 2021-01-31 to 2021-02-28 is 1.
    """
    n = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return n if min(start.day, last) <= end.day else n - 1
