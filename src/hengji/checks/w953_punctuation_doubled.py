"""报告中标点重复。

## 查什么
两个点号连在一起的地方，如“，，”“。，”“；。”“、，”。省略号和破折号不算。四处以上的（多半是转换时丢了中间的字），合为一条，写明共有几处。

## 为什么
重复的标点是改稿留下的痕迹，评审按文字质量扣分。

## 怎么改
删去多余的一个。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark, words_around
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "w953"
_DOUBLED = pattern(r"[,。;、:]{2,}(?!\d)")
_AROUND = 10
_MANY = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Two stops where there should be one; many such places are told once."""
    every = manuscript.matching(_DOUBLED)
    places = [(passage, *match.span()) for passage in every for match in _DOUBLED.finditer(passage.text)]
    groups = [places] if len(places) >= _MANY else [[each] for each in places]
    for group in groups:
        passage, start, end = group[0]
        around = words_around(reading, passage, start, end, _AROUND)
        fault = Fault(CODE, Severity.NOTE, f"“{around}”中标点重复{how_often(group)}", "一个标点", "删去多余的一个")
        yield remark(reading, fault, *(each.span(*at) for each, *at in group))
