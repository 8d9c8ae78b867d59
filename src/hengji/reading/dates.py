"""Dates as reports write them: 2021年8月26日, 2021.8.26, 二〇二二年十二月, and the 12月17日 that follows a year.

A date is the days that it can be: a month is all its days. A day without a year takes the year last named before it in the same
passage; without one it is no date. Dates that cannot be are told apart.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import IntEnum

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.numerals import numeral


class Grain(IntEnum):
    """日期精度."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@record
class Dated:
    """文中的日期: folded characters ``start`` up to ``end``; the days it can be; ``full`` says whether its year is printed with it."""

    start: int
    end: int
    first: date
    last: date
    grain: Grain
    full: bool = True


@record
class Impossible:
    """不可能的日期: and why."""

    start: int
    end: int
    why: str


_HAN = "[〇零○Oo一二三四五六七八九]"
_OF_MONTH = "(?:日|号(?!记账|会计|凭证|传票|单据))"
"""What makes a number a day; a voucher bears the month and a number of its own (3月45号凭证)."""
_DATE = pattern(
    r"(?=[\d二一次翌当同])(?:(?<![\d.])(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬)?(?:(?P<day>\d{1,2})"
    + _OF_MONTH
    + r")?|(?P<edge>底|末|年底|年末|初|年初|度)?)"
    r"|(?<![\d.])(?P<dyear>(?:19|20)\d\d)(?P<sep>[./-])(?P<dmonth>\d{1,2})(?P=sep)(?P<dday>\d{1,2})(?![\d.])"
    rf"|(?P<hyear>[二一][〇零○Oo九]{_HAN}{{2}})年(?:(?P<hmonth>[一二三四五六七八九十]{{1,2}})月(?:(?P<hday>[一二三四五六七八九十]{{1,3}})[日号])?)?"
    r"|(?P<next>次年|翌年)?(?<!\d)(?P<bmonth>\d{1,2})月(?:(?P<bday>\d{1,2})"
    + _OF_MONTH
    + r"|份|底|初|末|[上中下]旬)|[当同]月(?P<sday>\d{1,2})日)"
)
"""Most places are passed over by the first sign alone."""
DATE_HINT = pattern(r"[年月]|\d[./-]\d")
"""What has none of these names no date."""
_SLIP = pattern(r"(?=\d)(?<!\d)\d{1,2}月(?P<second>\d{1,2})月(?!\d)")
_WEEKDAY = pattern(r"\(?(?:星期|周)(?P<day>[一二三四五六日天])")
_WEEK = "一二三四五六日"
_CODE = pattern(r"[-/A-Za-z]\d")
_MONTHS = 12
_LONGEST = 31
"""What bears a 号 beyond it is no day at all: books of vouchers count on (1月49号)."""
_LEAP_YEAR = 2000
"""Stands for a year that is not known: every day that some year has is possible."""


def scan(text: str, year: int = 0) -> tuple[tuple[Dated, ...], tuple[Impossible, ...]]:
    """The dates of a folded passage, in order, and those that the calendar does not have; ``year`` is that of days before any year is named.

    These are a 13th month, a 30 February, a month where a day belongs, and a wrong weekday.
    """
    if not DATE_HINT.search(text):
        return (), ()
    found: list[Dated] = []
    wrong: list[Impossible] = []
    for match in _DATE.finditer(text):
        parts, year = _parts(match, year) if not match["sday"] else (_of_same_month(match, found), year)
        if (dated := _dated(match, parts)) is not None:
            found.append(dated)
        if (why := _why_not(text, match, parts)) is not None:
            wrong.append(why)
    wrong.extend(
        Impossible(match.start(), match.end(), f"“{match['second']}月”不是月份，此处应是日")
        for match in _SLIP.finditer(text)
        if int(match["second"]) > _MONTHS
    )
    return tuple(found), tuple(wrong)


def _parts(match: re.Match[str], year: int) -> tuple[tuple[int, int, int], int]:
    """Year, month and day, 0 where there is none, and the year that later days take."""
    if match["year"]:
        parts = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    elif match["dyear"]:
        parts = int(match["dyear"]), int(match["dmonth"]), int(match["dday"])
    elif match["hyear"]:
        parts = _han_year(match["hyear"]), _han(match["hmonth"]), _han(match["hday"])
    else:
        own = year + 1 if year and match["next"] else year
        return (own, int(match["bmonth"]), int(match["bday"] or 0)), own
    return parts, parts[0]


def _of_same_month(match: re.Match[str], before: list[Dated]) -> tuple[int, int, int]:
    """The day of the month last named (当月28日); none where no month was named."""
    last = before[-1] if before and before[-1].grain is not Grain.YEAR else None
    return (last.first.year, last.first.month, int(match["sday"])) if last else (0, 0, 0)


def _han(text: str | None) -> int:
    value = numeral(text) if text else None
    return 0 if value is None else int(value)


def _han_year(text: str) -> int:
    return int("".join(str("〇一二三四五六七八九".find(sign) if sign not in "零○Oo" else 0) for sign in text))


def _dated(match: re.Match[str], parts: tuple[int, int, int]) -> Dated | None:
    year, month, day = parts
    if not date.min.year <= year <= date.max.year or month > _MONTHS or (month == 0 and day):
        return None
    if month == 0:
        return Dated(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31), Grain.YEAR)
    length = calendar.monthrange(year, month)[1]
    if day > length or (match["bmonth"] and month == 0):
        return None
    full = not match["bmonth"] and not match["sday"]
    if day:
        only = date(year, month, day)
        return Dated(match.start(), match.end(), only, only, Grain.DAY, full)
    return Dated(match.start(), match.end(), date(year, month, 1), date(year, month, length), Grain.MONTH, full)


def _why_not(text: str, match: re.Match[str], parts: tuple[int, int, int]) -> Impossible | None:
    """Why the calendar does not have what is printed; None where it may, or where it is part of some code (2021-13-05-001)."""
    year, month, day = parts
    if match["dyear"] and (_CODE.match(text, match.end()) or _CODE.match(text, max(0, match.start() - 1))):
        return None
    if not (match["month"] or match["dmonth"] or match["hmonth"] or match["bmonth"]):
        return None
    if not 1 <= month <= _MONTHS:
        return Impossible(match.start(), match.end(), f"一年没有{month}月")
    length = calendar.monthrange(year or _LEAP_YEAR, month)[1]
    has_day = bool(match["day"] or match["dday"] or match["hday"] or match["bday"])
    if has_day and not 1 <= day <= length and not (day > _LONGEST and text[match.end() - 1] == "号"):
        return Impossible(match.start(), match.end(), f"{f'{year}年' if year else ''}{month}月只有{length}天")
    if day and not match["bmonth"] and (said := _WEEKDAY.match(text, match.end())):
        true = _WEEK[date(year, month, day).weekday()]
        if said["day"].replace("天", "日") != true:
            return Impossible(match.start(), said.end(), f"{year}年{month}月{day}日是星期{true}")
    return None
