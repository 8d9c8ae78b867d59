"""正文的标题跳过了上级指标。

## 查什么
正文中同一级的标题，有的是二级指标，有的却是三级指标：那个三级指标的上级在正文中没有标题。

## 为什么
下级指标顶替了上级，读者会把它的分值当作上级的分值，小计也对不上。

## 怎么改
补上级指标的标题，下级指标降一级编号。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Places, called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Where

CODE = "s296"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Headings of grandchildren that stand beside headings of children."""
    places = Places(scorecard)
    titles = {title.span.start for title in reading.titles}
    above = {id(child): node for node in scorecard.walk() for child in node.children}
    for parent in scorecard.walk():
        for own in parent.of(Where.TEXT):
            beside = [each for each in places.below(own) if each[1].name.span.start in titles]
            if not any(above.get(id(node)) is parent for node, _ in beside):
                continue
            for node, record in beside:
                between = above.get(id(node))
                if between is None or above.get(id(between)) is not parent or between.of(Where.TEXT, Where.HEADING):
                    continue
                first = next((each.name.span for each in between.records if each.name.text), None)
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    f"标题{called(node)}与上一级的指标并列，它的上级{called(between)}没有标题",
                    "各级指标的标题与指标体系表一致",
                    f"补写{called(between)}的标题，{called(node)}降一级",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, record.name.span, *((first,) if first else ()))
