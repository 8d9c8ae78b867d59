"""评价工作一章还是方案的话。

## 查什么
评价方法、评价组织一类章节中照搬评价方案的说法：“我们将采用”“评价组拟对”是要做而没有做的口气；“若需要邀请专家”没有写请了没有。
整份报告只报一次，列出各处。

## 为什么
报告写做过的事。照搬方案，读者不知道这些办法用了没有、专家请了没有，工作过程就没有交代。

## 怎么改
改成已经做的：实际采用的办法、调查的时间和对象、请了哪些专家；没有做的删去。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role

CODE = "o875"
_HINTS = ("将", "拟", "请", "抽调")
_PLAN = pattern(
    r"(?<!“)(?:我们|我公司|我所|本公司|本机构|本次(?:绩效)?评价|项目组|评价(?:工作)?(?:小?组|机构|人员))[将拟](?:会|严格)?"
    r"(?:秉承|遵循|坚持|采用|采取|运用|选用|深入|组织|开展|对(?!应)|按照|根据|围绕|通过|抽取|选取|从|于\d)(?!的)[^。;,:“”]{0,16}"
    r"|(?<!“)(?:(?:若|如果?|确)有?需要?|必要时),?(?:可以?)?(?:邀请|聘请|抽调)[^。;,:“”]{0,16}"
)
_MOVED = pattern(r"的[^。;,:]{1,12}(?:分为|划分|归|汇总|整理|列为|作为)")
"""评价组将采集的资料整理成册 says what was done with a thing."""
_SHOWN = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first words of a plan among what the report says of its own work, and the others."""
    spans = [
        passage.span(*match.span())
        for passage in manuscript.told(Role.WORK)
        if any(hint in passage.text for hint in _HINTS)
        for match in _PLAN.finditer(passage.text)
        if not _MOVED.search(match[0])
    ]
    if spans:
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"“{words(reading, spans[0])}”是评价方案的话{how_often(spans)}，没有写实际怎样做的",
            "做过的事",
            "改成实际采用的办法、请了的专家；没有做的删去",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, *spans[: 1 + _SHOWN])
