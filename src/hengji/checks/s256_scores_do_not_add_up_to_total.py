"""各指标得分之和不等于总分。

## 查什么
所有末级指标（没有时用一级指标）的得分之和，是否等于报告的总分。

## 为什么
总分决定等级，是报告最先被引用的数。

## 怎么改
重新合计各指标得分，改正总分或写错的得分。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import added, all_read, spans_of, total
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Scorecard
from hengji.scoring.operands import points

CODE = "s256"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """A total that the scores of the leaves do not come to."""
    scores = _scores(scorecard)
    if not scorecard.totals or not scores or total(scores) in {each.value for each in scorecard.totals}:
        return
    printed = scorecard.totals[0]
    if _weights(scorecard) < printed.value or not all(all_read(node) for node in scorecard.indicators):
        return
    found = f"总分{points(printed.value)}分，各指标得分合计{points(total(scores))}分"
    sums = f"{added(scores)} ≠ {points(printed.value)}分"
    fault = Fault(CODE, Severity.ERROR, found, f"{points(total(scores))}分", "核对总分和各指标得分", sums)
    yield remark(reading, fault, printed.span, *spans_of(scores))


def _weights(scorecard: Scorecard) -> Decimal:
    """What all leaves weigh: less than a total that was scored where the report does not print all of them."""
    weights = [leaf.weight for leaf in scorecard.leaves()]
    return total([each for each in weights if each]) if all(weights) else Decimal("Infinity")


def _scores(scorecard: Scorecard) -> list[Points]:
    """The scores of all leaves, or else of all level-1 indicators; nothing where one is not printed."""
    for nodes in (list(scorecard.leaves()), list(scorecard.indicators)):
        scores = [node.awarded for node in nodes if node.awarded]
        if nodes and len(scores) == len(nodes):
            return scores
    return []
