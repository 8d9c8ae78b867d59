"""“满意”只按一半计。

## 查什么
问卷统计表中，“满意”“及时”“方便”一类肯定的选项，权重是不是只有六成或更低。

## 为什么
回答满意的人只算半个，满意率被压低，与其他报告的满意率也不可比；档次设计应当让“满意”接近满分，“一般”居中。

## 怎么改
在方案中说明权重的依据；重新设计选项，或同时写出按通行办法（满意及以上）统计的满意率。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Kind, Manuscript

CODE = "o862"
_OPTION = pattern(r"(?P<word>满意|及时|方便|了解|清楚|有效)\((?P<weight>\d{1,3})%\)")
_LOW = 60


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first cell with an affirmative option of little weight, and all others."""
    low = [
        (match, passage.span())
        for passage in manuscript.of(Kind.CELL)
        if (match := _OPTION.fullmatch(passage.text)) is not None and int(match["weight"]) <= _LOW
    ]
    if low:
        match, span = low[0]
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"选项“{match['word']}”只按{match['weight']}%计",
            "肯定的选项接近满分",
            "说明权重的依据，或同时写出满意及以上的占比",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, span, *(each for _, each in low[1:]))
