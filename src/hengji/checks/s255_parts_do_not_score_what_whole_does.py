"""下级指标得分之和不等于上级得分。

## 查什么
表格、正文、结论中写明得分的上级指标，是否等于它下面各指标得分之和；各处对下级的划分不同的，合于任何一处即可；正文的得分恰是某个下级的得分的，视为下级的。

## 为什么
小计错了，要么总分错，要么小计和总分各说各的。

## 怎么改
核对各末级指标的得分，重新计算小计，正文和表格一并改正。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import Places, added, all_read, called, leaves_of, spans_of, total, where
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Record, Scorecard, Scored, Where
from hengji.scoring.operands import points

CODE = "s255"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Nodes whose printed score, anywhere, is not the sum of what stands below them, there or anywhere else."""
    places = Places(scorecard)
    for node in scorecard.walk():
        leaves = leaves_of(node)
        believed = [leaf.awarded for leaf in leaves if leaf.awarded]
        if not node.children or len(believed) < len(leaves) or not all_read(node):
            continue
        could_be = {total(believed), *_sums(places, node)}
        for record in node.records:
            own = {leaf.value for leaf in believed} if record.where is Where.TEXT else set[Decimal]()
            if record.awarded is not None and record.awarded.value not in could_be | own | {_here(leaves, record)}:
                yield _finding(reading, node, record, believed)


def _sums(places: Places, node: Scored) -> Iterator[Decimal]:
    """What the children come to, place by place where all of them have a score there."""
    for record in node.records:
        scores = [child.awarded or below.awarded for below, child in places.below(record)]
        printed = [score for score in scores if score]
        if printed and len(printed) == len(scores):
            yield total(printed)


def _here(leaves: list[Scored], record: Record) -> Decimal:
    """What the leaves come to as they stand in the record's place, or else as they are believed."""
    scores = (
        next((each.awarded for each in leaf.records if each.place == record.place and each.awarded), leaf.awarded)
        for leaf in leaves
    )
    return total([score for score in scores if score])


def _finding(reading: Reading, node: Scored, record: Record, believed: list[Points]) -> Finding:
    assert record.awarded is not None
    found = (
        f"{where(record)}中{called(node)}得{points(record.awarded.value)}分，下级得分合计{points(total(believed))}分"
    )
    sums = f"{added(believed)} ≠ {points(record.awarded.value)}分"
    fault = Fault(CODE, Severity.ERROR, found, f"{points(total(believed))}分", "核对小计和各下级得分", sums)
    return remark(reading, fault, record.awarded.span, *spans_of(believed))
