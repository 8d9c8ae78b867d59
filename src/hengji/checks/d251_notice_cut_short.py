"""公示期没有满就办了下一步。

## 查什么
写明公示日期和公示天数的，公示期届满之日与随后写明日期的审批、下达、拨付相比，下一步是否早于届满。公示当天不计入（民法典第二百零一条）；
写“天”“日”的按自然日，写“工作日”的按工作日历。公示之后还要上报、由上级审核，而届满第二天就有了结果的，提示核对。

## 为什么
公示未满就审批，公示就失去了意义，这也是专项检查必看的程序。

## 怎么改
核对公示和审批的日期；程序确有问题的，写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.dates import Dated, Grain, scan
from hengji.reading.limits import Limit, notices_in
from hengji.reading.manuscript import Manuscript, Passage

CODE = "d251"
_NEXT = pattern(r"审批|下发|下达|批复|拨付|支付|发放|签订|备案|确定|上报|提报|印发")
_HANDED_UP = pattern(r"提报|上报|报送|报(?:省|市|州|厅|上级)")
_EXAMINED = pattern(r"审核|审批|评审|复核|复审")
_FAR = 120
_STEP = 40
"""So far behind its day is named what was done on it."""
_SOON = 31


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Notices that had not run when the next step was taken; days without a year are of the year named last."""
    year = 0
    for passage in manuscript.timed:
        limits = tuple(notices_in(passage.text)) if "公示" in passage.text else ()
        days = [each for each in scan(passage.text, year)[0] if each.grain is Grain.DAY] if limits else []
        for limit in limits:
            begun = [each for each in days if limit.start - _FAR <= each.start < limit.start]
            then = next((each for each in days if limit.end <= each.start < limit.end + _FAR), None)
            if begun and then and _NEXT.search(passage.text, limit.end, then.end + _STEP):
                yield from _judge(reading, passage, limit, begun[-1], then)
        year = passage.dates[-1].first.year if passage.dates else year


def _judge(reading: Reading, passage: Passage, limit: Limit, begun: Dated, then: Dated) -> Iterator[Finding]:
    end = limit.ends(begun.first)
    days = (then.first - begun.first).days
    if end is None or not 0 <= days <= _SOON:
        return
    told = passage.text[limit.end : then.start]
    at_once = (then.first - end).days == 1 and _HANDED_UP.search(told) and _EXAMINED.search(told)
    if then.first > end and not at_once:
        return
    computation = f"{begun.first:%Y-%m-%d}起公示{limit}，到{end:%Y-%m-%d}届满；下一步在{then.first:%Y-%m-%d}"
    found = (
        f"公示{limit}届满的第二天，上报和上级审核就都办完了"
        if at_once
        else f"公示{limit}还没有满，{then.first.month}月{then.first.day}日已经办了下一步"
    )
    confidence = Confidence.LIKELY if then.first < end else Confidence.POSSIBLE
    severity = Severity.WARNING if then.first < end else Severity.NOTE
    fault = Fault(
        CODE,
        severity,
        found,
        f"在{end.month}月{end.day}日之后" + ("，留出审核的时间" if at_once else ""),
        "核对日期；确系未满的写入存在的问题",
        computation,
        confidence,
    )
    yield remark(
        reading,
        fault,
        passage.span(then.start, then.end),
        passage.span(begun.start, begun.end),
        passage.span(limit.start, limit.end),
    )
