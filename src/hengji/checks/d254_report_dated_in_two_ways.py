"""报告日期前后不一，或早于评价工作。

## 查什么
封面与落款的年月是否相同；报告日期是否早于工作进度表或“评价时间”所写的最后一天，早于别处所写评价组现场核查、问卷调查、征求意见、专家评审的日期。

## 为什么
报告不能在评价做完之前写成；两个日期让人不知道哪一版是定稿。

## 怎么改
以定稿日期为准，统一封面、落款和进度表。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage, Role
from hengji.reading.occasions import Issue, issues
from hengji.reading.steps import steps_of

CODE = "d254"
_OWN_WORK = frozenset({"现场核查", "问卷调查", "征求意见", "专家评审"})
_FRONT = 500
"""A cover stands among the first characters; a date farther on is that of a letter within."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Another date than on the cover, and work after the report."""
    issued = issues(manuscript)
    if not issued:
        return
    cover, signed = issued[0], issued[-1]
    if cover.span.start < max(_FRONT, len(reading.text) // 4) and not _meet(cover.dated, signed.dated):
        found = f"封面日期为{_month(cover.dated)}，落款日期为{_month(signed.dated)}"
        fault = Fault(CODE, Severity.WARNING, found, "两处一致", "以定稿日期为准统一", confidence=Confidence.LIKELY)
        yield remark(reading, fault, signed.span, cover.span)
    last = _last_work(manuscript)
    if last is None or all(issue.dated.last >= last[1].first for issue in issued):
        yield from _later(reading, manuscript, max(issued, key=lambda issue: issue.dated.last))
    early = [issue for issue in issued if last is not None and issue.dated.last < last[1].first]
    if last is not None and early:
        found = f"报告日期为{_month(early[0].dated)}，而评价工作做到{_day(last[1])}"
        fault = Fault(
            CODE,
            Severity.WARNING,
            found,
            "报告日期不早于评价工作结束",
            "核对报告日期和进度",
            confidence=Confidence.LIKELY,
        )
        papers = _early_papers(manuscript, last[1])
        yield remark(reading, fault, early[0].span, last[0].span(last[1].start, last[1].end), *papers)


def _later(reading: Reading, manuscript: Manuscript, issue: Issue) -> Iterator[Finding]:
    """Steps of the evaluation, told in other chapters, that are later than the report; not what is advised."""
    for step in steps_of(reading, manuscript):
        told = step.kind in _OWN_WORK and step.sure and step.role is not Role.ADVICE
        if told and (step.dated.full or step.in_table) and step.dated.first > issue.dated.last:
            found = f"报告日期为{_month(issue.dated)}，而{step.kind}在{_month(step.dated)}"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "报告日期不早于评价工作结束",
                "核对这个日期和报告日期",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, step.span, issue.span)


def _last_work(manuscript: Manuscript) -> tuple[Passage, Dated] | None:
    """The latest day that the chapters on the evaluation's own work name."""
    days = [
        (passage, dated)
        for passage in manuscript.dated
        if passage.role is Role.WORK
        for dated in passage.dates
        if dated.grain is Grain.DAY and dated.full
    ]
    return max(days, key=lambda each: each[1].first, default=None)


def _early_papers(manuscript: Manuscript, last: Dated) -> list[Span]:
    """The date of the first working paper that was written before the work was done; empty without one."""
    dated = (
        passage.span(each.start, each.end)
        for passage in manuscript.dated
        if passage.role is Role.ANNEX and passage.text.startswith("评价时间")
        for each in passage.dates[:1]
        if each.last < last.first
    )
    return list(islice(dated, 1))


def _meet(one: Dated, other: Dated) -> bool:
    return (one.first <= other.last and other.first <= one.last) or _month(one) == _month(other)


def _month(dated: Dated) -> str:
    return f"{dated.first.year}年{dated.first.month}月"


def _day(dated: Dated) -> str:
    return f"{_month(dated)}{dated.first.day}日"
