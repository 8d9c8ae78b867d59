"""小标题与正文说的不是一件事。

## 查什么
问题、建议的小标题，正文紧接着用几乎相同的话再说一遍，只有中间一个词换成了另一个（标题“长效管护等工作机制不健全”，正文“长效筹资等工作机制不健全”），
而标题的那个词正文里再没有出现。任何一章的标题说“一定的社会效益”，正文却说“社会效益明显”的，同样指出。

## 为什么
标题改了、正文没有改，读者不知道问题是哪一个，建议也就对不上。

## 怎么改
查清是哪一个，标题和正文统一。
"""

from __future__ import annotations

import re
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
_SOME = pattern(r"(?:取得|产生|带来|具有|发挥)了?一定的?(?P<thing>[^,。;\d]{0,6}?(?:效益|成效|效果|作用|影响))")
_GREAT = r"(?:十分|非常|较为|比较)?(?:明显|显著|突出|巨大)"
_UNSURE = pattern(r"不|未|欠|较不|有待|是否|如果")
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
    yield from _differently_praised(reading, manuscript)
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


def _differently_praised(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Headings that claim some of a thing, over a text that calls the same thing great."""
    claim: re.Match[str] | None = None
    title: Passage | None = None
    for passage in manuscript.body:
        if passage.kind is Kind.TITLE:
            title, claim = passage, _SOME.search(passage.text)
        elif title is not None and claim is not None and passage.kind is Kind.PROSE:
            great = re.search(f"{re.escape(claim['thing'])}{_GREAT}", passage.text)
            if great is None or _UNSURE.search(passage.text, max(0, great.start() - 3), great.start()):
                continue
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"标题说“{claim[0]}”，正文说“{great[0]}”",
                "标题和正文说的是一个程度",
                "按核实的情况统一",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(*great.span()), title.span(*claim.span()))
            claim = None
