"""摘要与正文用词不同。

## 查什么
摘要中的一句与正文几乎逐字相同、只有个别词不同的，指出不同的词。数字不同的由数值检查负责；只是详略不同（多几个字、少几个字）的不报。

## 为什么
摘要是从正文摘出来的；词不同，意思往往也不同，读者不知道以哪一处为准。

## 怎么改
以核对过的一处为准，统一用词。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.checks.wordings import worded_otherwise, words_of
from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.reading.alike import Difference, alike, clauses, differences
from hengji.reading.manuscript import Manuscript, Role

CODE = "w961"
_SHORTEST = 24
_RATIO = 0.88
_LEFT_OUT = {Role.SUMMARY, Role.ANNEX, Role.FRONT}
_LEAST = 2
_NEAR = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences of the summary that the body has with other words."""
    body = clauses((passage for passage in manuscript.told() if passage.role not in _LEFT_OUT), _SHORTEST)
    for one, other in alike(clauses(manuscript.told(Role.SUMMARY), _SHORTEST), body, _RATIO):
        differing = differences(one.text, other.text)
        numbered = any(map(str.isdigit, "".join(each.one + each.other for each in differing)))
        if not numbered and any(map(_is_changed, _together(differing))):
            yield worded_otherwise(reading, CODE, "摘要", (one, other), differing)


def _together(differing: Sequence[Difference]) -> Iterator[list[Difference]]:
    """Differences with next to nothing between them: “建设质量” for “配套建设” is a word added and a word left out."""
    near: list[Difference] = []
    for each in differing:
        if near and each.at - near[-1].at - len(near[-1].one) > _NEAR:
            yield near
            near = []
        near.append(each)
    yield near


def _is_changed(near: Sequence[Difference]) -> bool:
    """Whether both sides have words that the other has not."""
    sides = "".join(each.one for each in near), "".join(each.other for each in near)
    return min(len(words_of(side)) for side in sides) >= _LEAST
