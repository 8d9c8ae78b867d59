"""完工验收之前就申请了补助。

## 查什么
同一子项目之下，写有完工、验收的日期，又写某日申请拨付补助、奖补、尾款，申请在完工验收之前。写明预拨、预付、进度款的不算。

## 为什么
按完成情况给的补助，验收之前没有依据；先报后建，数额怎么定的也说不清。

## 怎么改
对照申请表和验收单核对日期；确系先申请后验收的，写明依据，没有依据的写入存在的问题。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Title
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "d263"
_ASKED = pattern(r"[^。;]{0,20}申请(?:拨付|拨款|支付|补助|奖补)")
_GRANT = pattern(r"补助|奖补|补贴|奖励|尾款|结算|一次性")
_AHEAD = pattern(r"预拨|预付|预支|进度|首[批次付期]|分[期批次]|第[一二三]|定金|部分|先行")
_ACCEPTED = pattern(r"[^。;\d]{0,14}(?:验收合格|通过(?:竣工|完工)?验收|(?:竣工|完工|组织)验收)")
_ASPECT = pattern(r"情况|内容|申请|补助|资金|[拨支]付|发放")
"""What a title names that is a part of what the title above it is about."""
_NEAREST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first day on which a grant was asked for before its works were accepted."""
    dated = [passage for passage in manuscript.dated if passage.role is not Role.ANNEX]
    asked = [
        (passage, day)
        for passage in dated
        for day in _days(passage, _ASKED)
        if _GRANT.search(sentence := _sentence(passage, day)) and not _AHEAD.search(sentence)
    ]
    accepted = [(passage, day) for passage in dated for day in _days(passage, _ACCEPTED)] if asked else []
    for passage, day in asked:
        for other, done in accepted:
            if day.last < done.first and _of_one_thing(reading, passage, other):
                found = f"{_told(passage, day)}申请补助，{_told(other, done)}才验收"
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    found,
                    "验收之后申请，或写明预拨的依据",
                    "对照申请表和验收单核对日期",
                    confidence=Confidence.POSSIBLE,
                )
                yield remark(reading, fault, passage.span(day.start, day.end), other.span(done.start, done.end))
                return


def _days(passage: Passage, told: re.Pattern[str]) -> Iterator[Dated]:
    return (day for day in passage.dates if day.grain is not Grain.YEAR and told.match(passage.text, day.end))


def _sentence(passage: Passage, day: Dated) -> str:
    first, last = passage.sentence(day.start)
    return passage.text[first:last]


def _of_one_thing(reading: Reading, one: Passage, other: Passage) -> bool:
    """Whether two passages stand in one section, or the first in an aspect of the section of the second."""
    above, beside = _titles(reading, one), _titles(reading, other)
    whole = above[:-1] if above and _ASPECT.search(above[-1].text) else above
    return one is other or (len(whole) >= _NEAREST and beside[: len(whole)] == whole)


def _titles(reading: Reading, passage: Passage) -> tuple[Title, ...]:
    return reading.above(passage.span().start)


def _told(passage: Passage, day: Dated) -> str:
    return passage.text[day.start : day.end]
