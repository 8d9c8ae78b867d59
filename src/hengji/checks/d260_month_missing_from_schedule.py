"""进度表中间空了一个月。

## 查什么
评价工作进度表中，各步骤的起止日期一步接一步，只有一处隔了差不多整月的（如4月19日之后接5月20日）。

## 为什么
多半是月份抄错；进度不连，评价时间就不可信。

## 怎么改
核对这一步的月份；确实停了一个月的，写明原因。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.dates import Grain
from hengji.reading.manuscript import Kind, Manuscript

CODE = "d260"
_FEWEST = 4
_BOTH_ENDS = 2
_NEXT = range(3)
_MONTH = range(28, 34)
_PAGE_BREAK = 3
"""So many parts further on, a table still goes on behind a page break."""


@record
class _Step:
    first: date
    last: date
    span: Span
    part: int


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Schedules whose steps follow day upon day but for one gap of about a month."""
    schedules: list[list[_Step]] = []
    for passage in manuscript.dated:
        days = passage.dates if passage.kind is Kind.CELL and len(passage.dates) == _BOTH_ENDS else ()
        if days and days[0].grain is days[1].grain is Grain.DAY and days[0].first <= days[1].first:
            step = _Step(days[0].first, days[1].first, passage.span(days[0].start, days[1].end), passage.part)
            if not schedules or step.part - schedules[-1][-1].part > _PAGE_BREAK:
                schedules.append([])
            schedules[-1].append(step)
    for schedule in schedules:
        wide = [pair for pair in pairwise(schedule) if _apart(*pair) not in _NEXT]
        if len(schedule) < _FEWEST or len(wide) != 1 or _apart(*wide[0]) not in _MONTH:
            continue
        before, after = wide[0]
        ended, began = before.last, after.first
        found = f"上一步做到{ended.month}月{ended.day}日，这一步从{began.month}月{began.day}日起，隔了{_apart(*wide[0])}天，其余各步前后相接"
        fault = Fault(CODE, Severity.NOTE, found, "各步骤前后相接", "核对月份", confidence=Confidence.LIKELY)
        yield remark(reading, fault, after.span, before.span)


def _apart(before: _Step, after: _Step) -> int:
    return (after.first - before.last).days
