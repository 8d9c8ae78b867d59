"""“及时”“逾期”的说法与所写日期不符。

## 查什么
同一段中写明期限（如“自受理之日起10个工作日内”“三个月内”）、起算的日期和办结的日期的，按工作日历算出期限届满之日，看文中“及时”“按时”或
“逾期”“未在规定时间内”的说法是否成立；两样都没有说而已经逾期的，也指出。工作日历没有的年份不算。

## 为什么
是否逾期数得出来；说法与日期相反，评分就没有根据。

## 怎么改
数清工作日，改正说法；日期写错的，改正日期。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.dates import Dated, Grain
from hengji.reading.limits import Limit, limits_in
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "d250"
_BEGINS = pattern(r"受理|提交|提报|申请|收到|下达|下发|送达|报送|签订|验收合格|竣工")
_ENDS = pattern(r"完成|拨付|支付|发放|审核|审批|批复|办结|公示|出具|付清")
_LATE = pattern(
    r"不及时|未及时|未按时|逾期|超期|超过|延迟|滞后|未(?:按|在)[^,。;]{0,20}(?:期限|时间|工作日|日|月)内?|不符|违反|未能?在"
)
_KEPT = pattern(
    r"及时|按时|按期|如期|在规定(?:的)?(?:时间|期限)内|未超过|未逾期|符合(?:[^,。;]{0,8})(?:时限|期限|要求|规定)"
)
_NEGATED = pattern(r"(?:不|未|欠|不够)及时|未按时|未按期")
_REACH = 40


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Paragraphs with one term, the day it starts and the day on which the thing was done."""
    for passage in manuscript.dated:
        if passage.role is Role.ADVICE or "内" not in passage.text:
            continue
        limits = list(limits_in(passage.text))
        if len({(limit.count, limit.unit) for limit in limits}) != 1:
            continue
        pair = _begun_and_done(passage, limits[0])
        if pair is not None:
            yield from _judge(reading, passage, limits[0], pair)


def _begun_and_done(passage: Passage, limit: Limit) -> tuple[Dated, Dated] | None:
    """The day behind whose date something begins, and the next date behind which it is done; None unless they are plain."""
    days = [
        dated for dated in passage.dates if dated.grain is not Grain.YEAR and not limit.start <= dated.start < limit.end
    ]
    begun = [dated for dated in days if dated.grain is Grain.DAY and _BEGINS.search(_behind(passage, dated, days))]
    done = [
        dated
        for dated in days
        if begun and dated.start > begun[0].start and _ENDS.search(_around(passage, dated, days))
    ]
    return (begun[0], done[0]) if len(begun) == 1 and len(done) == 1 else None


def _behind(passage: Passage, dated: Dated, days: list[Dated]) -> str:
    following = next((other.start for other in days if other.start > dated.start), len(passage.text))
    return passage.text[dated.end : min(following, dated.end + _REACH)]


def _around(passage: Passage, dated: Dated, days: list[Dated]) -> str:
    before = max((other.end for other in days if other.end <= dated.start), default=0)
    return passage.text[max(before, dated.start - _REACH // 2) : dated.start] + _behind(passage, dated, days)


def _judge(reading: Reading, passage: Passage, limit: Limit, pair: tuple[Dated, Dated]) -> Iterator[Finding]:
    begun, done = pair
    end = limit.ends(begun.first)
    if end is None:
        return
    late, kept = bool(_LATE.search(passage.text)), bool(_KEPT.search(_NEGATED.sub("", passage.text)))
    computation = f"{_said(begun.first)}起{limit}，到{_said(end)}届满；办结于{_printed(done)}"
    if done.first > end and not late:
        said = "说是及时" if kept else "没有指出逾期"
        found = f"{computation}，已经逾期，文中{said}"
    elif done.last <= end and late and not kept:
        found = f"{computation}，没有逾期，文中说是逾期"
    else:
        return
    fault = Fault(
        CODE, Severity.WARNING, found, "说法与日期一致", "数清期限，改正说法或日期", computation, Confidence.LIKELY
    )
    yield remark(
        reading,
        fault,
        passage.span(done.start, done.end),
        passage.span(begun.start, begun.end),
        passage.span(limit.start, limit.end),
    )


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _printed(dated: Dated) -> str:
    return _said(dated.first) if dated.grain is Grain.DAY else f"{dated.first.year}年{dated.first.month}月"
