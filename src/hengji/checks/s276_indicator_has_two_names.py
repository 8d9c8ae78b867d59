"""同一指标前后两个名称。

## 查什么
在同一上级之下、分值相同、位置相同的指标，各张表、正文标题、底稿中的名称是否相同；“情况”“指标”“方面”等词尾不计。

## 为什么
名称不同，读者会以为是两个指标，也无法与绩效目标对应。

## 怎么改
改成一致，以评价方案为准。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import TABLES, where
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Record, Scorecard, Where
from hengji.reading.scores.wording import bare, loose

CODE = "s276"


_PLACES = (*TABLES, Where.TEXT, Where.PAPER)


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records of one indicator whose names differ in more than a common ending; each other name is told once."""
    for node in scorecard.walk():
        named = [record for record in node.of(*_PLACES) if _name(record)]
        if node.level == 1 or not named:
            continue
        told = {loose(_name(named[0]))}
        for record in named[1:]:
            if loose(_name(record)) not in told:
                told.add(loose(_name(record)))
                found = f"同一指标在{where(named[0])}中叫“{_name(named[0])}”，在{where(record)}中叫“{_name(record)}”"
                fault = Fault(CODE, Severity.NOTE, found, "各处名称相同", "以评价方案为准改成一致")
                yield remark(reading, fault, record.name.span, named[0].name.span)


def _name(record: Record) -> str:
    return bare(record.name.text)
