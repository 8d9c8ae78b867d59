"""没有写明评价时段或基准日。

## 查什么
报告中有没有评价基准日、评价时段，或资金、工作的起止时间；“评价范围”单列一节的，这一节有没有写到年份。

## 为什么
截至哪一天不清楚，支出率、完成率都可以是另一个数。

## 怎么改
在评价范围中写明评价时段和基准日。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Role

CODE = "o859"


_YEAR = r"20\d{2}\s*年\s*(?:度)?\s*(?:\d{1,2}\s*月\s*)?(?:\d{1,2}\s*日)?"
_PERIOD = pattern(
    rf"基准日|评价时段|评价期间|评价时间范围|评价年度|项目实施期|实施周期|{_YEAR}\s*(?:至|—|-|－|~|～|到)\s*(?:20\d{{2}}|\d{{1,2}}\s*月)|截[至止]\s*(?:到\s*)?{_YEAR}\s*(?:底|末|，|,)?"
)
_ABOUT = pattern(r"评\s*价\s*(?:对\s*象|范\s*围)")
_NAMED = pattern(
    r"基\s*准\s*日|评\s*价\s*(?:时\s*段|期\s*间|时\s*间|年\s*度|周\s*期|的?\s*时\s*间\s*范\s*围)|时间\s*范围"
)
_SCOPE = pattern(r"^评价(?:对象[和与及、]+)?范围$")
_TIMED = pattern(r"20\d\d|二〇|二○|[当本上]年|以来|全年")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """A report in which no period and no cut-off date stands, or whose scope names no year."""
    if _PERIOD.search(reading.text):
        yield from _scope_without_year(reading, manuscript)
        return
    if not (about := _about(reading)):
        return
    fault = Fault(
        CODE, Severity.NOTE, "没有写明评价时段和基准日", "评价时段和基准日", "在评价范围中写明", "", Confidence.POSSIBLE
    )
    yield remark(reading, fault, about)


def _scope_without_year(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    title = next((title for title in reading.titles if _SCOPE.match("".join(title.text.split()))), None)
    if title is None or _NAMED.search(reading.text):
        return
    told = [passage for passage in manuscript.told(Role.WORK) if reading.above(passage.span().start)[-1:] == (title,)]
    if told and not any(_TIMED.search(passage.text) for passage in told):
        found = "评价范围没有写是哪几年"
        fault = Fault(CODE, Severity.NOTE, found, "评价时段", "在评价范围中写明起止", "", Confidence.POSSIBLE)
        yield remark(reading, fault, title.span, told[0].span())


def _about(reading: Reading) -> Span | None:
    """The heading on object and scope, where the period belongs."""
    return next((title.span for title in reading.titles if _ABOUT.search(reading.quote(title.span))), None)
