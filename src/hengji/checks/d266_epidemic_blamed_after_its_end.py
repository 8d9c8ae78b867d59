"""疫情过去以后的事归因于疫情。

## 查什么
同一句话里说受新冠疫情影响，又写明某月停运、退出、关闭、没有完成，而这个日期在疫情防控结束（2023年1月8日起“乙类乙管”）三个月以后的；
“2024年受疫情影响”一类的，同样指出。动物、植物疫情不算。

## 为什么
那时已没有疫情管控，原因多半是别的（客流、成本、合同）；原因不对，建议就不对。

## 怎么改
写明当时实际的原因；确是前期疫情造成的，写明什么时候、怎样造成。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage, Role

CODE = "d266"
_LONG_AFTER = date(2023, 4, 8)
"""Three months after the measures against the epidemic ended."""
_CAUSE = pattern(
    r"(?:(?<![不未没接承])受|(?<![归原])因|由于|鉴于)[^,。;]{0,8}(?<![瘟感蹄物虫畜禽])疫情(?:[^,。;]{0,4}?(?:影响|原因|防控|管控))?"
)
_FAILED = pattern(
    r"[^,。;]{0,16}?(?:退出|停运|停业|停工|停用|停办|关停|关闭|暂停|停止|中断|终止|取消|撤场|撤出|解散|注销|下降|下滑|仅|只|未能?|没有)"
)
_AGAIN = pattern(r"恢复|重新|才|完工|竣工|建成|补")
_OF_BEASTS = pattern(r"猪瘟|口蹄疫|禽流感|动物疫病|畜禽|松材线虫|病虫害")
_BEFORE, _BEHIND = 4, 50


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Dates of failures put down to the epidemic long after it; each paragraph once."""
    for passage in manuscript.holding("疫情"):
        if passage.role is Role.ADVICE or not passage.dates or _OF_BEASTS.search(passage.text):
            continue
        blamed = ((cause, dated) for cause in _CAUSE.finditer(passage.text) if (dated := _late(passage, *cause.span())))
        for cause, late in islice(blamed, 1):
            when = f"{late.first.year}年" + (f"{late.first.month}月" if late.grain is not Grain.YEAR else "")
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{when}的事归因于疫情，而疫情防控2023年1月8日起已调整为“乙类乙管”",
                "当时存在的原因",
                "写明实际的原因；前期疫情造成的写明时间",
                confidence=Confidence.POSSIBLE,
            )
            start, end = min(cause.start(), late.start), max(cause.end(), late.end)
            yield remark(reading, fault, passage.span(start, end))


def _late(passage: Passage, start: int, end: int) -> Dated | None:
    """The late day of what a cause brought about: right before the cause, or the first behind it, of what failed then."""
    last = min(passage.sentence(start)[1], end + _BEHIND)
    before = next((each for each in passage.dates if 0 <= start - each.end <= _BEFORE), None)
    behind = next((each for each in passage.dates if end <= each.start < last), None)
    if before is not None and before.first >= _LONG_AFTER:
        return before
    if behind is None or behind.first < _LONG_AFTER:
        return None
    failed = _FAILED.match(passage.text, behind.end)
    return behind if failed and not _AGAIN.search(failed[0]) else None
