"""约数重复。

## 查什么
一个数前后都有表示约数的词（“约6万余人”“大约5天左右”“超过30%以上”“不少于3人以上”“不超过5日以内”）。

## 为什么
两个约数词意思重复，有的还互相矛盾，读者不知道数在哪一边。

## 怎么改
只留一个；有准确数的，写准确数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "w963"
_ABOUT = r"大约|(?<![节签预合制履违特集简])约|将近|接近"
"""节约10余万元 is a saving, 签约30余家 a contract."""
_TWICE = pattern(
    rf"(?:{_ABOUT}|(?<![最附临靠邻])近)\d+(?:[.,]\d+)*[万亿千百]?余"
    rf"|(?:{_ABOUT})\d+(?:[.,]\d+)*[^,。;\d]{{0,4}}左右"
    r"|(?:超过|大于|高于)\d+(?:[.,]\d+)*[^,。;\d]{0,3}以上"
    r"|(?<!不)(?<!不得)(?:低于|不足|少于)\d+(?:[.,]\d+)*[^,。;\d]{0,3}以下"
    r"|(?:不(?:得|应|能)?(?:低于|少于|小于)|至少|最少)\d+(?:[.,]\d+)*[^,。;\d]{0,4}以上"
    r"|(?:不(?:得|应|能)?(?:超过|高于|多于|大于)|至多|最多)\d+(?:[.,]\d+)*[^,。;\d]{0,4}(?:以内|之内|以下)"
)
_BEHIND = ("余", "左右", "以上", "以下", "以内", "之内")
"""One of these stands behind each."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Numbers that are hedged on both sides."""
    for passage in manuscript.holding(*_BEHIND):
        for match in _TWICE.finditer(passage.text):
            span = passage.span(match.start(), match.end())
            fault = Fault(CODE, Severity.NOTE, f"“{words(reading, span)}”约数重复", "一个约数词", "只留一个")
            yield remark(reading, fault, span)
