"""有满意度指标，没有满意率。

## 查什么
指标体系、评分或结论中有满意度指标的，全文有没有写出满意率（百分数）、满意的份数或满意度得分的算法。

## 为什么
满意度直接计分；没有数字，读者无从知道满意不满意，得分也无从核对。

## 怎么改
写出满意率、样本量和计算办法；没有做调查的，说明依据。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role

CODE = "o861"
_SCORED = pattern(r"满意(?:度|率)[^。;]{0,24}(?:指标|方面|得分|分值|得\d|\d分|分析评价)|指标[^。;]{0,30}满意度")
_GIVEN = pattern(
    r"满意[^。]{0,60}\d(?:\.\d+)?(?:%|份|人|户|家)|\d(?:\.\d+)?(?:%|份|人|户|家)[^。]{0,40}满意|满意(?:度|率)(?:得分)?(?:为|是|达到?){0,2}\d+(?:\.\d+)?分|满意[^。]{0,40}百分之|百分之[^。]{0,30}满意"
)
_LEFT_OUT = {Role.ADVICE, Role.PROBLEMS}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first place that scores satisfaction, where no rate of it stands anywhere."""
    if "满意" not in manuscript.plain or _GIVEN.search(manuscript.plain.replace("\n", " ")):
        return
    for passage in manuscript.told():
        match = None if passage.role in _LEFT_OUT else _SCORED.search(passage.text)
        if match is not None:
            found = "评价了满意度，全文没有写出满意率是多少"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "满意率、样本量和算法",
                "写出满意率和出处",
                confidence=Confidence.LIKELY,
            )
            asked = islice(manuscript.places("问卷"), 1)
            yield remark(reading, fault, passage.span(match.start(), match.end()), *asked)
            return
