"""有一类补助对象没有调查。

## 查什么
写明“甲和乙纳入补助范围”“补助对象为甲、乙”的，满意度调查的对象是不是只有其中一类：调查对象写着甲，而全文说到问卷、访谈、座谈的地方没有一处提到乙。

## 为什么
满意度代表全体补助对象；一类没有问到，满意度和得分就不完整。

## 怎么改
补作这一类对象的调查；没有条件的，写明满意度只代表哪一类。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "o877"
_COVERED = pattern(
    rf"(?P<one>{HAN}{{2,24}})[和及与、](?P<other>{HAN}{{3,8}}?)等?(?:全部|一并|均|都)?纳入[^,。;]{{0,8}}(?:补助|补贴|奖补|救助|扶持|资助)[^,。;]{{0,3}}(?:范围|对象)"
    rf"|(?:补助|补贴|奖补|扶持|资助)对象(?:为|包括|是)(?P<all>{HAN}{{2,16}}(?:、{HAN}{{2,10}})*[和及与、]{HAN}{{3,8}}?)(?=[,。;])"
)
_BETWEEN = pattern("[和及与、]")
_ASKED = pattern(r"调查对象(?:为|是|包括)(?P<who>[^,。;]{2,40})")
_SURVEY = ("问卷", "满意度调查", "访谈", "座谈", "走访", "调查对象")
_SHORT, _TAIL, _LONGEST = 4, 3, 8
_FEWEST = 2
"""So many pairs of neighbouring characters at the end of a name stand in the other."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first sort of recipients that no survey asks while another is asked."""
    asked = [
        (passage, match)
        for passage in manuscript.holding("调查对象")
        if passage.kind is Kind.PROSE and passage.role is not Role.ANNEX
        for match in _ASKED.finditer(passage.text)
    ]
    if not asked:
        return
    surveyed = "\n".join(passage.text for passage in manuscript.holding(*_SURVEY) if passage.role is not Role.ANNEX)
    for kinds, where in _covered(manuscript):
        for kind, left in permutations(kinds, 2):
            places = [(passage, match) for passage, match in asked if _names(match["who"], kind)]
            if places and left[-_TAIL:] not in surveyed and not any(_names(match["who"], left) for _, match in asked):
                passage, match = places[0]
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    f"补助对象还有“{left if len(left) <= _LONGEST else left[-_SHORT:]}”，调查没有问到",
                    "各类补助对象都在调查之中",
                    "补作调查，或写明满意度只代表哪一类",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(*match.span()), where)
                return


def _covered(manuscript: Manuscript) -> Iterator[tuple[list[str], Span]]:
    """The sorts of recipients that a sentence tells together."""
    for passage in manuscript.holding("纳入", "对象"):
        if passage.kind is Kind.PROSE and passage.role is not Role.ANNEX:
            for match in _COVERED.finditer(passage.text):
                kinds = _BETWEEN.split(match["all"]) if match["all"] else [match["one"], match["other"]]
                yield [kind for kind in kinds if len(kind) >= _TAIL], passage.span(*match.span())


def _names(who: str, kind: str) -> bool:
    """Whether those who were asked are of a sort: 养老服务机构 are 符合条件的养老机构."""
    end = kind[-_SHORT:]
    same = [end[at : at + 2] in who for at in range(len(end) - 1)]
    return same[-1] and sum(same) >= _FEWEST
