"""摘要说的问题、建议个数与正文不同。

## 查什么
摘要、结论写“存在……等五个方面的不足”“提出六条建议”的，个数是否是问题、建议一章的条数（按任何一级标题或者编号的段落数都行）。

## 为什么
改稿时增删了一条，摘要没有跟着改，是评审一眼就看到的。

## 怎么改
数一遍正文，改正摘要里的个数。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hengji.checks.remarks import Fault, chapter_of, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.items import apart, items
from hengji.reading.manuscript import Kind, Manuscript, Role
from hengji.reading.numerals import whole_number

CODE = "f485"
_TOLD = pattern(
    r"(?:存在|提出|发现|归纳|梳理)[^。]{0,120}?(?P<number>[二两三四五六七八九十]|\d{1,2})(?:(?:个|大)?方面的?(?:主要|突出)?(?P<what>问题|不足|建议|意见)"
    r"|(?:条|点)(?:针对性的?|改进|政策|对策|相关|整改)?(?P<advice>建议|意见))"
)
_MARKED = pattern(r"\(?[一二三四五六七八九十\d]{1,2}[)、.](?!\d)|[①-⑳]|[一二三四五六七八九十]是")
_FEWEST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Announced numbers of problems and of recommendations that the chapter has not, however its items are counted."""
    counts: dict[Role, frozenset[int]] = {}
    for passage in manuscript.told(Role.SUMMARY, Role.CONCLUSION, Role.FRONT):
        for match in _TOLD.finditer(passage.text):
            what = match["what"] or match["advice"]
            role = Role.PROBLEMS if what in {"问题", "不足"} else Role.ADVICE
            there = counts.setdefault(role, _counts(manuscript, role))
            number = whole_number(match["number"])
            if not there or max(there) < _FEWEST or number in there:
                continue
            listed = "或".join(str(each) for each in sorted(there))
            found = f"这里说有{number}条{what}，{role.value}一章是{listed}条"
            fault = Fault(
                CODE, Severity.WARNING, found, f"{listed}条", "数一遍正文，改正个数", confidence=Confidence.LIKELY
            )
            yield remark(
                reading, fault, passage.span(match.start("number"), match.end()), *chapter_of(manuscript, role)
            )


def _counts(manuscript: Manuscript, role: Role) -> frozenset[int]:
    """How many items a chapter has by each level of its titles, by its numbered paragraphs, and by the points in these."""
    titles = [each.level for each in manuscript.of(Kind.TITLE) if each.role is role]
    levels = Counter(level for level in titles if level > min(titles))
    every = items(manuscript, role)
    numbered = sum(1 for each in manuscript.told(role) if _MARKED.match(each.text))
    return frozenset({*levels.values(), len(every), len(apart(every)), numbered} - {0, 1})
