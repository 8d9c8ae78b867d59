"""没有写明评价时段或基准日。

## 查什么
报告中有没有评价基准日、评价时段，或资金、工作的起止时间。

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

CODE = "o859"


_YEAR = r"20\d{2}\s*年\s*(?:度)?\s*(?:\d{1,2}\s*月\s*)?(?:\d{1,2}\s*日)?"
_PERIOD = pattern(
    rf"基准日|评价时段|评价期间|评价时间范围|评价年度|项目实施期|实施周期|{_YEAR}\s*(?:至|—|-|－|~|～|到)\s*(?:20\d{{2}}|\d{{1,2}}\s*月)|截[至止]\s*(?:到\s*)?{_YEAR}\s*(?:底|末|，|,)?"
)
_ABOUT = pattern(r"评\s*价\s*(?:对\s*象|范\s*围)")


def find(reading: Reading) -> Iterator[Finding]:
    """A report in which no period and no cut-off date stands."""
    if _PERIOD.search(reading.text) or not (about := _about(reading)):
        return
    fault = Fault(
        CODE, Severity.NOTE, "没有写明评价时段和基准日", "评价时段和基准日", "在评价范围中写明", "", Confidence.POSSIBLE
    )
    yield remark(reading, fault, about)


def _about(reading: Reading) -> Span | None:
    """The heading on object and scope, where the period belongs."""
    return next((title.span for title in reading.titles if _ABOUT.search(reading.quote(title.span))), None)
