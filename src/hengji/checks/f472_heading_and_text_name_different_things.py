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
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f472"
_HEAD = pattern(rf"^(?:\(?[一二三四五六七八九十\d]{{1,2}}[)、.])?(?P<head>{HAN}{{10,40}})(?:。|$)")
_WORD, _BEFORE, _BEHIND = 2, 2, 6
_PLAIN = pattern(rf"{HAN}+$")
_ROLES = {Role.PROBLEMS, Role.ADVICE}
_KINDS = {Kind.TITLE, Kind.PROSE}


@record
class _Head:
    """小标题: where its words begin and end in a passage."""

    passage: Passage
    start: int
    end: int


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Headings, titles or the first sentence of a paragraph, that the text behind them says again with another word."""
    body = manuscript.body
    for passage, behind in zip(body, (*body[1:], None), strict=True):
        match = _HEAD.match(passage.text) if passage.role in _ROLES and passage.kind in _KINDS else None
        if match is None:
            continue
        if passage.kind is Kind.PROSE:
            yield from _judge(reading, _Head(passage, *match.span("head")), passage, match.end())
        elif behind is not None and behind.kind is Kind.PROSE:
            yield from _judge(reading, _Head(passage, *match.span("head")), behind, 0)


def _judge(reading: Reading, head: _Head, told: Passage, start: int) -> Iterator[Finding]:
    """The first word of a heading in whose place another stands in what is told from ``start`` on."""
    title, text = head.passage.text, told.text[start:]
    for at in range(head.start + _BEFORE, head.end - _WORD - _BEHIND + 1):
        before, word, behind = (
            title[at - _BEFORE : at],
            title[at : at + _WORD],
            title[at + _WORD : at + _WORD + _BEHIND],
        )
        again = text.find(behind) - _WORD
        other = text[again : again + _WORD] if again >= _BEFORE else word
        if other == word or word in text or text[again - _BEFORE : again] != before or not _PLAIN.match(other):
            continue
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"标题说“{before}{word}{behind}”，正文说“{before}{other}{behind}”",
            "标题和正文说的是一件事",
            "查清是哪一个，改成一致",
            confidence=Confidence.LIKELY,
        )
        here = told.span(start + again - _BEFORE, start + again + _WORD + _BEHIND)
        yield remark(reading, fault, here, head.passage.span(at - _BEFORE, at + _WORD + _BEHIND))
        return
