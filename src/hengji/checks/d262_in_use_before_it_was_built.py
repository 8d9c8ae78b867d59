"""先说开始运营，后说招标、完工。

## 查什么
同一句话里先写某日启动运营、投入使用，又写此后才招标、开工、完工，再写一次更晚的运营日期，并说到应当何时完成，或者说到滞后的。分期、扩建、重新启用的不算。

## 为什么
同一设施两次开始运营，读者不知道以哪一次为准，是否按期完成也就无从判断。

## 怎么改
查清建成和运营的日期；先运营一部分的，写明是哪一部分、依据什么。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage

CODE = "d262"
_IN_USE = pattern(r"[^,。;\d]{0,6}(?:(?:启动|投入|开始|正式|试)+(?:运营|使用|运行)|开业)")
_BUILT = pattern(r"[^。;\d]{0,14}(?:招投?标|开工|完工|竣工)")
_ANOTHER = pattern(r"二期|三期|一期|扩建|续建|新增|另[建行外]|原有|重新|再次|分别|搬迁")
_BEHIND = pattern(r"滞后|延期|逾期|拖延|按(?:规定|计划|要求|合同)|应[于在]|未按|未如期")
"""What is told of one thing that should have been finished; a thing in use may be repaired and used again."""
_FEWEST = 3


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences in which something is in use, is built later, and is in use again."""
    for passage in manuscript.dated:
        if len(passage.dates) < _FEWEST or not _IN_USE.search(passage.text):
            continue
        for start, end in passage.sentences():
            yield from _judge(reading, passage, start, end)


def _judge(reading: Reading, passage: Passage, start: int, end: int) -> Iterator[Finding]:
    days = [day for day in passage.dates if start <= day.start < end and day.grain is not Grain.YEAR]
    if len(days) < _FEWEST or not _BEHIND.search(passage.text, start, end):
        return
    used = [day for day in days if _IN_USE.match(passage.text, day.end)]
    built = [day for day in days if _BUILT.match(passage.text, day.end)]
    for work in built:
        first = next((day for day in reversed(used) if _before(day, work)), None)
        again = next((day for day in used if _before(work, day)), None)
        if first and again and not _ANOTHER.search(passage.text, first.end, again.start):
            fault = Fault(
                CODE,
                Severity.WARNING,
                f"{_day(passage, first)}已经运营，{_day(passage, work)}才招标或完工，{_day(passage, again)}又一次开始运营",
                "先建成，后运营，运营日期只有一个",
                "查清日期，先运营一部分的写明是哪一部分",
                confidence=Confidence.LIKELY,
            )
            spans = (passage.span(day.start, day.end) for day in (first, work, again))
            yield remark(reading, fault, *spans)
            return


def _before(one: Dated, other: Dated) -> bool:
    return one.end <= other.start and one.last < other.first


def _day(passage: Passage, day: Dated) -> str:
    return passage.text[day.start : day.end]
