"""目录与正文的标题不一致。

## 查什么
目录中的每个标题，正文是否有同样的标题：措辞不同、正文没有，都会指出；目录与正文多半不同的，只说一次；目录列了多数而缺少几个的同级标题，合为一条提示。标点、空格、页码和只写在一处的编号不比较。
没有录全的文件，只比较录到的部分；目录中的表多半另附，不比较。

## 为什么
目录是按旧稿编的，或正文改了而目录没有改；评审翻目录时第一眼就会看到。

## 怎么改
重新生成目录，或改正其中写错的一处。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.fragment import ends_open
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "n557"
_PAGE = pattern(r"[.·…\-—_\s]*\d*[.·…\-—_\s]*$")
_MARK = pattern(
    r"^(?:第?[一二三四五六七八九十]+[章节、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}(?:\.\d{1,2})*[.、]|[①-⑳])"
)
_NOISE = pattern(r"[^\w]")
_NUMBER = pattern(r"[一二三四五六七八九十\d①-⑳]")
_HAN = pattern(r"[一二三四五六七八九十]")
_ALIKE = 0.5
_SHOWN = 4
_NOWHERE = ("", "")
_OWN_CONTENTS = {Role.SUMMARY, Role.ANNEX}
_FRONT = ("摘要", "目录", "前言", "附件", "附表", "附录")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Entries of the table of contents that the body does not have, and titles that it leaves out."""
    listed = [passage for passage in manuscript.of(Kind.LISTED) if _name(passage) and _mark(passage)]
    if not listed:
        return
    kinds = (Kind.TITLE, Kind.PROSE, Kind.CAPTION)
    body = [passage for passage in manuscript.of(*kinds) if passage.part > listed[-1].part]
    titles = [passage for passage in body if passage.kind is Kind.TITLE]
    entries, names = {_name(passage) for passage in listed}, {_name(passage) for passage in body}
    marked: dict[str, list[Passage]] = {}
    for title in titles:
        if _name(title) not in entries:
            marked.setdefault(_mark(title), []).append(title)
    unknown = [
        passage
        for passage in listed
        if not (_name(passage) in names or _name(passage).startswith(_FRONT) or _name(passage).endswith("表"))
    ]
    if unknown and ends_open(manuscript):
        unknown = [passage for passage in unknown if passage.part < _last_met(listed, names)]
    told = "\n".join(_NOISE.sub("", passage.text) for passage in body if unknown)
    answered: set[str] = set()
    faults: list[tuple[Fault, list[Span]]] = []
    instead = _places([title for title in titles if title.role not in _OWN_CONTENTS], _style(listed[0]))
    keys = {id(passage): place for place, passage in _places(listed, _style(listed[0])).items()}
    for passage in unknown:
        name = _name(passage)
        near = max(marked.get(_mark(passage), ()), key=lambda other: _likeness(name, _name(other)), default=None)
        if near is not None and _likeness(name, _name(near)) >= _ALIKE:
            answered.add(_name(near))
            found = f"目录写作“{_shown(reading, passage)}”，正文的标题是“{words(reading, near.span())}”"
            fault = Fault(CODE, Severity.WARNING, found, "目录与正文一致", "改正其中一处，或重新生成目录")
            faults.append((fault, [passage.span(), near.span()]))
        elif name not in told:
            found = f"目录中的“{_shown(reading, passage)}”，正文没有这个标题"
            remedy = "补上该节，或重新生成目录"
            fault = Fault(CODE, Severity.WARNING, found, "目录与正文一致", remedy, confidence=Confidence.LIKELY)
            there = instead.get(keys.get(id(passage), _NOWHERE))
            faults.append((fault, [passage.span(), *([there.span()] if there is not None else [])]))
    if len(faults) > max(_SHOWN, len(listed) // 2):
        first, _ = faults[0]
        whole = replace(first, found=f"目录有{len(faults)}处与正文不一致，如{first.found}", remedy="重新生成目录")
        faults = [(whole, [spans[0] for _, spans in faults])]
    yield from (remark(reading, fault, *spans) for fault, spans in faults)
    yield from _left_out(reading, titles, listed, entries | answered)


def _last_met(listed: Sequence[Passage], names: AbstractSet[str]) -> int:
    """Where the last entry stands that a text which is not all there has come to."""
    return max((passage.part for passage in listed if _name(passage) in names), default=0)


def _left_out(reading: Reading, titles: list[Passage], listed: list[Passage], entries: set[str]) -> Iterator[Finding]:
    """Titles of a level that the contents otherwise have whole."""
    for style in dict.fromkeys(_style(passage) for passage in listed):
        same = [title for title in titles if _style(title) == style and title.role not in _OWN_CONTENTS]
        absent = [title for title in same if _name(title) not in entries]
        if absent and len(absent) * 2 < len(same):
            shown = "、".join(f"“{words(reading, title.span())}”" for title in absent[:_SHOWN])
            more = f"等{len(absent)}个标题" if len(absent) > _SHOWN else ""
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"目录缺正文的{shown}{more}",
                "同级标题都在目录中",
                "重新生成目录",
                confidence=Confidence.LIKELY,
            )
            top = _style(listed[0])
            whole = {id(title): place for place, title in _places(titles, top).items()}
            there = _places(listed, top).get(whole.get(id(absent[0]), _NOWHERE))
            others = [*absent[1:_SHOWN], *([there] if there is not None else [])]
            yield remark(reading, fault, absent[0].span(), *(each.span() for each in others))


def _places(passages: list[Passage], top: str) -> dict[tuple[str, str], Passage]:
    """Titles by the name of their chapter and their own number: what stands there may be called otherwise."""
    places: dict[tuple[str, str], Passage] = {}
    chapter = ""
    for passage in passages:
        if _style(passage) == top:
            chapter = _name(passage)
        elif chapter:
            places.setdefault((chapter, _mark(passage)), passage)
    return places


def _style(passage: Passage) -> str:
    """How its number is written: 一、 and 二、 are of one style."""
    match = _MARK.match(passage.text)
    return _NUMBER.sub("", match[0]) + ("一" if match and _HAN.search(match[0]) else "") if match else ""


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
