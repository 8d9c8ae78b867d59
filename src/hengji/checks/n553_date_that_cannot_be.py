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
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Grain, Impossible
from hengji.reading.manuscript import Manuscript, Passage

CODE = "n553"
_SLIP = pattern(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})月")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Dates that the calendar does not have."""
    for passage in manuscript.timed:
        for wrong in passage.impossible:
            found = f"日期“{passage.text[wrong.start : wrong.end]}”有误：{wrong.why}"
            fault = Fault(CODE, Severity.ERROR, found, "历法上有的日期", "对照凭证改正日期")
            yield remark(reading, fault, passage.span(wrong.start, wrong.end), *_same_day(manuscript, passage, wrong))


def _same_day(manuscript: Manuscript, passage: Passage, wrong: Impossible) -> Iterator[Span]:
    """The first place that writes as a day what is written as a month here (8月26月)."""
    match = _SLIP.fullmatch(passage.text[wrong.start : wrong.end])
    if match is None:
        return
    meant = int(match["month"]), int(match["day"])
    years = {day.first.year for day in passage.dates}
    yield from islice(
        (
            each.span(day.start, day.end)
            for each in manuscript.dated
            for day in each.dates
            if day.grain is Grain.DAY and (day.first.month, day.first.day) == meant and day.first.year in years
        ),
        1,
    )
