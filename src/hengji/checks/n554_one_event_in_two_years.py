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
_REACH = 90


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Payments of the same amount on the same day of two years; each pair of years once."""
    known: dict[tuple[int, int, str], list[_Event]] = {}
    for passage in manuscript.dated:
        for event in _events(passage):
            before = known.setdefault((event.day.month, event.day.day, event.amount), [])
            if any(event.day == each.day for each in before):
                continue
            other = next((each for each in before if each.words & event.words), None)
            if other is not None:
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
                yield remark(reading, fault, event.span, other.span)
            before.append(event)


@record
class _Event:
    """An amount on a day, and the pairs of characters between the two that say who and what."""

    day: date
    amount: str
    span: Span
    words: frozenset[str]


def _events(passage: Passage) -> Iterator[_Event]:
    """Days with an amount that is told of them: in the same sentence, before the next day and not far behind.

    The first and the last day of a year are those of budgets and closings: they come every year.
    """
    days = [dated for dated in passage.dates if dated.grain is Grain.DAY]
    for dated, following in zip(days, [*days[1:], None], strict=False):
        end = passage.sentence(dated.end)[1]
        end = min(end, dated.end + _REACH, following.start if following else end)
        amount = _AMOUNT.search(passage.text, dated.end, end)
        if amount is None or (dated.first.month, dated.first.day) in _CLOSINGS:
            continue
        told = _HAN.findall(passage.text, dated.end, amount.start())
        words = frozenset(run[at : at + 2] for run in told for at in range(len(run) - 1))
        yield _Event(dated.first, amount[0], passage.span(dated.start, amount.end()), words)
