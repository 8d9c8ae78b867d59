"""已经发生的事晚于报告日期。

## 查什么
封面或落款写明日期的报告，正文说已经完成、拨付、公示、验收的事，其年月是否晚于报告日期，引用的文件是否是以后年度发的；没有写日期而题目写明年度的，是否晚于该年度的次年（以后的日期不止一个的，报告可能写得晚，不判断）。

## 为什么
报告不可能记载后来才发生的事，不是日期写错，就是报告日期写错。

## 怎么改
对照凭证改正日期，或改正封面、落款的日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage, Role
from hengji.reading.occasions import issues

CODE = "n555"
_DONE = pattern(r"(?:已|了|完成|拨付|支付|发放|下达|公示|验收|竣工|召开|印发|收到|发生|未及时)")
_PLANNED = pattern(r"计划|预计|拟|将|应|力争|到期|届满|有效期|至|到|前|目标|规划|期限|工期")
_TITLED = pattern(r"(?P<year>20\d\d)\s*年度?(?![^\n]*20\d\d\s*年度?[^\n]*报告)[^\n]{0,60}报告")
_TITLE = 200
_AROUND = 12
_REACH = 40


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Dates of things done that lie after the last date of the report itself, or after the year in which it must have been written."""
    issued = issues(manuscript)
    if not issued:
        yield from _after_its_year(reading, manuscript)
        return
    last = max(issued, key=lambda issue: issue.dated.last)
    day = last.dated.first
    for passage, dated in _done(manuscript):
        if dated.first > last.dated.last and passage is not last.passage:
            found = f"“{_printed(passage, dated)}”晚于报告日期（{day.year}年{day.month}月），而文中说已经发生"
            fault = _fault(found, "不晚于报告日期", "核对这个日期和报告日期")
            yield remark(reading, fault, passage.span(dated.start, dated.end), last.span)
    later = {
        each.number: (passage, each)
        for passage in reversed(manuscript.citing)
        for each in passage.cited
        if each.year > day.year
    }
    for passage, cited in later.values():
        found = f"文件{cited.number}是{cited.year}年发的，晚于报告日期（{day.year}年{day.month}月）"
        fault = _fault(found, "不晚于报告日期", "核对文号和报告日期")
        yield remark(reading, fault, passage.span(cited.start, cited.end), last.span)


def _after_its_year(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The same of a report without a date whose title names its year: it was written in the year after, but for one that tells of later days
    several times."""
    titled = _TITLED.search(reading.text, 0, _TITLE)
    if titled is None:
        return
    year = int(titled["year"])
    dates = (each for passage in manuscript.told() for each in passage.dates if each.grain is not Grain.YEAR)
    later = {each.first for each in dates if each.first.year > year + 1}
    for passage, dated in _done(manuscript) if len(later) == 1 else ():
        if dated.first in later:
            found = f"报告评价{year}年度，“{_printed(passage, dated)}”在次年以后，而文中说已经发生"
            fault = _fault(found, f"不晚于{year + 1}年", "核对这个日期")
            yield remark(reading, fault, passage.span(dated.start, dated.end), Span(*titled.span()))


def _done(manuscript: Manuscript) -> Iterator[tuple[Passage, Dated]]:
    """The months and days on which something was done; not what is advised, nor how the evaluation went."""
    for passage in manuscript.told():
        if passage.role not in {Role.ADVICE, Role.WORK}:
            yield from (
                (passage, dated)
                for dated in passage.dates
                if dated.grain is not Grain.YEAR and _is_done(passage, dated)
            )


def _printed(passage: Passage, dated: Dated) -> str:
    return passage.text[dated.start : dated.end]


def _fault(found: str, expected: str, remedy: str) -> Fault:
    return Fault(CODE, Severity.WARNING, found, expected, remedy, confidence=Confidence.LIKELY)


def _is_done(passage: Passage, dated: Dated) -> bool:
    """Whether the words around a date tell of what happened then, and not of what is planned."""
    before = passage.text[max(0, dated.start - _AROUND) : dated.start]
    behind = passage.text[dated.end : min(dated.end + _REACH, passage.sentence(dated.end)[1])]
    return bool(_DONE.search(behind)) and not _PLANNED.search(before) and not _PLANNED.search(behind)
