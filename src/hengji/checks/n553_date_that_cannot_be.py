"""不可能的日期。

## 查什么
报告中的日期历法上有没有：月份在1至12之间，日不超过该月天数，写明星期几的与历法相符，该写“日”的地方没有写成“月”。

## 为什么
不可能的日期一看便知是笔误，却也说明这一处没有与凭证核对过。

## 怎么改
对照凭证或文件，改正日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "n553"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Dates that the calendar does not have."""
    for passage in manuscript.timed:
        for wrong in passage.impossible:
            found = f"日期“{passage.text[wrong.start : wrong.end]}”有误：{wrong.why}"
            fault = Fault(CODE, Severity.ERROR, found, "历法上有的日期", "对照凭证改正日期")
            yield remark(reading, fault, passage.span(wrong.start, wrong.end))
