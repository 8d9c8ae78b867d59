"""摘要与正文用词不同。

## 查什么
摘要中的一句与正文几乎逐字相同、只有个别词不同的，指出不同的词。数字不同的由数值检查负责；只是详略不同（多几个字、少几个字）的不报。

## 为什么
摘要是从正文摘出来的；词不同，意思往往也不同，读者不知道以哪一处为准。

## 怎么改
以核对过的一处为准，统一用词。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.wordings import worded_otherwise, words_of
from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.reading.alike import alike, clauses, differences
from hengji.reading.manuscript import Manuscript, Role

CODE = "w961"
_SHORTEST = 24
_RATIO = 0.88
_LEFT_OUT = {Role.SUMMARY, Role.ANNEX, Role.FRONT}
_LEAST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences of the summary that the body has with other words."""
    body = clauses((passage for passage in manuscript.told() if passage.role not in _LEFT_OUT), _SHORTEST)
    for one, other in alike(clauses(manuscript.told(Role.SUMMARY), _SHORTEST), body, _RATIO):
        differing = differences(one.text, other.text)
        both = [(words_of(each.one), words_of(each.other)) for each in differing]
        changed = any(min(map(len, words)) >= _LEAST for words in both)
        if changed and not any(map(str.isdigit, "".join(each.one + each.other for each in differing))):
            yield worded_otherwise(reading, CODE, "摘要", (one, other), differing)
