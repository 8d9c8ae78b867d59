"""Terms as a text states them: 自受理之日起10个工作日内, 三个月内, 公示期5天; and the day on which they end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hengji.deadlines.terms import UnknownYearError, add_days, add_months, add_working_days
from hengji.model.deadline import TermUnit
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.numerals import whole_number


@record
class Limit:
    """文中的期限: folded characters ``start`` up to ``end``, and how long it is."""

    start: int
    end: int
    count: int
    unit: TermUnit

    def ends(self, day: date) -> date | None:
        """The last day of the term that starts on a day; None where the calendar does not know the year."""
        try:
            match self.unit:
                case TermUnit.WORKING_DAYS:
                    return add_working_days(day, self.count)
                case TermUnit.MONTHS:
                    return add_months(day, self.count)
                case TermUnit.DAYS:
                    return add_days(day, self.count)
        except UnknownYearError:
            return None

    def __str__(self) -> str:
        return f"{self.count}{'个' if self.unit is TermUnit.WORKING_DAYS else ''}{self.unit.value if self.unit is not TermUnit.DAYS else '天'}"


_NUMBER = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>个?工作日|个月|月|日|天)"
_WITHIN = pattern(rf"{_NUMBER}{_UNIT}(?:之|以)?内")
_NOTICE = pattern(
    rf"(?:公示(?:期|时间|期限)?(?:为|不少于)?(?:期)?|为期|进行了?(?:为期)?){_NUMBER}{_UNIT}(?:以上)?(?:的?公示)?"
)


def limits_in(text: str) -> Iterator[Limit]:
    """The terms within which something must be done."""
    for match in _WITHIN.finditer(text):
        if limit := _limit(match):
            yield limit


def notices_in(text: str) -> Iterator[Limit]:
    """How long public notices are said to last."""
    for match in _NOTICE.finditer(text):
        if "公示" in text[max(0, match.start() - 30) : match.end() + 3] and (limit := _limit(match)):
            yield limit


def _limit(match: re.Match[str]) -> Limit | None:
    count = whole_number(match["count"])
    unit = match["unit"]
    if unit == "月" or not count:
        return None
    kind = TermUnit.WORKING_DAYS if "工作日" in unit else TermUnit.MONTHS if "月" in unit else TermUnit.DAYS
    return Limit(match.start(), match.end(), count, kind)
