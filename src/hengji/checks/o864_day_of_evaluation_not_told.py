"""写“截至评价日”，没有写评价日是哪一天。

## 查什么
“截至评价日”“截止现场评价日”“截至评价时点”后面写了金额或数量，全文有没有写明评价日是哪年哪月哪日。

## 为什么
支出、完成的数按评价日算，不写日期就无从核对，也不能与下一次评价衔接。

## 怎么改
在评价范围中写明评价基准日，文中改写日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "o864"
_UNTIL = pattern(
    r"截[至止](?:到)?(?:现场|绩效|本次)*评价(?:基准)?(?:日|时点|时)(?!期)[^。;]{0,30}?\d+(?:\.\d+)?(?:万|亿|元|个|家|人|处|户|%|公里)"
)
_TOLD = pattern(
    r"(?:评价|基准)(?:基准)?(?:日|时点)(?:期)?(?:为|是|:|\(即?)?(?:20\d\d年|20\d\d[./-]\d)|20\d\d年\d{1,2}月\d{1,2}日(?:为|作为|\()[^。;]{0,6}(?:评价|基准)|截[至止](?:到)?(?:现场|绩效|本次)*评价(?:基准)?(?:日|时点|时)\(20\d\d"
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first number until a day that nobody tells."""
    if "评价" not in manuscript.plain or _TOLD.search(manuscript.plain):
        return
    for passage in manuscript.told():
        match = _UNTIL.search(passage.text)
        if match is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                "数字截至评价日，全文没有写明评价日是哪一天",
                "评价日的年月日",
                "写明评价基准日",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()))
            return
