"""引号中的同一说法前后标点不同。

## 查什么
引号中的专门说法（“双公示、一抽查”一类），全文有没有去掉标点后相同、写法却不同的。书名号中的文件名照原名，不比较。

## 为什么
专门说法有固定写法；一处有顿号、一处没有，说明没有统稿。

## 怎么改
以文件原文的写法为准，全文统一。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "n575"
_QUOTED = pattern(r"“(?P<term>[^“”。;]{3,15}[^“”。;,、]),?”")
_MARKS = pattern(r"[、,+·\-—]")
_DIGIT = pattern(r"\d")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Terms in quotation marks that differ from the first of their letters in punctuation, each spelling once."""
    first: dict[str, tuple[str, Span]] = {}
    told: set[str] = set()
    for passage in manuscript.holding("“"):
        for match in _QUOTED.finditer(passage.text):
            term = match["term"]
            letters = _MARKS.sub("", term)
            span = passage.span(*match.span("term"))
            before, where = first.setdefault(letters, (term, span))
            if before == term or term in told or _DIGIT.search(term):
                continue
            told.add(term)
            found = f"“{words(reading, span)}”在前面写作“{words(reading, where)}”"
            fault = Fault(
                CODE, Severity.NOTE, found, "同一说法只有一种写法", "按文件原文统一", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, span, where)
