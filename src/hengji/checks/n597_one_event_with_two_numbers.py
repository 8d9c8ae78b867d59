"""同一件事写了两个数。

## 查什么
同一天的同一次会议、培训、检查、调查，在摘要、正文、经验做法、大事记等处写的人数、户数、金额是否相同。一处写了几个同单位的数的，分不清是哪一个，不查。

## 为什么
参会、参训、抽查的数前后不一，读者不知道哪一个有签到表、检查记录作证。

## 怎么改
对照签到表、检查记录，改正写错的一处；确是两次的，写明区别。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript
from hengji.reading.steps import steps_of
from hengji.reading.steps_again import recounted

CODE = "n597"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Occasions of one day with two numbers of one unit."""
    for told in recounted(steps_of(reading, manuscript)):
        found = f"“{told.kind}”这里写{told.number}{told.unit}，另一处（第{reading.line(told.other.start)}行）写{told.otherwise}{told.unit}"
        fault = Fault(
            CODE,
            Severity.WARNING,
            found,
            "同一件事的数相同",
            "对照签到表、检查记录改正",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, told.span, told.other)
