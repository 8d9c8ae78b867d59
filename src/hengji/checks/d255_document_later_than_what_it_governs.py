"""依据的文件晚于所做的事。

## 查什么
说某年文件是开展项目的依据，而该项目的年份都早于文件年份的。评价工作本身的依据、建议中引用的文件不算。

## 为什么
后来的文件不可能是当时的依据；这样写，立项依据和制度保障两项就没有支撑。

## 怎么改
换成当时有效的文件；后来文件确对该项目追溯适用的，写明条款。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Passage, Role
from hengji.reading.occasions import years_named

CODE = "d255"
_BASIS = pattern(r"依据|根据|按照|遵照")
_CARRIED_OUT = pattern(r"(?:开展|实施|组织|落实)[^,。;]{0,24}(?:项目|补助|补贴|工程|工作)")
_EVALUATING = pattern(r"评价|评分|指标体系|考核|评估结果")
_ROLES = (Role.OVERVIEW, Role.ANALYSIS, Role.OTHER, Role.SUMMARY, Role.CONCLUSION)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Documents of a later year than every project of the report, said to govern them; each number once."""
    years = years_named(manuscript)
    if not years:
        return
    said: set[str] = set()
    for passage in manuscript.told(*_ROLES):
        for cited in passage.cited:
            if cited.year > max(years) and cited.number not in said and _governs(passage, cited.start, cited.end):
                said.add(cited.number)
                found = (
                    f"{cited.number}发布于{cited.year}年，所评价的项目都在{max(years)}年及以前，却写作开展项目的依据"
                )
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    f"{max(years)}年已经施行的文件",
                    "换成当时有效的文件，或写明追溯条款",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(cited.start, cited.end), years[max(years)])


def _governs(passage: Passage, start: int, end: int) -> bool:
    first, last = passage.sentence(start)
    sentence = passage.text[first:last]
    return bool(
        _BASIS.search(passage.text, first, start)
        and _CARRIED_OUT.search(passage.text, end, last)
        and not _EVALUATING.search(sentence)
    )
