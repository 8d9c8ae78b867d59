"""表中的名称与正文只差一个字。

## 查什么
表中逐行列出的机构、项目名称，同一列多数在正文中原样出现，而其中一个没有出现、只与正文的某个名称差一个字，且正文的名称不在这张表里的，
指出这一个；名称开头的社区、村名正文从未出现、只差一个字的多次出现的，同样指出。方位、数目、大小等本来就用来区别的字不算。

## 为什么
多半是形近字或识别错误，读者会当成另一家机构、另一个项目。

## 怎么改
对照登记名称，改正错字。
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n568"
_NAME = pattern(r"[一-鿿\-]{6,24}?(?:工程|项目|公寓|[院站所校村镇厂园]|中心|公司|社区)(?=\(|$)")
_PLACE = pattern(r"(?P<place>[一-鿿]{3,4}?)(?P<kind>社区|村|街道)")
_TELLING = set("一二三四五六七八九十东南西北中上下前后左右大小新老甲乙丙丁高低内外")
_DIFFERS = 6
"""The character that differs is one of so many at the beginning: there the proper name stands."""
_SHORTEST_REST = 4
_MOST = 60


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Names of a column that the text has with one other character."""
    prose = "\n".join(passage.text for passage in manuscript.told()).replace("-", "一")
    done: set[str] = set()
    for grid in reading.grids():
        for names in _columns(manuscript, grid).values():
            missing = [name for name in names if name not in prose]
            if len(missing) * 2 > len(names) + 1 or len(done) > _MOST:
                continue
            fresh = [name for name in missing if name not in done]
            done.update(fresh)
            for name in fresh:
                near = _near(name, names, prose) or _place_near(name, names, prose)
                if near is not None:
                    yield _finding(reading, manuscript, names[name], *near)


def _columns(manuscript: Manuscript, grid: Grid) -> dict[int, dict[str, Span]]:
    """The names of each column, and where they stand."""
    found: dict[int, dict[str, Span]] = defaultdict(dict)
    for slot in grid.slots:
        if slot.row >= grid.head and slot.span.start < slot.span.end:
            text = manuscript.cell(slot).replace("-", "一")
            if match := _NAME.match(text):
                found[slot.column].setdefault(match[0], slot.span)
    return found


def _near(name: str, names: dict[str, Span], prose: str) -> tuple[str, str] | None:
    """A name and what stands in the text for it, the same but for a character."""
    for at in range(min(_DIFFERS, len(name) - _SHORTEST_REST)):
        behind = name[at + 1 :]
        start = prose.find(behind)
        while start > 0:
            other = prose[start - 1 - at : start + len(behind)] if start > at else ""
            if other[:at] == name[:at] and re.match(HAN, other[at : at + 1]) and other not in names:
                if other[at] not in _TELLING and name[at] not in _TELLING:
                    return name, other
                return None
            start = prose.find(behind, start + 1)
    return None


def _place_near(name: str, names: dict[str, Span], prose: str) -> tuple[str, str] | None:
    """The place that a name begins with, where the text never names it and often one that differs in a character.

    The text may go on otherwise behind the place: 柳家沟村卫生室 for 柳家沟村医疗站.
    """
    match = _PLACE.match(name)
    if match is None or match[0] in prose:
        return None
    place = match["place"]
    seen: Counter[str] = Counter()
    for at, sign in enumerate(place):
        if sign not in _TELLING:
            masked = f"{re.escape(place[:at])}{HAN}{re.escape(place[at + 1 :])}{match['kind']}"
            seen.update(each[0] for each in re.finditer(masked, prose) if each[0][at] not in _TELLING)
    others = [other for other, times in seen.items() if times > 1 and not any(other in each for each in names)]
    return (match[0], others[0]) if len(others) == 1 else None


def _finding(reading: Reading, manuscript: Manuscript, span: Span, name: str, other: str) -> Finding:
    found = f"表中的“{words(reading, span)[: len(name)]}”与正文的“{other}”只差一个字"
    remedy = "对照登记名称改正错字"
    fault = Fault(CODE, Severity.WARNING, found, "表与正文名称一致", remedy, confidence=Confidence.LIKELY)
    there = (
        passage.span(at, at + len(other))
        for passage in manuscript.told()
        if (at := passage.text.replace("-", "一").find(other)) >= 0
    )
    return remark(reading, fault, span, *islice(there, 1))
