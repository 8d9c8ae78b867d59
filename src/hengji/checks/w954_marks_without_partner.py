"""引号、书名号、括号不成对。

## 查什么
段落中的“”《》（）〔〕是否成对。段落开头“1）”之类的编号、上一段没有合上而下一段合上的，不算。
同一种标点缺了四处以上的（多半是转换时丢的），合为一条，写明共有几处。

## 为什么
少一半书名号，读者分不清文件名到哪里为止；引文不成对，分不清哪些是原文。

## 怎么改
补上缺的一半，或删去多余的一半。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.checks.remarks import Fault, how_often, remark, words_around
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.fragment import broken_off
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "w954"
_MARKS = pattern(r"[“”《》()〔〕]")
_NUMBERING = pattern(r"(?:^|[;。:,])[\dA-Za-z一二三四五六七八九十①-⑳]{1,2}\)")
_PARTNER = {"”": "“", "》": "《", ")": "(", "〕": "〔"}
_AROUND = 14
_MANY = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Marks that are opened or closed alone; the same mark alone in many places is told once."""
    places: dict[str, list[tuple[Passage, int]]] = {}
    for passage, at, sign in _all(manuscript):
        places.setdefault(sign, []).append((passage, at))
    for sign, found in places.items():
        if len(found) >= _MANY:
            yield _finding(reading, sign, found)
        else:
            yield from (_finding(reading, sign, [each]) for each in found)


def _all(manuscript: Manuscript) -> Iterator[tuple[Passage, int, str]]:
    loose: list[tuple[Passage, int, str]] = []
    for passage in manuscript.of(Kind.PROSE):
        alone = _alone(passage.text)
        opened = {sign for _, _, sign in loose}
        closes = {_PARTNER[sign] for _, sign in alone if sign in _PARTNER}
        yield from (each for each in loose if each[2] not in closes)
        alone = [(at, sign) for at, sign in alone if _PARTNER.get(sign) not in opened]
        yield from ((passage, at, sign) for at, sign in alone if sign in _PARTNER)
        loose = [(passage, at, sign) for at, sign in alone if sign not in _PARTNER]
    last = broken_off(manuscript)
    yield from (each for each in loose if each[0] is not last)


def _alone(text: str) -> list[tuple[int, str]]:
    skip = {match.end() - 1 for match in _NUMBERING.finditer(text)} if ")" in text else set()
    open_: list[tuple[int, str]] = []
    alone: list[tuple[int, str]] = []
    for match in _MARKS.finditer(text):
        at, sign = match.start(), match[0]
        if at in skip and not any(each == "(" for _, each in open_):
            continue
        partner = _PARTNER.get(sign)
        if partner is None:
            open_.append((at, sign))
        elif (place := next((n for n in range(len(open_) - 1, -1, -1) if open_[n][1] == partner), None)) is not None:
            del open_[place]
        else:
            alone.append((at, sign))
    return sorted([*alone, *open_])


def _finding(reading: Reading, sign: str, places: Sequence[tuple[Passage, int]]) -> Finding:
    passage, at = places[0]
    around = words_around(reading, passage, at, at, _AROUND)
    missing = _PARTNER.get(sign) or next(close for close, open_ in _PARTNER.items() if open_ == sign)
    fault = Fault(
        CODE,
        Severity.NOTE,
        f"“{around}”中的{sign}没有配对的{missing}{how_often(places)}",
        "成对的标点",
        "补上缺的一半，或删去多余的一半",
        confidence=Confidence.LIKELY,
    )
    return remark(reading, fault, *(each.span(where, where + 1) for each, where in places))
