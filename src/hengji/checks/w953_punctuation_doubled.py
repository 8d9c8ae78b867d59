"""报告中标点重复。

## 查什么
两个点号连在一起的地方，如“，，”“。，”“；。”“、，”。省略号和破折号不算。

## 为什么
重复的标点是改稿留下的痕迹，评审按文字质量扣分。

## 怎么改
删去多余的一个。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words_around
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "w953"
_DOUBLED = pattern(r"[,。;、:]{2,}(?!\d)")
_AROUND = 10


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Two stops where there should be one."""
    for passage in manuscript.matching(_DOUBLED):
        for match in _DOUBLED.finditer(passage.text):
            around = words_around(reading, passage, *match.span(), _AROUND)
            fault = Fault(CODE, Severity.NOTE, f"“{around}”中标点重复", "一个标点", "删去多余的一个")
            yield remark(reading, fault, passage.span(match.start(), match.end()))
