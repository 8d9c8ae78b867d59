"""引用的指标名称与申报表不同。

## 查什么
正文用引号引用的指标名称（“……率”“……度”“……数”），报告所附的表中没有，却有一个只差一两个字的名称。

## 为什么
引号里的名称应当与申报表一字不差，否则被评价单位不知道说的是哪个指标。

## 怎么改
照申报表改正引用的名称。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

CODE = "n571"
_ENDS = "率度数量"
_QUOTED = pattern(rf"“(?P<name>{HAN}{{5,20}}[{_ENDS}])”")
_ALIKE = 0.75


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Quoted names that the tables have almost, each once."""
    cells: dict[str, dict[str, Span]] = defaultdict(dict)
    for passage in manuscript.of(Kind.CELL):
        if passage.text[-1] in _ENDS:
            cells[passage.text[-1]].setdefault(passage.text, passage.span())
    said: set[str] = set()
    for passage in manuscript.told():
        for match in _QUOTED.finditer(passage.text) if "“" in passage.text else ():
            name = match["name"]
            same = cells[name[-1]]
            if name in said or not same or any(name in cell for cell in same):
                continue
            said.add(name)
            near = max(same, key=lambda cell: SequenceMatcher(None, name, cell, autojunk=False).ratio())
            if SequenceMatcher(None, name, near, autojunk=False).ratio() >= _ALIKE:
                found = f"引用的指标“{name}”，表中叫“{near}”"
                fault = Fault(CODE, Severity.WARNING, found, f"“{near}”", "照申报表改正", confidence=Confidence.LIKELY)
                yield remark(reading, fault, passage.span(match.start("name"), match.end("name")), same[near])
