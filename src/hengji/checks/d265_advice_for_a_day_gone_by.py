"""建议的期限早于报告。

## 查什么
建议“在某年底前”“力争某年某月前”做到的事，其年月是否早于报告的日期（封面或落款所写；没有写的，按所评价的年度）。

## 为什么
过去的期限没有人做得到，多半是年份写错，或者是上年的报告改来的。

## 怎么改
改为报告以后的期限。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role
from hengji.reading.occasions import evaluated_years, issues

CODE = "d265"
_BEFORE = pattern(
    r"(?P<day>(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?(?:年?底|末)?[以之]?前)(?![^,。;]{0,8}(?:已|建成的|完成的|形成的|签订的|购置的|出台))"
)
_PAST = pattern("已|未能|没有|原定|原计划|应当?于|本应|曾|截至")
_REACH = 16
_LAST = 12
"""Of a year without a month, its last."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Terms in the chapter of advice that lie in a year before the report."""
    issued = [(issue.dated.first.year, issue.dated.first.month) for issue in issues(manuscript)]
    evaluated = evaluated_years(manuscript)
    year, month = max(issued, default=(max(evaluated, default=0), 0))
    if not year:
        return
    for passage in manuscript.told(Role.ADVICE):
        for match in _BEFORE.finditer(passage.text):
            lead = passage.text[max(0, match.start() - _REACH) : match.start()]
            if (int(match["year"]), int(match["month"] or _LAST)) >= (year, month) or _PAST.search(lead):
                continue
            written = f"报告写于{year}年{month}月" if issued else f"报告评价{year}年度"
            found = f"建议的期限“{match['day']}”已经过去，{written}"
            fault = Fault(CODE, Severity.WARNING, found, "报告以后的期限", "核对年份", confidence=Confidence.LIKELY)
            yield remark(reading, fault, passage.span(match.start("day"), match.end("day")))
