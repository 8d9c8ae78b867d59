"""照抄上级文件的话。

## 查什么
市一级的评价报告，政策内容中用“各市应”“各市在……时要”这样的话，把要求提给各市。引号、书名号里的不算；“各市、县”“各市（区）”也不算。

## 为什么
这是省级文件对各市说的话，市级报告照抄过来，读者不知道本市的规定是什么。

## 怎么改
写本市文件的规定；确要引用上级规定的，加引号并写明文件名。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "w967"
_OF_CITY = pattern(rf"(?:关于)?(?:20\d\d年度?)?(?!.{{0,8}}省){HAN}{{1,3}}市(?!本?级|[县区])")
"""How the title of a report begins that a city hands in of its own money."""
_LONGEST_TITLE, _FIRST_LINES = 80, 4
_TO_CITIES = pattern(r"(?:^|[,。;:、])各市(?=在|要|应|须|需|可(?!以?[说见])|根据|结合|按)[^,。;]{0,20}")
_QUOTED = pattern(r"“[^”]*”|《[^》]*》")
_ROLES = (Role.OVERVIEW, Role.FRONT, Role.OTHER, Role.SUMMARY)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first requirement that the report of one city puts to all cities."""
    if not _is_of_city(manuscript):
        return
    for passage in manuscript.holding("各市"):
        if passage.kind is not Kind.PROSE or passage.role not in _ROLES:
            continue
        quoted = [match.span() for match in _QUOTED.finditer(passage.text)]
        for match in _TO_CITIES.finditer(passage.text):
            at = passage.text.find("各市", match.start())
            if any(start <= at < end for start, end in quoted):
                continue
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{passage.text[at : match.end()]}”是对各市的要求，本报告评价的是一个市",
                "本市的规定",
                "写本市的规定，引用上级规定的写明文件名",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(at, match.end()))
            return


def _is_of_city(manuscript: Manuscript) -> bool:
    """Whether the first lines name a city whose report it is."""
    front = islice((passage.text for passage in manuscript.body if passage.role is Role.FRONT), _FIRST_LINES)
    return any("绩效评价" in text and len(text) <= _LONGEST_TITLE and _OF_CITY.match(text) for text in front)
