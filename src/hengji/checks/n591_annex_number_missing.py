"""附件编号缺号，或提到的附件没有。

## 查什么
报告末尾的附件（附表）编号是否接得上；正文“见附件5”“（附件5）”提到的编号，末尾的附件或附件清单里是否有。没有附件也没有清单的报告不查；
提到别的文件的附件不算。

## 为什么
附件编号断开，读者会以为漏装；正文引用不存在的附件，结论就无从查证。

## 怎么改
重编附件；引用写错的，改正引用；确实漏了的，补上该附件。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript, Passage
from hengji.reading.numerals import whole_number

CODE = "n591"
_SERIAL = r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})"
_ANNEX = pattern(rf"(?P<kind>附件|附表){_SERIAL}(?:[-—–至~](?:附件|附表)?(?P<last>\d{{1,2}}))?(?![\d、和]|[览般])")
_BARE = r"(?:附件|附表)(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_LIST = pattern(r"(?P<kind>附件|附表)[:]?(?:1[.、．](?!\d).*)?")
_ITEM = pattern(r"(?P<number>\d{1,2})[.、．](?!\d)")
_NAMED = pattern(rf"(?P<kind>附件|附表){_SERIAL}(?![\d\-—–.])")
_REFERENCE = pattern(rf"(?:见|参照|列于|[(])(?:本报告)?的?{_BARE}(?:[、和及与至]{_BARE})*")
_STOP = "。"
_Places = Mapping[str, Mapping[int, Span]]


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Annexes that are missing among those that follow, and references that lead nowhere."""
    passages = [each for each in manuscript.holding("附件", "附表") if each.kind is not Kind.CELL]
    if not passages:
        return
    following, listed = _following(passages), _listed(manuscript)
    for kind, places in following.items():
        for before, number in pairwise(sorted(places)):
            if number > before + 1:
                found = f"{kind}{before}之后是{kind}{number}"
                yield _finding(reading, found, f"{kind}{before + 1}", places[number])
    for passage in passages:
        for match in _references(passage):
            kind, number = match["kind"], _value(match["number"])
            there = {*following[kind], *listed[kind]}
            if there and number not in there:
                span = passage.span(*match.span())
                found = f"文中提到{kind}{number}，报告里没有{kind}{number}"
                yield _finding(reading, found, f"有{kind}{number}，或改引其他{kind}", span)


def _references(passage: Passage) -> Iterator[re.Match[str]]:
    """The annexes that a passage refers to, one by one."""
    for match in _REFERENCE.finditer(passage.text):
        yield from _NAMED.finditer(passage.text, *match.span())


def _following(passages: list[Passage]) -> _Places:
    """The annexes that have a line of their own, by kind and number; 附件1-3 may be one or three."""
    found: dict[str, dict[int, Span]] = defaultdict(dict)
    for passage in passages:
        match = _ANNEX.match(passage.text)
        if match is not None and _STOP not in passage.text:
            first = _value(match["number"])
            for number in range(first, max(first, _value(match["last"] or "0")) + 1):
                found[match["kind"]].setdefault(number, passage.span(0, match.end()))
    return found


def _listed(manuscript: Manuscript) -> _Places:
    """The annexes that a list behind 附件: names, by kind and number."""
    found: dict[str, dict[int, Span]] = defaultdict(dict)
    kind = ""
    for passage in manuscript.body:
        match = _LIST.fullmatch(passage.text) if passage.text.startswith("附") else None
        if match is not None:
            kind = match["kind"]
        if not kind:
            continue
        item = _ITEM.search(passage.text) if match else _ITEM.match(passage.text)
        if item is not None:
            found[kind][int(item["number"])] = passage.span(item.start(), item.end())
        elif match is None:
            kind = ""
    return found


def _value(printed: str) -> int:
    return whole_number(printed) or 0


def _finding(reading: Reading, found: str, expected: str, span: Span) -> Finding:
    fault = Fault(CODE, Severity.WARNING, found, expected, "改正编号或引用，或补上附件", confidence=Confidence.LIKELY)
    return remark(reading, fault, span)
