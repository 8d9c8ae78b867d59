"""一个意思说了两遍。

## 查什么
“要求‘……’的要求”“规定‘……’的规定”，“原因是因为”“原因是由于”“目的是为了”一类前后重复的句式。

## 为什么
多半是改稿时改了半句，评审按文字质量扣分。

## 怎么改
前后两处留一处。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "w970"
_SIGNS = ("要求“", "规定“", "要求:“", "规定:“", "原因是", "原因主要是", "原因在于", "目的是")
_SHOWN, _END = 12, 6
_TWICE = pattern(r"(?P<word>要求|规定):?“[^“”]{4,160}”的(?P=word)|(?:原因(?:主要)?是|原因在于)(?:因为|由于)|目的是为了")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Phrases whose end says again what their beginning says."""
    places: dict[str, list[Span]] = {}
    for passage in manuscript.holding(*_SIGNS):
        for match in _TWICE.finditer(passage.text):
            places.setdefault(match[0], []).append(passage.span(*match.span()))
    for said, spans in places.items():
        shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…{said[-_END:]}"
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"“{shown}”前后重复",
            "一个意思说一遍",
            "前后两处留一处",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, *spans)
