"""目录与正文的标题不一致。

## 查什么
目录中的每个标题，正文是否有同样的标题：措辞不同、正文没有，都会指出。标点、空格、页码和只写在一处的编号不比较。

## 为什么
目录是按旧稿编的，或正文改了而目录没有改；评审翻目录时第一眼就会看到。

## 怎么改
重新生成目录，或改正其中写错的一处。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "n557"
_PAGE = re.compile(r"[.·…\-—_\s]*\d*[.·…\-—_\s]*$")
_MARK = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[章节、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}(?:\.\d{1,2})*[.、]|[①-⑳])"
)
_NOISE = re.compile(r"[^\w]")
_ALIKE = 0.5
_FRONT = ("摘要", "目录", "前言", "附件", "附表", "附录")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Entries of the table of contents that the body does not have."""
    listed = [passage for passage in manuscript.of(Kind.LISTED) if _name(passage)]
    body = [
        passage
        for passage in manuscript.of(Kind.TITLE, Kind.PROSE)
        if passage.part > (listed[-1].part if listed else 0)
    ]
    names: dict[str, int] = {}
    marked: dict[str, list[Passage]] = {}
    for number, passage in enumerate(body):
        names.setdefault(_name(passage), number)
        if passage.kind is Kind.TITLE:
            marked.setdefault(_mark(passage), []).append(passage)
    for passage in listed:
        name = _name(passage)
        if (
            name in names
            or not _mark(passage)
            or name.startswith(_FRONT)
            or any(name in other for other in marked if other)
        ):
            continue
        near = max(marked.get(_mark(passage), ()), key=lambda other: _likeness(name, _name(other)), default=None)
        if near is not None and _likeness(name, _name(near)) >= _ALIKE:
            if _name(near) in {_name(other) for other in listed} or _trimmed(near) == name:
                continue
            found = f"目录写作“{_shown(reading, passage)}”，正文的标题是“{words(reading, near.span())}”"
            fault = Fault(CODE, Severity.WARNING, found, "目录与正文一致", "改正其中一处，或重新生成目录")
            yield remark(reading, fault, passage.span(), near.span())
        elif not any(name in _NOISE.sub("", other.text) for other in body):
            found = f"目录中的“{_shown(reading, passage)}”，正文没有这个标题"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "目录与正文一致",
                "补上该节，或重新生成目录",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span())


def _trimmed(passage: Passage) -> str:
    return _PAGE.sub("", passage.text)


def _shown(reading: Reading, passage: Passage) -> str:
    return words(reading, passage.span(0, len(_trimmed(passage))))


def _mark(passage: Passage) -> str:
    match = _MARK.match(passage.text)
    return _NOISE.sub("", match[0]) + ("(" if match[0].startswith("(") else "") if match else ""


def _name(passage: Passage) -> str:
    """The words of a title without its number and page."""
    return _NOISE.sub("", _MARK.sub("", _trimmed(passage) if passage.kind is Kind.LISTED else passage.text))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
