"""一件指出了超期，另一件超得更久却没有说。

## 查什么
报告引用了受理、申请之日起若干个工作日内审核、审批的期限，并指出有一件没有按期办完；别处写明申请日期和审核、公示、审批日期的，
也超过这个期限，同一段没有说到迟延。

## 为什么
同一把尺子只量了一件，扣分就不公允；评审会问其余各件查了没有。

## 怎么改
逐件按期限核对，都写入存在的问题；期限是后来才规定的，写明从哪一天起适用。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.limits import Limit, limits_in
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "d264"
_WITHIN = "工作日内"
_TERM = pattern(r"(?:受理|申请)[^。;]{0,16}\d{1,3}个?工作日内[^。;]{0,10}(?:审核|审批|核查)")
_LATE = pattern(
    r"未(?:能)?(?:按|在)[^。;]{0,24}(?:期限|时间|工作日|\d日|规定)|逾期|超期|延迟|滞后|不及时|超过[^。;]{0,8}工作日"
)
_ASKED = pattern(r"[^。;\d]{0,24}(?:申请|提交|提报|报送)")
_DONE = pattern(r"[^。;]{0,60}(?:公示|审核|审批|批复|初审)")
_TOLD = {Role.SUMMARY, Role.PROBLEMS, Role.ADVICE, Role.ANNEX}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first case beyond the term that a report holds against another."""
    ruled = _rule(manuscript)
    if ruled is None:
        return
    limit, where = ruled
    for passage in manuscript.dated:
        if passage.role in _TOLD or len(passage.dates) == 1 or _LATE.search(passage.text):
            continue
        asked, done = _case(passage)
        end = limit.ends(asked.last) if asked else None
        if asked and done and end is not None and end < done.first:
            found = f"{_printed(passage, asked)}申请，{_printed(passage, done)}才审核公示，也超过了{limit}，没有指出"
            fault = Fault(
                CODE,
                Severity.NOTE,
                found,
                "同一期限逐件核对",
                "补写，或写明期限从何时起适用",
                confidence=Confidence.POSSIBLE,
            )
            spans = (passage.span(day.start, day.end) for day in (done, asked))
            yield remark(reading, fault, *spans, where)
            return


def _rule(manuscript: Manuscript) -> tuple[Limit, Span] | None:
    """The term for judging applications that the report says was missed."""
    for passage in manuscript.holding(_WITHIN):
        match = _TERM.search(passage.text)
        limit = next(limits_in(match[0]), None) if match else None
        if match and limit and _LATE.search(passage.text, match.end()):
            return limit, passage.span(*match.span())
    return None


def _case(passage: Passage) -> tuple[Dated | None, Dated | None]:
    """The day on which something was asked for and the first after it on which that was judged."""
    days = [day for day in passage.dates if day.grain is not Grain.YEAR]
    asked = next((day for day in days if _ASKED.match(passage.text, day.end)), None)
    done = next(
        (day for day in days if asked and day.start > asked.start and _DONE.match(passage.text, day.end)),
        None,
    )
    return asked, done


def _printed(passage: Passage, day: Dated) -> str:
    return passage.text[day.start : day.end]
