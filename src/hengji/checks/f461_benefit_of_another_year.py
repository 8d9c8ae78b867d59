"""用别的年度、全域的数据证明本项目的效益。

## 查什么
效益、影响部分用来说明成效的数据，年份是否晚于所评价的各年度，而且说的是全区、全市的总量。

## 为什么
后来的、全域的变化不是这笔钱带来的，不能作为本项目效益的依据。

## 怎么改
换成所评价年度、本项目受益对象的数据；没有的，写明只作背景。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Passage, Role
from hengji.reading.occasions import years_named

CODE = "f461"
_BENEFIT = pattern(r"效益|影响|效果|促进")
_YEAR = pattern(r"(?<!\d)(?P<year>20\d\d)(?=年?)")
_RESULT = pattern(
    r"(?:新增|建成|完成|达到|增长|增加)[^,。;]{0,16}\d+(?:\.\d+)?(?:个|张|家|处|所|公里|万|人|%|户|亩|座|吨)"
)
_SHOWN = 3
"""So many of the years that are evaluated are pointed to, the last first."""
_WHOLE = pattern(r"全[区市县省镇乡]|[区市县]20\d\d年?|辖区")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Results of later years told as the benefit of what is evaluated; each paragraph once."""
    years = years_named(manuscript)
    if not years:
        return
    for passage in manuscript.told(Role.ANALYSIS, Role.CONCLUSION, Role.OTHER, Role.OVERVIEW):
        if "20" not in passage.text or not _RESULT.search(passage.text):
            continue
        if any(_BENEFIT.search(title.text) for title in reading.above(passage.span().start)):
            yield from _judge(reading, passage, years)


def _judge(reading: Reading, passage: Passage, years: Mapping[int, Span]) -> Iterator[Finding]:
    last = max(years)
    for match in _YEAR.finditer(passage.text):
        year = int(match["year"])
        clause = max(passage.text.rfind(sign, 0, match.start()) for sign in "。;,”“》") + 1
        end = passage.sentence(match.start())[1]
        result = _RESULT.search(passage.text, match.end(), end)
        if year <= last or result is None or passage.text[match.start() - 1 : match.start()] in {"〔", "("}:
            continue
        if _WHOLE.search(passage.text, clause, end):
            found = f"用{year}年的“{result[0]}”说明效益，而所评价的是{last}年及以前的项目"
            fault = Fault(
                CODE,
                Severity.NOTE,
                found,
                f"{last}年本项目受益对象的数据",
                "换成本项目的数据，或写明只作背景",
                confidence=Confidence.LIKELY,
            )
            named = (years[each] for each in sorted(years, reverse=True)[:_SHOWN])
            yield remark(reading, fault, passage.span(match.start(), result.end()), *named)
            return
