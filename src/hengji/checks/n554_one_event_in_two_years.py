"""同一件事写了两个年份。

## 查什么
写到月日的两处文字，月日相同、所涉金额也相同，年份是否相同。年份没有写出的，取同一段中前面写出的年份。

## 为什么
年份抄错一位，时限、逾期和预算年度就全错了；正文与底稿互抄时最容易带错。

## 怎么改
对照凭证改正写错的一处；确是两年两笔的，写明区别。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.dates import Grain
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage

CODE = "n554"
_AMOUNT = pattern(r"\d+(?:,\d{3})*(?:\.\d+)?(?:万元|亿元|元)")
_HAN = pattern(rf"{HAN}{{2,}}")
_CLOSINGS = {(1, 1), (12, 31)}
_LARGE = ("万元", "亿元")
"""A second amount in yuan is a standard, which is the same every year."""
_REACH = 90


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Payments of the same amount on the same day of two years; each pair of years once, with all its places."""
    known: dict[tuple[int, int, str], dict[date, list[_Event]]] = {}
    for passage in manuscript.dated:
        for event in _events(passage):
            years = known.setdefault((event.day.month, event.day.day, event.amount), {})
            years.setdefault(event.day, []).append(event)
    told: set[Span] = set()
    for first, *others in (list(years.values()) for years in known.values()):
        for events in others:
            event = events[0]
            other = next((each for each in first if each.words & event.words), None)
            places = [each.span for each in events if each.day_at not in told]
            if other is None or not places:
                continue
            told.update(each.day_at for each in events)
            day = f"{event.day.month}月{event.day.day}日"
            found = f"{event.day.year}年{day}的{event.amount}，另一处写作{other.day.year}年同日"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "同一笔资金只有一个日期",
                "对照凭证，改正写错的年份",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, places[0], other.span, *places[1:])


@record
class _Event:
    """An amount on a day, and the pairs of characters between the two that say who and what."""

    day: date
    day_at: Span
    amount: str
    span: Span
    words: frozenset[str]


def _events(passage: Passage) -> Iterator[_Event]:
    """Days with the amounts told of them: in the same sentence, before the next day and not far behind.

    The first and the last day of a year are those of budgets and closings: they come every year.
    """
    days = [dated for dated in passage.dates if dated.grain is Grain.DAY]
    for dated, following in zip(days, [*days[1:], None], strict=False):
        end = passage.sentence(dated.end)[1]
        end = min(end, dated.end + _REACH, following.start if following else end)
        if (dated.first.month, dated.first.day) in _CLOSINGS:
            continue
        for number, amount in enumerate(_AMOUNT.finditer(passage.text, dated.end, end)):
            if number and not amount[0].endswith(_LARGE):
                continue
            told = _HAN.findall(passage.text, dated.end, amount.start())
            words = frozenset(run[at : at + 2] for run in told for at in range(len(run) - 1))
            span = passage.span(dated.start, amount.end())
            yield _Event(dated.first, passage.span(dated.start, dated.end), amount[0], span, words)
