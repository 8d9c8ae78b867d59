"""地名只差一个字。

## 查什么
报告反复写到的县、市、区、乡、镇、街道，别处有没有后面的话相同、地名却只差一个字的写法。

## 为什么
地名写错一个字，多是从别的报告套用后没有改净，读者会以为说的是另一个地方。

## 怎么改
确是同一个地方的，改成一致；确是两个地方的，写出上一级地名。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n572"
_KIND = pattern(rf"(?<={HAN}{{2}})(?<![城乡])(?:[县市区乡镇]|街道|灌区)")
"""城镇, 城市, 城区 and 乡镇 are words of their own: 广西城镇, 财政城镇."""
_NO_NAME = pattern("[的了在和与及对年月日是有等由从被将各本全该省市县区]")
"""“涉及的城区”, “2020年城区” and “全市区划” name no place."""
_NAME = 2
_FOLLOWS = 3
_OFTEN = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Places that stand once, with the words behind them that stand behind a place that is told often."""
    places: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for passage in manuscript.told():
        for match in _KIND.finditer(passage.text):
            start = match.start() - _NAME
            if _NO_NAME.search(passage.text, start, match.start()):
                continue
            behind = passage.text[match.end() : match.end() + _FOLLOWS]
            places[passage.text[start : match.end()]].append((behind, passage.span(start, match.end())))
    often = {name: {behind for behind, _ in found} for name, found in places.items() if len(found) >= _OFTEN}
    for name, found in places.items():
        if len(found) > 1:
            continue
        behind, span = found[0]
        meant = [
            other
            for other, words in often.items()
            if _near(name, other) and len(behind) == _FOLLOWS and behind in words
        ]
        if len(meant) == 1:
            told = f"这里写“{name}”，别处同样的话写“{meant[0]}”，只差一个字"
            remedy = "核对地名，改成一致"
            yield remark(
                reading,
                Fault(CODE, Severity.WARNING, told, f"“{meant[0]}”", remedy, confidence=Confidence.LIKELY),
                span,
            )


def _near(one: str, other: str) -> bool:
    """Whether two names of one length differ in one character of the proper name."""
    return (
        len(one) == len(other)
        and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        and one[_NAME:] == other[_NAME:]
    )
