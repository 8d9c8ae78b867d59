"""地名只差一个字。

## 查什么
报告反复写到的县、市、区、乡、镇、街道，别处有没有后面的话相同、地名却只差一个字的写法；报告标题中的地名，别处有没有只差一个字、
后面又是政府或部门的写法；多次出现的地名，别处有没有只写了一次、只差一个字的写法，作提示。

## 为什么
地名写错一个字，多是从别的报告套用后没有改净，读者会以为说的是另一个地方。

## 怎么改
确是同一个地方的，改成一致；确是两个地方的，写出上一级地名。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n572"
_KIND = pattern(rf"(?<={HAN}{{2}})(?<![城乡])(?:[县市区乡镇]|街道|灌区)")
"""城镇, 城市, 城区 and 乡镇 are words of their own: 广西城镇, 财政城镇."""
_NO_NAME = pattern("[的了在和与及对受为年度月日是有等由从被将各本全该省市县区]")
"""“涉及的城区”, “2020年城区”, “年度区级” and “全市区划” name no place."""
_SIDES = frozenset("东西南北中上下前后左右大小新老")
_OFFICE = pattern(r"人民政府|县委|[^,。;、的年\d]{2,8}(?:局|委员会|办公室)")
_NAME = 2
_FOLLOWS = 3
_REACH = 12
_FRONT = 8
"""A title is among so many first passages."""
_OFTEN = 3
_ALWAYS = 6
"""A place that is told so often stands in the report as its own."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Places that stand once, with the words behind them that stand behind a place that is told often, or an office behind one of the title."""
    places: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    around: dict[str, str] = {}
    for passage in manuscript.told():
        for name, start, end in _places(passage.text):
            places[name].append((passage.text[end : end + _REACH], passage.span(start, end)))
            around[name] = passage.text
    often = {name: {behind[:_FOLLOWS] for behind, _ in found} for name, found in places.items() if len(found) >= _OFTEN}
    titles = (passage.text for passage in manuscript.passages[:_FRONT] if passage.text.endswith("报告"))
    titled = {name for name, _, _ in _places(next(titles, ""))}
    for name, found in places.items():
        if len(found) > 1:
            continue
        behind, span = found[0]
        same = behind[:_FOLLOWS]
        meant = [
            other for other, words in often.items() if _near(name, other) and len(same) == _FOLLOWS and same in words
        ]
        always = [other for other in often if len(places[other]) >= _ALWAYS and _near(name, other)]
        own = [other for other in titled if _near(name, other) and _OFFICE.match(behind)]
        if len(meant) == 1:
            told = f"这里写“{name}”，别处同样的话写“{meant[0]}”，只差一个字"
            there = next(where for words, where in places[meant[0]] if words[:_FOLLOWS] == same)
            yield _remark(reading, (span, there), told, meant[0], Severity.WARNING)
        elif own:
            told = f"“{name}”与报告标题中的“{own[0]}”只差一个字"
            yield _remark(reading, (span, *islice(manuscript.places(own[0]), 1)), told, own[0], Severity.NOTE)
        elif len(always) == 1 and always[0] not in around[name]:
            told = f"“{name}”只出现一次，与多次出现的“{always[0]}”只差一个字"
            yield _remark(reading, (span, places[always[0]][0][1]), told, always[0], Severity.NOTE)


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """Names of places, and where they stand."""
    for match in _KIND.finditer(text):
        start = match.start() - _NAME
        if not _NO_NAME.search(text, start, match.start()):
            yield text[start : match.end()], start, match.end()


def _remark(reading: Reading, spans: tuple[Span, ...], told: str, meant: str, severity: Severity) -> Finding:
    """A finding about a place, and where the one that is meant stands."""
    fault = Fault(CODE, severity, told, f"“{meant}”", "核对地名，改成一致", confidence=Confidence.LIKELY)
    return remark(reading, fault, *spans)


def _near(one: str, other: str) -> bool:
    """Whether two names of one length differ in one character of the proper name, and not as 城东区 and 城西区 do."""
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and one[_NAME:] == other[_NAME:] and len(apart) == 1 and not _SIDES.issuperset(*apart)
