"""同一期限写成了两种单位。

## 查什么
同一段里，同一个数的期限是否既写“个工作日”又写“日”“天”（如“10个工作日内”与“10日内”）。

## 为什么
工作日与自然日相差可达一倍，是否逾期的结论会不同。

## 怎么改
按条文的单位统一；写工作日的，按工作日历数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.deadline import TermUnit
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.limits import limits_in
from hengji.reading.manuscript import Manuscript

CODE = "d259"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Terms in days where the same paragraph has them in working days."""
    for passage in manuscript.holding("工作日"):
        limits = list(limits_in(passage.text))
        working = {limit.count: limit for limit in limits if limit.unit is TermUnit.WORKING_DAYS}
        for limit in limits:
            if limit.unit is TermUnit.DAYS and (rule := working.get(limit.count)):
                found = f"期限前面写“{rule}”，这里写“{limit}”"
                fault = Fault(CODE, Severity.NOTE, found, str(rule), "按条文的单位统一", confidence=Confidence.LIKELY)
                yield remark(reading, fault, passage.span(limit.start, limit.end), passage.span(rule.start, rule.end))
