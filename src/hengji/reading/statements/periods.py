"""Periods: how long it is from one date to the other: 2019年1月至2020年12月，共24个月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hengji.model.claim import Claim, Hedge, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import Mention, Passage

_PERIOD = pattern(
    r"(?P<ay>(?:19|20)\d{2})年(?:(?P<am>\d{1,2})月)?(?:(?P<ad>\d{1,2})日)?(?:起)?(?:[-—–~～]{1,2}|至|到)"
    r"(?:(?P<by>(?:19|20)\d{2})年|(?P<same>同年))?(?:(?P<bm>\d{1,2})月)?(?:(?P<bd>\d{1,2})日)?(?!\d|个|天|年度)"
)
_DATE = pattern(
    r"(?=\d)(?:(?:(?P<year>(?:19|20)\d{2})年)?(?<!\d)(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日"
    r"|(?<!\d)(?P<iso>20\d{2})[-./](?P<isomonth>1[0-2]|0?[1-9])[-./](?P<isoday>3[01]|[12]\d|0?[1-9])(?!\d))"
)
_YEAR = pattern(r"(?<!\d)((?:19|20)\d\d)年")
_LATE = pattern(
    "(?<!每)(?:逾期|延期|延迟|延后|推迟|滞后|拖延|超期|超出(?:合同|计划|规定)?(?:工期|期限|时间)|晚|迟|提前|历时|为期|共计?|耗时|用时|工期|周期)(?:了|达|共|为|完工|完成|竣工)*$"
)
_DUE = pattern(r"(?:应|计划|合同|约定|要求|规定|批复)[^,。;]{0,8}$")
"""Words before the date by which something is due: what is late is so from then on, whenever it began."""

_OVERDUE, _TOOK = pattern("逾期|延|推迟|滞后|超|晚|迟|提前"), pattern("历时|耗时|用时")
_FROM_ELSEWHERE = pattern("年|月|比|从|距|起|:")
"""Words between dates and a length that tell of another date."""

_BOTH = 2
_NO_LEAP = 2023
_LONGEST_GAP = 14
_MONTHS = 12
_DAYS = 31
_DAY = timedelta(days=1)


@record
class _Point:
    """时间点: a date as it was written, to the year, the month or the day."""

    year: int
    month: int | None
    day: int | None

    def __str__(self) -> str:
        return "".join(
            f"{part}{sign}" for part, sign in ((self.year, "年"), (self.month, "月"), (self.day, "日")) if part
        )

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
    """The length of every period of two dates that is told right after it, and how late one of two dates is after the other."""
    yield from _apart(passage)
    for match in _PERIOD.finditer(passage.text):
        period = _period(match)
        if period is None:
            continue
        yield from _length(passage, period)


def _apart(passage: Passage) -> Iterator[Claim]:
    """How far two dates of a sentence are apart, in days or months: 合同工期至2023年10月31日,实际于2023年12月20日完工,逾期50天."""
    dates = [(match.start(), match.end(), point) for match, point in _dates(passage.text)]
    if len(dates) < _BOTH:
        return
    for number, mention in enumerate(passage.mentions):
        told = mention.unit.kind in {"日", "月"} and not mention.unit.per and mention.quantity.hedge is Hedge.NONE
        if not told or not _LATE.search(mention.before):
            continue
        begin = passage.text.rfind("。", 0, mention.token.start) + 1
        near = [each for each in dates if begin <= each[0] and each[1] <= mention.token.start]
        if len(near) >= _BOTH and _DUE.search(passage.text, begin, near[-2][0]):
            if _TOOK.search(mention.before):
                continue
            near = near[-2:] if _OVERDUE.search(mention.before) else near
        earlier = passage.mentions[number - 1] if number else mention
        if len(near) != _BOTH or near[0][1] <= earlier.token.start < mention.token.start:
            continue
        if _FROM_ELSEWHERE.search(passage.text, near[-1][1], mention.token.start):
            continue
        (start, _, first), (_, _, last) = near
        late, early = sorted((first, last), key=lambda each: (each.year, each.month or 0, each.day or 0), reverse=True)
        lengths = _lengths(_Period(early, late, 0, 0), mention)
        if not lengths or early == late:
            continue
        in_one_year = _lengths(_Period(replace(first, year=last.year), last, 0, 0), mention)
        could_be = lengths if _YEAR.match(passage.text, start) else [*lengths, *in_one_year]
        held = any(mention.quantity.low <= each <= mention.quantity.high for each in could_be)
        usual = lengths[0] if _OVERDUE.search(mention.before) else lengths[-1]
        expected = f"{usual}{mention.quantity.unit}"
        yield Claim(
            Relation.PERIOD,
            passage.span(start, mention.token.end),
            (mention.quantity,),
            Verdict.HELD if held else Verdict.CONTRADICTED,
            f"{early}至{late} = {expected}",
            "" if held else expected,
            "时间跨度",
            Confidence.LIKELY,
        )


def _dates(text: str) -> Iterator[tuple[re.Match[str], _Point]]:
    """The dates to the day of a text; one without a year is of the year named before, or of one that no leap day is in."""
    year, at = _NO_LEAP, 0
    for match in _DATE.finditer(text):
        for named in _YEAR.finditer(text, at, match.start()):
            year = int(named[1])
        year, at = int(match["year"] or match["iso"] or year), match.end()
        month, day = (match["month"], match["day"]) if match["month"] else (match["isomonth"], match["isoday"])
        yield match, _Point(year, int(month), int(day))


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
    r"(?:,|共计?|历时|为期|合计|总工期|工期|周期|实施期|建设期|服务期|期限|约|为|总计|一共|持续|实施周期|项目周期)*"
)


def _lengths(period: _Period, stated: Mention) -> list[int]:
    """The lengths that a period can be said to have: first how far its ends are apart, last how long it is with the last day, month or
    year in it; none where it is not told finely enough."""
    first, last = period.first, period.last
    begin, end = first.day_of(), last.day_of()
    if stated.unit.measure is Measure.DAYS and stated.unit.kind == "日":
        return [] if begin is None or end is None else [(end - begin).days, (end - begin).days + 1]
    if stated.unit.kind == "月" and first.month is not None and last.month is not None:
        whole = (last.year - first.year) * _MONTHS + last.month - first.month
        if begin is not None and end is not None:
            return [_months(begin, end), whole - 1, whole, whole + 1, _months(begin, end + _DAY)]
        return [whole, whole - 1, whole + 1] if first.day or last.day else [whole, whole + 1]
    if stated.unit.kind == "年":
        whole = last.year - first.year
        return [whole, whole + 1]
    return []


def _months(begin: date, end: date) -> int:
    """How many months are over from one day to another."""
    return (end.year - begin.year) * _MONTHS + end.month - begin.month - (end.day < begin.day)
