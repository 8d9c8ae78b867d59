"""小标题与正文说的不是一件事。

## 查什么
问题、建议的小标题，正文紧接着用几乎相同的话再说一遍，只有中间一个词换成了另一个（标题“长效管护等工作机制不健全”，正文“长效筹资等工作机制不健全”），
而标题的那个词正文里再没有出现。

## 为什么
标题改了、正文没有改，读者不知道问题是哪一个，建议也就对不上。

## 怎么改
查清是哪一个，标题和正文统一。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "f472"
_HEAD = pattern(rf"^(?:\(?[一二三四五六七八九十\d]{{1,2}}[)、.])?(?P<head>{HAN}{{10,40}})。")
_WORD, _BEFORE, _BEHIND = 2, 2, 6
_PLAIN = pattern(rf"{HAN}+$")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Paragraphs whose first sentence, a heading in all but form, is said again with another word."""
    for passage in manuscript.told(Role.PROBLEMS, Role.ADVICE):
        if match := _HEAD.match(passage.text):
            yield from _judge(reading, passage, match.start("head"), match.end())


def _judge(reading: Reading, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    text = passage.text
    for at in range(start + _BEFORE, end - 1 - _WORD - _BEHIND):
        word, behind = text[at : at + _WORD], text[at + _WORD : at + _WORD + _BEHIND]
        again = text.find(behind, end)
        other = text[again - _WORD : again]
        same = again > 0 and text[again - _WORD - _BEFORE : again - _WORD] == text[at - _BEFORE : at]
        if same and other != word and _PLAIN.match(other) and word not in text[end:]:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"前面说“{text[at - _BEFORE : at + _WORD]}{behind}”，接着说“{text[at - _BEFORE : at]}{other}{behind}”",
                "说的是一件事",
                "查清是哪一个，改成一致",
                confidence=Confidence.LIKELY,
            )
            here = passage.span(again - _WORD - _BEFORE, again + _BEHIND)
            yield remark(reading, fault, here, passage.span(at - _BEFORE, at + _WORD + _BEHIND))
            return
