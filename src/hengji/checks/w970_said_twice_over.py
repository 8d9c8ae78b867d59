"""一个意思说了两遍。

## 查什么
“要求‘……’的要求”“规定‘……’的规定”，“原因是因为”“原因是由于”“目的是为了”一类前后重复的句式；
相连的两个分句以同样的八个字以上结尾，前一个除此以外只有一两个字的（“对……进行检查，将6项……进行检查”）。

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
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "w970"
_SIGNS = ("要求“", "规定“", "要求:“", "规定:“", "原因是", "原因主要是", "原因在于", "目的是")
_SHOWN, _END = 12, 6
_TWICE = pattern(r"(?P<word>要求|规定):?“[^“”]{4,160}”的(?P=word)|(?:原因(?:主要)?是|原因在于)(?:因为|由于)|目的是为了")
_CLAUSE = pattern(rf",(?<=(?P<tail>{HAN}{{8}}),)[^,。;:]{{1,40}}?(?P=tail)(?=[,。;:]|$)")
"""A clause that ends as the one before it, sought from the comma between them."""
_STOPS = ",。;:"
_LISTED = pattern(r"\(?[\d一二三四五六七八九十]{1,2}[).、]")
_HEAD = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Phrases whose end says again what their beginning says."""
    places: dict[str, list[Span]] = {}
    for passage in manuscript.holding(*_SIGNS):
        for match in _TWICE.finditer(passage.text):
            places.setdefault(match[0], []).append(passage.span(*match.span()))
    for passage in manuscript.prose:
        for match in _CLAUSE.finditer(passage.text):
            start = max(passage.text.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
            if _is_doubled(passage.text[start : match.start()], match[0][1:]):
                said = passage.text[start : match.end()]
                places.setdefault(said, []).append(passage.span(start, match.end()))
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


def _is_doubled(one: str, other: str) -> bool:
    """Whether a clause is hardly more than what the next ends with; clauses that run alike are parallel, not doubled."""
    same = next(len(one) - at for at in range(len(one)) if other.endswith(one[at:]))
    bare = one[: len(one) - same]
    listed = _LISTED.match(bare)
    head = len(bare) - (listed.end() if listed else 0)
    return head <= _HEAD <= len(other) - same - head
