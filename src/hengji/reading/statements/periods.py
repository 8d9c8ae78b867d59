"""Periods: how long it is from one date to the other: 2019年1月至2020年12月，共24个月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hengji.model.claim import Claim, Hedge, Measure, Relation, Verdict
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage

_PERIOD = pattern(
    r"(?P<ay>(?:19|20)\d{2})年(?:(?P<am>\d{1,2})月)?(?:(?P<ad>\d{1,2})日)?(?:起)?(?:[-—–~～]{1,2}|至|到)"
    r"(?:(?P<by>(?:19|20)\d{2})年|(?P<same>同年))?(?:(?P<bm>\d{1,2})月)?(?:(?P<bd>\d{1,2})日)?(?!\d|个|天|年度)"
)
_LONGEST_GAP = 14
_MONTHS = 12
_DAYS = 31


@record
class _Point:
    """时间点: a date as it was written, to the year, the month or the day."""

    year: int
    month: int | None
    day: int | None

    def day_of(self) -> date | None:
        """The date; None where it is not to the day, or there is no such day."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@record
class _Period:
    """时段: first and last point, and where it stands."""

    first: _Point
    last: _Point
    start: int
    end: int


def periods(passage: Passage) -> Iterator[Claim]:
    """The length of every period of two dates that is told right after it."""
    for match in _PERIOD.finditer(passage.text):
        period = _period(match)
        if period is None:
            continue
        yield from _length(passage, period)


def _period(match: re.Match[str]) -> _Period | None:
    """The period of a match; what the last date leaves out is as in the first."""
    if not (match["by"] or match["bm"] or match["bd"]):
        return None
    first = _Point(int(match["ay"]), _number(match["am"]), _number(match["ad"]))
    year = int(match["by"] or match["ay"])
    month = _number(match["bm"]) or (first.month if match["bd"] and not match["by"] else None)
    last = _Point(year, month, _number(match["bd"]))
    for point in (first, last):
        if not 1 <= (point.month or 1) <= _MONTHS or not 1 <= (point.day or 1) <= _DAYS:
            return None
    return _Period(first, last, *match.span())


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _length(passage: Passage, period: _Period) -> Iterator[Claim]:
    """That the months, years or days told right after a period are its length, whether or not both ends count."""
    stated = next((each for each in passage.mentions if each.token.start >= period.end), None)
    if stated is None or stated.quantity.hedge is not Hedge.NONE or stated.unit.per:
        return
    between = passage.text[period.end : stated.token.start].strip("(,的日底止期间")
    if stated.token.start - period.end > _LONGEST_GAP or not _SPAN.fullmatch(between):
        return
    lengths = _lengths(period, stated)
    if not lengths:
        return
    held = any(stated.quantity.low <= each <= stated.quantity.high for each in lengths)
    verdict = Verdict.HELD if held else Verdict.CONTRADICTED
    expected = f"{lengths[-1]}{stated.quantity.unit}"
    words = passage.text[period.start : period.end]
    sum_ = f"{words} = {expected}"
    span = passage.span(period.start, stated.token.end)
    yield Claim(Relation.PERIOD, span, (stated.quantity,), verdict, sum_, "" if held else expected, "时间跨度")


_SPAN = pattern(
    r"(?:,|共|共计|历时|为期|合计|总工期|工期|周期|实施期|建设期|服务期|期限|约|为|总计|一共|持续|实施周期|项目周期)*"
)


def _lengths(period: _Period, stated: Mention) -> list[int]:
    """The lengths that a period can be said to have, the usual one last; none where it is not told finely enough."""
    first, last = period.first, period.last
    if stated.unit.measure is Measure.DAYS and stated.unit.kind == "日":
        begin, end = first.day_of(), last.day_of()
        return [] if begin is None or end is None else [(end - begin).days, (end - begin).days + 1]
    if stated.unit.kind == "月" and first.month is not None and last.month is not None:
        whole = (last.year - first.year) * _MONTHS + last.month - first.month
        return [whole - 1, whole, whole + 1] if first.day else [whole, whole + 1]
    if stated.unit.kind == "年":
        whole = last.year - first.year
        return [whole, whole + 1]
    return []
