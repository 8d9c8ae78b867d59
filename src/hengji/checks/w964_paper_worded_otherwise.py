"""工作底稿与正文用词不同。

## 查什么
底稿、附件中的一句与正文或指标表中的一句几乎逐字相同、只差一两个词的，指出不同的词。数字不同的由数值检查负责。

## 为什么
底稿与正文本是同一段话；词不同，多半是一处改了一处没有改，或者漏字、别字。

## 怎么改
以核对过的一处为准，统一用词。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.alike import alike, clauses, differences
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "w964"
_SHORTEST = 16
_RATIO = 0.88
_WORD = pattern(HAN)
_BARE = pattern(r"[^0-9A-Za-z%]*")
_MOST = 6
"""Characters that differ; more are another sentence."""
_AROUND = 10
_OWN = ("我", "本")
"""A form that the evaluated unit fills in says “我县”."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences of working papers that the body has with one or two other words; each difference once."""
    passages = manuscript.of(Kind.PROSE, Kind.CELL)
    body = list(clauses((each for each in passages if each.role is not Role.ANNEX), _SHORTEST))
    known = {clause.text for clause in body}
    papers = clauses((each for each in passages if each.role is Role.ANNEX), _SHORTEST)
    met: set[tuple[str, str]] = set()
    other_words = {each.text: each for each in papers if each.text not in known}
    for one, other in alike(other_words.values(), body, _RATIO):
        found = [each for each in differences(one.text, other.text) if _WORD.search(each.one + each.other)]
        inside = all(
            _within(one.text, each.one, each.at) and _within(other.text, each.other, each.there) for each in found
        )
        shown = tuple((_han(each.one), _han(each.other)) for each in found)
        if (
            not found
            or not inside
            or sum(len(word) for pair in shown for word in pair) > _MOST
            or not met.isdisjoint(shown)
        ):
            continue
        met.update(shown)
        said = "；".join(f"“{here or '（无）'}”与“{there or '（无）'}”" for here, there in shown)
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"底稿与正文用词不同：{said}",
            "底稿与正文一致",
            "以核对过的一处为准统一",
            confidence=Confidence.LIKELY,
        )
        first, last = found[0], found[-1]
        yield remark(
            reading,
            fault,
            one.span(max(0, first.at - _AROUND), min(len(one.text), last.at + len(last.one) + _AROUND)),
            other.span(max(0, first.there - _AROUND), min(len(other.text), last.there + len(last.other) + _AROUND)),
        )


def _within(text: str, words: str, at: int) -> bool:
    """Whether differing words stand inside a sentence, not where a page or a heading may have cut it, and are no number."""
    return 0 < at < len(text) - len(words) - 1 and _BARE.fullmatch(words) is not None and words not in _OWN


def _han(text: str) -> str:
    return "".join(_WORD.findall(text))
