"""评价方法没有选定。

## 查什么
“采用成本效益分析法、比较法……中的一种或多种方法”一类照抄办法的说法，只列出可以用哪些，没有写用了哪一种。

## 为什么
办法列的是供选择的方法；报告要写实际用了哪些、用在哪里，否则结论怎样得来说不清。

## 怎么改
写明采用的方法和各自用于哪些指标，删去没有用的。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "o865"
_OPEN = pattern(r"(?:采用|采取|运用|选用)[^。;]{4,80}法[^。;]{0,6}中的?一种或(?:者)?(?:多|几|数)种")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first list of methods of which one or more are used."""
    for passage in manuscript.told():
        match = _OPEN.search(passage.text) if "一种或" in passage.text else None
        if match is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                "列出几种方法“中的一种或多种”，没有写用了哪一种",
                "实际采用的方法",
                "写明采用的方法和用于哪些指标",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()))
            return
