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

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.alike import Clause, alike, clauses, differences
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "w961"
_SHORTEST = 24
_RATIO = 0.88
_LEFT_OUT = {Role.SUMMARY, Role.ANNEX, Role.FRONT}
_WORDS = pattern(HAN)
_LEAST = 2
_AROUND = 12


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences of the summary that the body has with other words."""
    body = clauses((passage for passage in manuscript.told() if passage.role not in _LEFT_OUT), _SHORTEST)
    for one, other in alike(clauses(manuscript.told(Role.SUMMARY), _SHORTEST), body, _RATIO):
        differing = differences(one.text, other.text)
        here = "".join("".join(_WORDS.findall(each.one)) for each in differing)
        there = "".join("".join(_WORDS.findall(each.other)) for each in differing)
        if any(sign.isdigit() for each in differing for sign in each.one + each.other):
            continue
        if min(len(here), len(there)) < _LEAST:
            continue
        shown = "；".join(
            f"“{each.one or '（无）'}”与“{each.other or '（无）'}”"
            for each in differing
            if _WORDS.search(each.one + each.other)
        )
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"摘要与正文用词不同：{shown}",
            "摘要与正文一致",
            "以核对过的一处为准统一",
            confidence=Confidence.LIKELY,
        )
        first, last = differing[0], differing[-1]
        yield remark(
            reading,
            fault,
            _around(one, first.at, last.at + len(last.one)),
            _around(other, first.there, last.there + len(last.other)),
        )


def _around(clause: Clause, start: int, end: int) -> Span:
    """Part of a clause, with some words on both sides."""
    return clause.span(max(0, start - _AROUND), min(len(clause.text), end + _AROUND))
