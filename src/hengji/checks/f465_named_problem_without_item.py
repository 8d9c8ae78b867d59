"""说存在几个问题，有的没有写。

## 查什么
“存在的问题”中以“存在甲、乙和丙的问题”领起、下面分（1）（2）逐条说明的，领起句点到的每一个问题，下面有没有一条说到它。

## 为什么
点了名的问题没有事实，被评价单位无从整改；多半是删改后没有对上。

## 怎么改
补写这一条的事实和证据，或从领起句中删去。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.items import pairs
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f465"
_NAMED = pattern(r"存在(?:着|有)?(?P<list>[^。:;“”]{8,80}?)等?的?(?:问题|不足)[。:]?$")
_BETWEEN = pattern(r"[,、]|以及|及(?!时)")
_POINT = pattern(r"^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.]|[①-⑳])")
_STOP = pattern(r"[。;,:]")
_SHORTEST = 4
_FEWEST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Problems that a paragraph names and none of the points below it tells of."""
    chapter = [each for each in manuscript.of(Kind.TITLE, Kind.PROSE) if each.role in {Role.PROBLEMS, Role.SUMMARY}]
    for number, passage in enumerate(chapter):
        match = _NAMED.search(passage.text) if passage.kind is Kind.PROSE else None
        if match is None:
            continue
        told = _points(chapter, number)
        if sum(bool(_POINT.match(each.text)) for each in told) < _FEWEST:
            continue
        points = [each.span(0, _first_words(each)) for each in told if _POINT.match(each.text)]
        known = frozenset(pairs("\n".join(each.text for each in told)))
        at = match.start("list")
        for name in _BETWEEN.split(match["list"]):
            own = frozenset(pairs(name))
            if len(name) >= _SHORTEST and own and not own & known:
                start = passage.text.find(name, at)
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    f"说存在“{name}”的问题，下面各条没有一条说到",
                    "点到的问题逐条写明事实",
                    "补写这一条，或从领起句中删去",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(start, start + len(name)), *points)


def _points(chapter: Sequence[Passage], number: int) -> list[Passage]:
    """What follows a paragraph up to the next heading of its own level."""
    level = next((each.level for each in chapter[number::-1] if each.kind is Kind.TITLE), 0)
    told = []
    for passage in chapter[number + 1 :]:
        if passage.kind is Kind.TITLE and passage.level <= level:
            break
        told.append(passage)
    return told


def _first_words(point: Passage) -> int:
    """How far the first sentence of a point goes: what it tells of."""
    end = _STOP.search(point.text)
    return end.start() if end else len(point.text)
