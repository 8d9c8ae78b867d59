"""预算的内容与项目的内容不同。

## 查什么
“预算资金……万元，包括甲、乙、丙”所列的各项，与“项目内容”一节逐条所列的子项目是否对得上；有两项以上对不上的，指出来。

## 为什么
预算要按项目内容测算；内容不同，说明预算后来改了用途，或者抄自上一年，预算编制的得分没有依据。

## 怎么改
写明预算各项与实际子项目的对应关系和调整程序；没有实施的写明原因。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.items import pairs
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "f468"
_BUDGET = pattern(
    r"预算(?:资金|金额)?(?:为|共计|共)?\d+(?:\.\d+)?[万亿]?元,?(?:主要)?(?:包括|用于|包含)(?:支付|安排)?(?P<list>[^。;:]{8,160})"
)
_BETWEEN = pattern(r"、|以及")
_CONTENT = pattern(r"项目(?:主要|实施|建设)?内容$")
_POINT = pattern(r"^[-•·]?(?:\(?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳])")
_STOPS = pattern(r"等?,|其中|按照|根据|等$")
_SHORTEST = 4
_FEWEST = 2
_MOST = 12


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Components of the budget of which the list of the project's contents has nothing."""
    contents = _contents(manuscript)
    if len(contents) < _FEWEST:
        return
    known = frozenset(pairs("\n".join(each.text for each in contents)))
    for passage in manuscript.told():
        match = _BUDGET.search(passage.text)
        if match is None:
            continue
        told = _STOPS.split(match["list"])[0]
        names = _BETWEEN.split(told)
        other = [name for name in names if len(name) >= _SHORTEST and not _known(name, known)]
        if len(other) >= _FEWEST and len(names) <= _MOST:
            found = f"预算包括{'、'.join(f'“{each}”' for each in other)}，项目内容中没有"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "预算内容与项目内容对应",
                "写明对应关系和调整程序，核对预算编制的得分",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), contents[0].span())
            return


def _contents(manuscript: Manuscript) -> list[Passage]:
    """The points under the first heading of the project's contents."""
    found: list[Passage] = []
    level = 0
    for passage in manuscript.of(Kind.TITLE, Kind.PROSE):
        if passage.kind is Kind.TITLE and (not level or passage.level <= level):
            if found:
                break
            level = passage.level if _CONTENT.search(passage.text) else 0
        elif level and _POINT.match(passage.text):
            found.append(passage)
    return found


def _known(name: str, known: frozenset[str]) -> bool:
    """Whether the contents have a word of what is told first of a thing: 日间照料中心建设补助 is about day care."""
    own = list(pairs(name))
    return not own or sum(each in known for each in own) * 2 > len(own)
