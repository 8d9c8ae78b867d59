"""问题依据的文件没有列入评价依据。

## 查什么
“评价依据”一节列了三份以上文件的，指标分析和存在的问题中拿来对照的文件（“《……》要求”“违反《……》”）在不在其中。文号已经列出的算在内；整份报告只报一次。

## 为什么
评价依据是评判的尺子，要在评价之前定下；扣分用的文件不在其中，被评价单位会问尺子从哪里来。

## 怎么改
补入评价依据，写全标题和文号；与本项目无关的，改用已经列出的文件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "o876"
_SECTION = pattern(r"评价(?:工作)?的?(?:主要)?依据")
_TITLE = pattern(r"《(?P<title>[^《》]{4,80}(?:《[^《》]{2,60}》[^《》]{0,12})?)》")
_RULE = pattern(
    r"《(?P<asked>[^《》]{6,80})》(?:\((?P<number>[^()《》]{4,30})\))?[^。;《]{0,16}(?:要求|规定)"
    r"|(?:违反|不符合|未按照?)了?[^。;《》]{0,10}《(?P<broken>[^《》]{6,80})》(?:\((?P<its>[^()《》]{4,30})\))?"
)
_AROUND = pattern(r"^(?:关于)?(?:印发|转发|下发)?(?:关于)?|的?通知$|\W")
_FEWEST = 3
_SHOWN = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first document that a finding is held against and the list of bases does not have, and the others."""
    heading, told = _bases(manuscript)
    titles = {_core(match["title"]) for match in _TITLE.finditer(told)}
    if heading is None or len(titles) < _FEWEST:
        return
    spans: dict[str, tuple[str, Span]] = {}
    for passage in manuscript.told(Role.ANALYSIS, Role.PROBLEMS):
        for match in _RULE.finditer(passage.text) if "《" in passage.text else ():
            name, number = _cited(match)
            core = _core(name)
            listed = any(core in title or title in core for title in titles) or (number != "" and number in told)
            if not listed and core not in spans:
                spans[core] = name, passage.span(match.start(), match.end())
    if spans:
        (name, first), *others = spans.values()
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"指出问题用的《{name}》没有列入评价依据" + (f"，另有{len(others)}份也没有" if others else ""),
            "评判用的文件都在评价依据之中",
            "补入评价依据，写全文号",
            confidence=Confidence.POSSIBLE,
        )
        yield remark(reading, fault, first, heading.span(), *(span for _, span in others[:_SHOWN]))


def _bases(manuscript: Manuscript) -> tuple[Passage | None, str]:
    """The heading over the list of bases, and all that stands under it."""
    heading: Passage | None = None
    told: list[str] = []
    for passage in manuscript.body:
        if passage.kind is Kind.TITLE and heading is not None and passage.level <= heading.level:
            break
        if heading is not None:
            told.append(passage.text)
        elif passage.kind is Kind.TITLE and _SECTION.search(passage.text):
            heading = passage
    return heading, "\n".join(told)


def _cited(match: re.Match[str]) -> tuple[str, str]:
    return (match["asked"], match["number"] or "") if match["asked"] else (match["broken"], match["its"] or "")


def _core(title: str) -> str:
    """What tells a document from others, without 关于印发 and 的通知 around it."""
    return _AROUND.sub("", title)
