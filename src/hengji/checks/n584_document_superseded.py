"""引用的文件已经被新的取代。

## 查什么
报告封面和开头写的年份，都晚于被引文件失效的那一年的：《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）、《养老机构管理办法》（民政部令第49号）、
《老年人权益保障法》（主席令第72号）、《预算法实施条例》（国务院令第186号）、《政府采购货物和服务招标投标管理办法》（财政部令第18号）、
《事业单位财务规则》（财政部令第68号）、《行政单位财务规则》（财政部令第71号）。报告中也引用了新文件的不报。

## 为什么
依据已经失效，按它判断的合规与否就站不住。

## 怎么改
改引现行的文件，并核对有关条款是否变了。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.folding import fold
from hengji.reading.manuscript import Manuscript

CODE = "n584"


@record
class _Superseded:
    """被取代的文件: as it is cited, what has taken its place and how that is written, since which year."""

    cited: str
    title: str
    now: str
    written: str
    year: int


_SUPERSEDED = (
    _Superseded(
        r"财预[〔\[(]2011[〕\])]285号", "财政支出绩效评价", "财预〔2020〕10号", r"财预[〔\[(]2020[〕\])]10号", 2020
    ),
    _Superseded(
        r"民政部令第?(?:49|四十九)号", "养老机构管理办法", "民政部令第66号", r"民政部令第?(?:66|六十六)号", 2020
    ),
    _Superseded(r"主席令第?(?:72|七十二)号", "老年人权益保障法", "主席令第24号", r"主席令第?(?:24|二十四)号", 2018),
    _Superseded(
        r"国务院令第?(?:186|一百八十六)号",
        "预算法实施条例",
        "国务院令第729号",
        r"国务院令第?(?:729|七百二十九)号",
        2020,
    ),
    _Superseded(
        r"财政部令第?(?:18|十八)号",
        "政府采购货物和服务招标投标管理办法",
        "财政部令第87号",
        r"财政部令第?(?:87|八十七)号",
        2017,
    ),
    _Superseded(
        r"财政部令第?(?:68|六十八)号", "事业单位财务规则", "财政部令第108号", r"财政部令第?(?:108|一百零八)号", 2022
    ),
    _Superseded(
        r"财政部令第?(?:71|七十一)号", "行政单位财务规则", "财政部令第113号", r"财政部令第?(?:113|一百一十三)号", 2023
    ),
)
"""What their successors say of themselves: each repeals, or is the new wording of, the one before."""
_CITED = pattern("|".join(f"(?:{each.cited})" for each in _SUPERSEDED))
_YEAR = pattern(r"20\d\d(?=年)")
_OPENING = 400
_REACH = 24


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first citation of each, where every year that the opening names is later."""
    passages = manuscript.holding("部令", "院令", "席令", "285号")
    if not passages:
        return
    opening = fold(reading.text, Span(0, min(len(reading.text), _OPENING))).text
    since = min((int(year) for year in _YEAR.findall(opening)), default=0)
    said: set[str] = set()
    for passage in passages:
        for match in _CITED.finditer(passage.text):
            old = next(each for each in _SUPERSEDED if re.fullmatch(each.cited, match[0]))
            near = passage.text[max(0, match.start() - _REACH) : match.end() + _REACH]
            if (
                since <= old.year
                or old.title not in near
                or old.cited in said
                or re.search(old.written, manuscript.plain)
            ):
                continue
            said.add(old.cited)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"引用的{match[0]}已在{old.year}年被{old.now}取代",
                old.now,
                "改引现行的文件，核对有关条款",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(*match.span()))
