"""一级指标分值之和不等于总分值。

## 查什么
每张指标表和正文中，一级指标的分值之和是否等于写明的总分值；没有写明的按 100 分。别处还有这张表没有的一级指标时不查；相差四分之一以上的，是只印了一部分指标，也不查。

## 为什么
总分不是 100 分，等级就无从对应。

## 怎么改
核对一级指标的分值和总分值。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import TABLES, Entry, Places, added, spans_of, total
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s254"


_WHOLE = Decimal(100)
_FAR = Decimal("0.25")
"""So much of the whole is no slip: the list is of some indicators only, as papers are that are printed in part."""


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Places that list every level-1 indicator and do not come to the whole."""
    for tops in Places(scorecard).tops():
        weights = [record.weight for _, record in tops if record.weight]
        if len(weights) < len(tops) or not _complete(scorecard, tops):
            continue
        declared = {each.value for each in scorecard.weights} or {_WHOLE}
        if total(weights) in declared or all(abs(total(weights) - each) > each * _FAR for each in declared):
            continue
        whole = next(iter(declared))
        found = f"一级指标分值合计{points(total(weights))}分，总分值{points(whole)}分"
        fault = Fault(CODE, Severity.ERROR, found, f"{points(whole)}分", "核对一级指标的分值", added(weights))
        yield remark(reading, fault, weights[0].span, *spans_of(weights[1:]))


def _complete(scorecard: Scorecard, tops: list[Entry]) -> bool:
    listed = {id(node) for node, _ in tops}
    return bool(tops) and tops[0][1].where in TABLES and {id(node) for node in scorecard.indicators} == listed
