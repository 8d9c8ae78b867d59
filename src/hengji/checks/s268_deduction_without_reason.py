"""扣分没有原因。

## 查什么
得分小于分值的末级指标，表中有没有扣分原因，正文、底稿的分析有没有说出不足。

## 为什么
扣分没有原因，被评价单位无从整改，也无从申诉。

## 怎么改
写明扣分对应的事实和标准的哪一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, less, losses_told, lost
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.scores.literal import MEASURED, defects_in
from hengji.scoring.operands import points

CODE = "s268"
_LOST = pattern(r"[^。；;\n\t|\d]{0,6}(?:扣\s*\d|[\d.]+\s*[%％][^。；;\n\t|]{0,12}(?:扣|得)\s*\d)")
_SHORT = pattern(r"扣|但|没有|无|不足|不够|偏低|仅|部分|一般|欠|未|不|缺|低于|有待|问题|滞后|尚|超|违|逾|晚|迟|漏|%")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves that lost points while nothing is told against them anywhere."""
    for leaf in scorecard.leaves():
        loss = lost(leaf)
        if loss is None or not leaf.standards or _explained(leaf) or _told_of(reading, leaf):
            continue
        found = f"{called(leaf)}扣了{points(loss.value)}分，没有写扣分原因"
        sums = less(loss.weight, loss.awarded)
        fault = Fault(CODE, Severity.WARNING, found, "扣分对应的事实", "写明扣分原因", sums, Confidence.LIKELY)
        yield remark(reading, fault, loss.awarded.span)


def _told_of(reading: Reading, leaf: Scored) -> bool:
    """Whether the body says by name that the indicator lost points: “…，审核规范性扣2分”, “…,知晓率85.07%,按比例得5.95分”."""
    at = reading.text.find(leaf.name)
    while at >= 0:
        if _LOST.match(reading.text, at + len(leaf.name)):
            return True
        at = reading.text.find(leaf.name, at + 1)
    return any(losses_told(reading, leaf))


def _explained(leaf: Scored) -> bool:
    """Whether anything is said that could be a reason."""
    if any(record.reason for record in leaf.records):
        return True
    if leaf.analyses and any(isinstance(each.rubric, MEASURED) for each in leaf.standards):
        return True
    return any(defects_in(each.text) or _SHORT.search(each.text) for each in leaf.analyses)
