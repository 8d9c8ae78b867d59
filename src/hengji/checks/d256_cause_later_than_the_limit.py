"""未拨付的原因发生在期限届满之后。

## 查什么
报告写明收到资金的日期和拨付期限（如“三个月内”）的，算出期限届满之日；说因某事没有拨付，而某事发生在届满之后的，指出。

## 为什么
期限内本应拨付，后来发生的事不能解释为什么没有拨；把逾期写成客观原因，问题和扣分都会漏掉。

## 怎么改
写明期限届满时为什么没有拨付；属于逾期的，写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.deadline import TermUnit
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.han import HAN
from hengji.reading.limits import limits_in
from hengji.reading.manuscript import Manuscript, Passage

CODE = "d256"
_RECEIVED = pattern(r"下达|下拨|收到|到位")
_PAY = pattern(r"拨付|支付|发放")
_CAUSE = pattern(
    rf"(?:因|由于)[^,。;]{{1,24}}(?:停{HAN}{{0,3}}|中断|暂缓|关闭|注销|终止|破产|撤销|未开工)|(?:停止运营|停业|关停)"
)
_UNPAID = pattern(r"(?:未|不予|没有|不再)(?:能)?(?:完成|拨付|支付|发放)|未拨")
_REACH = 40


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Causes of non-payment that came after the limit for paying had run."""
    limit = _payment_limit(manuscript)
    if limit is None:
        return
    end, places = limit
    said: set[str] = set()
    for passage in manuscript.dated:
        if not _UNPAID.search(passage.text):
            continue
        for dated in passage.dates:
            first, last = passage.sentence(dated.start)
            behind = passage.text[dated.end : min(last, dated.end + _REACH)]
            cause = _CAUSE.match(behind) or (_CAUSE.search(behind) if behind.startswith(("因", "由于")) else None)
            if (
                dated.grain is Grain.YEAR
                or dated.first <= end
                or cause is None
                or not _UNPAID.search(passage.text, first, last)
            ):
                continue
            if cause[0] in said:
                continue
            said.add(cause[0])
            found = f"说未拨付是{dated.first.year}年{dated.first.month}月“{cause[0]}”所致，而拨付期限到{end:%Y-%m-%d}已经届满"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "期限届满前就有的原因",
                "写明届满时未拨付的原因；属于逾期的写入存在的问题",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(dated.start, dated.end + cause.end()), *places)


def _payment_limit(manuscript: Manuscript) -> tuple[date, list[Span]] | None:
    """The day on which the time for paying ended, where exactly one follows from the text; each limit and the day it runs from."""
    ends: dict[date, list[Span]] = {}
    for passage in manuscript.dated:
        for limit in limits_in(passage.text):
            if limit.unit is TermUnit.WORKING_DAYS or not _PAY.search(passage.text, limit.end, limit.end + _REACH):
                continue
            begin = _begins(passage, limit.end)
            if begin is not None and (last := limit.ends(begin.first)) is not None:
                places = passage.span(limit.start, limit.end), passage.span(begin.start, begin.end)
                ends.setdefault(last, []).extend(places)
    return next(iter(ends.items())) if len(ends) == 1 else None


def _begins(passage: Passage, after: int) -> Dated | None:
    """The day on which the money arrived, told behind the rule."""
    for dated in passage.dates:
        if (
            dated.start > after
            and dated.grain is Grain.DAY
            and _RECEIVED.search(passage.text, dated.end, dated.end + _REACH)
        ):
            return dated
    return None
