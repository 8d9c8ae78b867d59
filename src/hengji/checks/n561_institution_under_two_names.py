"""同一机构写成两个名称。

## 查什么
专名相同、类别相同而通用词不同的机构名称（如“某区老年福利服务中心”与“某区老年服务中心”），以及只差一个形近字、有的漏了地名后面“区”“县”的机构名称。同一张表中并列的、
同一句中用顿号并列的，是不同的机构；一个名称是另一个省去地名或通用词的简称，不算。

## 为什么
一家机构两个名称，读者会当成两家，家数、床位和补助就对不上。

## 怎么改
按登记证书统一名称；确是两家的，写全名称以示区别；用简称的，第一次出现时写明“以下简称”。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Kind, Manuscript
from hengji.reading.names import SORTS, Named, institutions_in, region_of

CODE = "n561"
_LIST_END = pattern(r"[。;!?:]|,(?![^(]*\))")
_ALIKE = 0.7
_SHORTEST_REST = 5
"""So many characters must be the same behind the name of the place."""
_OFTEN = 2
_LONG = 6
_RANKS = "省市县区"
_FIRST = 6
"""The rank of a place is one of so many characters."""
_TELLING = set("一二三四五六七八九十东南西北中上下前后左右大小新老甲乙丙丁省市县区镇乡村")


@dataclass(slots=True)
class _Seen:
    """A name: where it first stands, and the tables in which it stands."""

    named: Named
    span: Span
    tables: set[int] = field(default_factory=set)
    lists: set[tuple[int, int]] = field(default_factory=set)
    passages: set[int] = field(default_factory=set)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Pairs of names that seem to be one institution; each name with the first that is like it."""
    seen = _seen(manuscript)
    odd: set[str] = set()
    alike: dict[tuple[str, str], list[_Seen]] = {}
    for each in seen.values():
        named = each.named
        own = named.own[len(region_of(named.own)) :] or named.own
        group = alike.setdefault((own, named.sort), [])
        other = next((old for old in group if _same_institution(old, each)), None)
        if other is not None and other.named.text not in odd:
            odd.add(named.text)
            found = f"“{named.text}”与“{other.named.text}”像是同一机构的两个名称"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "一个机构一个名称",
                "按登记名称统一；确是两家的写明区别",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, each.span, other.span)
        group.append(each)
    yield from _misread(reading, seen)
    yield from _without_rank(reading, seen)


def _seen(manuscript: Manuscript) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for number, passage in enumerate(manuscript.holding(*SORTS)):
        for named in institutions_in(passage.text):
            each = seen.get(named.text)
            if each is None:
                each = seen[named.text] = _Seen(named, passage.span(named.start, named.end))
            each.passages.add(number)
            if listed := _listed(passage.text, named):
                each.lists.add((number, listed))
            if passage.kind is Kind.CELL:
                each.tables.add(passage.part)
    return seen


def _listed(text: str, named: Named) -> int:
    """Where the list ends in which a name stands between 、; 0 where it stands in none."""
    if "、" not in {text[named.end : named.end + 1], text[max(0, named.start - 1) : named.start]}:
        return 0
    end = _LIST_END.search(text, named.end)
    return end.start() if end else len(text)


def _same_institution(one: _Seen, other: _Seen) -> bool:
    here, there = region_of(one.named.text), region_of(other.named.text)
    apart = here and there and not here.endswith(there) and not there.endswith(here)
    if apart or one.tables & other.tables or one.lists & other.lists:
        return False
    short, long = sorted((one.named.text.removeprefix(here), other.named.text.removeprefix(there)), key=len)
    if _is_part(short, long):
        return here == there != "" and one.named.own == here
    return SequenceMatcher(None, short, long, autojunk=False).ratio() >= _ALIKE


def _is_part(short: str, long: str) -> bool:
    """Whether the short name is the long one with something left out."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def _misread(reading: Reading, seen: dict[str, _Seen]) -> Iterator[Finding]:
    """Names that differ in one character: of the place they begin with, for two places do not share the rest, or of a name
    that stands often where the other stands once."""
    masked: dict[str, _Seen] = {}
    for text, each in sorted(seen.items(), key=lambda named: -len(named[1].passages)):
        region = region_of(text)
        for at, sign in enumerate(text[: -len(each.named.sort)]):
            other = masked.setdefault(f"{text[:at]}?{text[at + 1 :]}", each)
            if other is each or {sign, other.named.text[at]} & _TELLING or each.passages & other.passages:
                continue
            placed = (
                at < len(region) - 1 and len(text) - len(region) >= _SHORTEST_REST and len(each.named.own) > len(region)
            )
            rare = len(each.passages) == 1 and len(other.passages) >= _OFTEN and not each.tables & other.tables
            if placed or (rare and len(text) >= _LONG):
                found = f"“{text}”与“{other.named.text}”只差一个字"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "一个机构一个名称",
                    "核对登记名称，改正错字",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, each.span, other.span)
                break


def _without_rank(reading: Reading, seen: dict[str, _Seen]) -> Iterator[Finding]:
    """Names that leave out the 区 or 县 of their place, which others have: 柳江区敬老院, 柳江敬老院."""
    for text, each in seen.items():
        at = next((at for at, sign in enumerate(text[:_FIRST]) if sign in _RANKS and at > 1), 0)
        other = seen.get(text[:at] + text[at + 1 :]) if at else None
        if other is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{other.named.text}”别处写作“{text}”",
                "一个机构一个名称",
                "按登记名称统一",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, other.span, each.span)
