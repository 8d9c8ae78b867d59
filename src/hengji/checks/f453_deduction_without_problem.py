"""扣了分而“存在的问题”没有说到。

## 查什么
每个扣分的末级指标，“存在的问题”中是否有说到同一件事的一条（比较指标名称、扣分原因、分析文字与问题的用词）。

## 为什么
扣分说明有问题；问题一章不写，被评价单位不知道为什么扣分，也没有建议可改。

## 怎么改
在“存在的问题”中补写；不构成问题的，说明扣分的理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.items import items, pairs
from hengji.reading.manuscript import Manuscript, Role

CODE = "f453"
_TOLD = 6
_SHARE = 0.5
_THIRD = 1 / 3


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators that lost points for something no problem tells of."""
    problems = items(manuscript, Role.PROBLEMS)
    if not problems:
        return
    told = frozenset(pair for problem in problems for pair in problem.words)
    for leaf in scorecard.leaves():
        if leaf.level == 1 or not leaf.weight or not leaf.awarded or leaf.awarded.value >= leaf.weight.value:
            continue
        words = _words(leaf)
        name = frozenset(pairs(leaf.name))
        if (
            not words
            or len(words & told) >= min(_TOLD, len(words) * _THIRD)
            or (name and len(name & told) / len(name) >= _SHARE)
        ):
            continue
        found = f"指标“{leaf.name}”扣{leaf.weight.value - leaf.awarded.value}分，存在的问题中没有说到"
        fault = Fault(
            CODE,
            Severity.WARNING,
            found,
            "扣分的事都写入问题",
            "补写问题，或说明扣分理由",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, leaf.awarded.span)


def _words(leaf: Scored) -> frozenset[str]:
    reasons = [record.reason.text for record in leaf.records if record.reason]
    return frozenset(pairs("\n".join([leaf.name, *reasons, *(each.text for each in leaf.analyses)])))
