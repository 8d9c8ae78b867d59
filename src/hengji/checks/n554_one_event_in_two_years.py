"""同一件事写了两个年份。

## 查什么
写到月日的两处文字，月日相同、所涉金额也相同，年份是否相同。年份没有写出的，取同一段中前面写出的年份。

## 为什么
年份抄错一位，时限、逾期和预算年度就全错了；正文与底稿互抄时最容易带错。

## 怎么改
对照凭证改正写错的一处；确是两年两笔的，写明区别。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Grain
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "n554"
_AMOUNT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:万元|亿元|元)")
_REACH = 90


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Payments of the same amount on the same day of two years; each pair of years once."""
    known: dict[tuple[int, int, str], list[tuple[date, Span]]] = {}
    for passage in manuscript.of(Kind.PROSE, Kind.CELL):
        for day, start, end, amount in _events(passage):
            span = passage.span(start, end)
            before = known.setdefault((day.month, day.day, amount), [])
            other = next((each for each in before if each[0].year != day.year), None)
            if other is not None and all(day.year != each[0].year for each in before):
                found = f"{day.year}年{day.month}月{day.day}日的{amount}，另一处写作{other[0].year}年同日"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "同一笔资金只有一个日期",
                    "对照凭证，改正写错的年份",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, span, other[1])
            before.append((day, span))


def _events(passage: Passage) -> Iterator[tuple[date, int, int, str]]:
    """Days with an amount that is told of them: in the same sentence, before the next day and not far behind."""
    days = [dated for dated in passage.dates if dated.grain is Grain.DAY]
    for dated, following in zip(days, [*days[1:], None], strict=False):
        end = passage.sentence(dated.end)[1]
        end = min(end, dated.end + _REACH, following.start if following else end)
        if amount := _AMOUNT.search(passage.text, dated.end, end):
            yield dated.first, dated.start, amount.end(), amount[0]
