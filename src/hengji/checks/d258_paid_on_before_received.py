"""资金还没有收到就拨了出去。

## 查什么
同一句话里依次写到的拨付：甲于某日向乙下达、乙于某日再拨付的，后一个日期是否早于前一个日期。只写到月的，按可能的最早、最晚一天比较。

## 为什么
先拨后到，不是日期写错，就是垫付而没有说明。

## 怎么改
对照凭证改正日期；确系垫付的，写明资金从哪里来。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.reading.dates import Dated, Grain
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage

CODE = "d258"
_GIVER = pattern(rf"(?P<who>{HAN}{{2,14}})于$")
_GIVEN = pattern(
    rf"[^,。;]{{0,4}}?(?:向|给|至|到)(?P<to>{HAN}{{2,14}}?)(?:下达|拨付|拨入|下拨|划拨|支付)|[^,。;]{{0,6}}?(?:下达|拨付|下拨|划拨|支付)(?:给|至|到)(?P<behind>{HAN}{{2,12}})"
)
_PAID = pattern(r"[^。;]{0,30}(?:下达|拨付|支付|发放|下拨|划拨)")
_REACH = 16


@record
class _Step:
    """Who passed money on, when, and to whom (empty where it is not said)."""

    dated: Dated
    giver: str
    receiver: str


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Money passed on before the day on which it came, told in one sentence."""
    for passage in manuscript.dated:
        for start, end in passage.sentences() if len(passage.dates) > 1 else ():
            for before, after in pairwise(_steps(passage, start, end)):
                if not _same(before.receiver, after.giver) or after.dated.last >= before.dated.first:
                    continue
                found = f"“{after.giver}”{_printed(passage, after)}就拨付，而它{_printed(passage, before)}才收到资金"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "先收到，后拨付",
                    "对照凭证改正日期，或写明垫付",
                    confidence=Confidence.LIKELY,
                )
                yield remark(
                    reading,
                    fault,
                    passage.span(after.dated.start, after.dated.end),
                    passage.span(before.dated.start, before.dated.end),
                )


def _steps(passage: Passage, start: int, end: int) -> list[_Step]:
    found: list[_Step] = []
    for dated in passage.dates:
        if not start <= dated.start < end or dated.grain is Grain.YEAR:
            continue
        giver = _GIVER.search(passage.text[max(start, dated.start - _REACH) : dated.start])
        given = _GIVEN.match(passage.text, dated.end, end)
        if giver and (given or _PAID.match(passage.text, dated.end, end)):
            found.append(_Step(dated, giver["who"], (given["to"] or given["behind"] or "") if given else ""))
    return found


def _same(receiver: str, giver: str) -> bool:
    return bool(receiver) and (giver.endswith(receiver) or receiver.endswith(giver))


def _printed(passage: Passage, step: _Step) -> str:
    return passage.text[step.dated.start : step.dated.end]
