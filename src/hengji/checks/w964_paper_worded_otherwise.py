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

from hengji.checks.wordings import worded_otherwise, words_of
from hengji.model.finding import Finding
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.alike import alike, clauses, differences
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "w964"
_SHORTEST = 16
_RATIO = 0.88
_BARE = pattern(r"[^0-9A-Za-z%]*")
_MOST = 6
"""Characters that differ; more are another sentence."""
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
        found = [each for each in differences(one.text, other.text) if words_of(each.one + each.other)]
        inside = all(
            _within(one.text, each.one, each.at) and _within(other.text, each.other, each.there) for each in found
        )
        pairs = [(words_of(each.one), words_of(each.other)) for each in found]
        few = sum(len(word) for pair in pairs for word in pair) <= _MOST
        if found and inside and few and met.isdisjoint(pairs):
            met.update(pairs)
            yield worded_otherwise(reading, CODE, "底稿", (one, other), found)


def _within(text: str, words: str, at: int) -> bool:
    """Whether differing words stand inside a sentence, not where a page or a heading may have cut it, and are no number."""
    return 0 < at < len(text) - len(words) - 1 and _BARE.fullmatch(words) is not None and words not in _OWN
