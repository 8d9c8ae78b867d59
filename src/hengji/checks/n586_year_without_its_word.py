"""年份后面漏了“年”字。

## 查什么
“2022改厕补助”这样年份直接连着名称的，而同一名称在别处写作“2022年改厕补助”。

## 为什么
同一名称两种写法，目录、表题和正文对不上。

## 怎么改
补上“年”字。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, how_often, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n586"
_BARE = pattern(rf"20\d\d(?P<name>(?!年|版|级|届){HAN}{{4}})")
_NUMBERED = pattern(r"\d\.")
_PART_OF_NUMBER = "0123456789.〔[("


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first bare year of each name, with how often it stands."""
    places: dict[str, list[Span]] = {}
    for passage in manuscript.matching(_BARE):
        for match in _BARE.finditer(passage.text):
            before = passage.text[: match.start()]
            if before.endswith(tuple(_PART_OF_NUMBER)) and not _NUMBERED.fullmatch(before):
                continue
            proper = f"{match[0][:4]}年{match['name']}"
            if proper in manuscript.plain:
                places.setdefault(proper, []).append(passage.span(*match.span()))
    for proper, spans in places.items():
        found = f"“{words(reading, spans[0])}”别处写作“{proper}”{how_often(spans)}"
        fault = Fault(CODE, Severity.NOTE, found, f"“{proper}”", "补上“年”字", confidence=Confidence.LIKELY)
        yield remark(reading, fault, *spans, *islice(manuscript.places(proper), 1))
