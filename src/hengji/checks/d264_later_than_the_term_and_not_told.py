"""一件指出了超期，另一件超得更久却没有说。

## 查什么
报告引用了受理、申请之日起若干个工作日内审核、审批的期限，并指出有一件没有按期办完；别处写明申请日期和审核、公示、审批日期的，
也超过这个期限，同一段没有说到迟延。申请写在前一段的一并核对，只写了月份的按月末算。

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
from hengji.model.record import record
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
_SHOWN = 3
_TOLD = {Role.SUMMARY, Role.PROBLEMS, Role.ADVICE, Role.ANNEX}


@record
class _Told:
    """A day, and the paragraph that tells it."""

    passage: Passage
    day: Dated

    @property
    def printed(self) -> str:
        return self.passage.text[self.day.start : self.day.end]

    @property
    def span(self) -> Span:
        return self.passage.span(self.day.start, self.day.end)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The cases beyond the term that a report holds against another; the first is quoted."""
    ruled = _rule(manuscript)
    if ruled is None:
        return
    limit, where = ruled
    late = [
        (asked, done)
        for asked, done in _cases(manuscript)
        if (end := limit.ends(asked.day.last)) is not None and end < done.day.first
    ]
    if late:
        asked, done = late[0]
        more = f"；这样的共{len(late)}件" if len(late) > 1 else ""
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"{asked.printed}申请，{done.printed}才审核公示，也超过了{limit}，没有指出{more}",
            "同一期限逐件核对",
            "补写，或写明期限从何时起适用",
            confidence=Confidence.POSSIBLE,
        )
        others = (each.span for pair in late[1 : 1 + _SHOWN] for each in pair)
        yield remark(reading, fault, done.span, asked.span, where, *others)


def _cases(manuscript: Manuscript) -> Iterator[tuple[_Told, _Told]]:
    """The days of asking and of judging, in one paragraph or in two that follow each other."""
    waiting: _Told | None = None
    for passage in manuscript.dated:
        before, waiting = waiting, None
        if passage.role in _TOLD or _LATE.search(passage.text):
            continue
        days = [day for day in passage.dates if day.grain is not Grain.YEAR]
        asked = next((_Told(passage, day) for day in days if _ASKED.match(passage.text, day.end)), None)
        if asked is None and before is not None and passage.part == before.passage.part + 1:
            asked = before
        if asked is not None:
            start = asked.day.end if asked.passage is passage else 0
            done = next((day for day in days if day.start >= start and _DONE.match(passage.text, day.end)), None)
            if done is not None:
                yield asked, _Told(passage, done)
            elif asked.passage is passage:
                waiting = asked


def _rule(manuscript: Manuscript) -> tuple[Limit, Span] | None:
    """The term for judging applications that the report says was missed."""
    for passage in manuscript.holding(_WITHIN):
        match = _TERM.search(passage.text)
        limit = next(limits_in(match[0]), None) if match else None
        if match and limit and _LATE.search(passage.text, match.end()):
            return limit, passage.span(*match.span())
    return None
