"""说只有这些，别处写着还有别的。

## 查什么
“补助对象全部为农户”一类的话，别处是否写着另一种对象也纳入范围；“除此之外未采取其他方式”一类的话，别处写明的宣传、告知途径是否不止这些。

## 为什么
问题和扣分是按“只有这些”推出来的；还有别的，问题就站不住，或者别处写错了。

## 怎么改
核实后统一；确有别的，改写问题和扣分的理由。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "f478"
_ONLY = pattern(
    rf"(?:补助|补贴|奖补|救助|扶持|资助|受益|服务)对象(?:全部|均|都)(?:为|是)(?P<who>{HAN}{{2,8}})(?=[,。;])"
)
_COVERED = pattern(
    rf"(?P<one>{HAN}{{2,24}})(?:和|及|以及|、|与)(?P<other>{HAN}{{2,8}}?)(?:等)?(?:全部|一并|均|都)?纳入[^,。;]{{0,8}}(?:补助|补贴|奖补|救助|扶持|资助)[^,。;]{{0,3}}(?:范围|对象)"
)
_NO_OTHER = pattern(r"除此之外(?:,)?(?:均|并)?(?:未|没有)[^,。;]{0,6}其他(?:方式|形式|渠道|途径|方法)")
_WAYS = pattern(r"通过(?P<ways>[^,。;]{4,60}?)(?:的)?(?:方式|形式|渠道|途径|发布)")
_WAY = pattern(r"、|以及|和|及")
_TELLS = pattern(r"宣传|告知|通知|公开|发布")
_TAIL = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Of each sort the first exclusive statement that another place contradicts, with all that repeat it."""
    sorts = (
        (manuscript.holding("对象全部", "对象均", "对象都"), _ONLY, _other_recipient),
        (manuscript.holding("除此之外"), _NO_OTHER, _other_way),
    )
    for passages, exclusive, otherwise in sorts:
        said = [(each, match) for each in passages if (match := exclusive.search(each.text)) is not None]
        for passage, match in said:
            if passage.kind is Kind.PROSE and (found := otherwise(manuscript, passage, match)) is not None:
                what, other, place = found
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    f"说“{match[0]}”，别处写着还有“{what}”",
                    "前后一致",
                    "核实后统一，并改写由此推出的问题",
                    confidence=Confidence.LIKELY,
                )
                again = [each.span(*same.span()) for each, same in said if same[0] == match[0] and each is not passage]
                yield remark(reading, fault, passage.span(*match.span()), other.span(*place.span()), *again)
                break


def _other_recipient(
    manuscript: Manuscript, passage: Passage, said: re.Match[str]
) -> tuple[str, Passage, re.Match[str]] | None:
    """Who else is covered, beside those who are said to be all."""
    who = said["who"]
    for other in manuscript.holding("纳入"):
        for match in _COVERED.finditer(other.text):
            if match["one"].endswith(who) and who not in match["other"] and other is not passage:
                return match["other"], other, match
    return None


def _other_way(
    manuscript: Manuscript, passage: Passage, said: re.Match[str]
) -> tuple[str, Passage, re.Match[str]] | None:
    """A way of telling people that the paragraph does not name before it says that there was no other."""
    if _TELLS.search(passage.text, 0, said.start()) is None:
        return None
    for other in manuscript.told():
        for match in _WAYS.finditer(other.text) if other is not passage else ():
            ways = _WAY.split(match["ways"])
            named = [way for way in ways if way[-_TAIL:] in passage.text]
            fresh = [way for way in ways if way[-_TAIL:] not in passage.text]
            if len(named) >= len(fresh) > 0 and _TELLS.search(other.text, match.start()):
                return fresh[0], other, match
    return None
