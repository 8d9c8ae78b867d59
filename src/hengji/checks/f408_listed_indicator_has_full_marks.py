"""问题所列的指标得了满分。

## 查什么
问题列出几项扣分指标，其中有的扣了分，有的却得满分。

## 为什么
同一个事实在一处扣分、在另一处不扣，评分前后不一；或者是指标列错了。

## 怎么改
核对该问题是否确与该指标有关：有关的重新评判，无关的从 deductions 中删去。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.scoring.score import leaves

CODE = "f408"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Indicators that a problem blames and that lost nothing, where another did (f401 has the case in which none did)."""
    scores = {score.indicator.id: score for score in leaves(evaluation.sheet.scores)}
    for problem in evaluation.dossier.problem_book.problems:
        listed = [scores[key] for key in problem.deductions if key in scores]
        full = [score for score in listed if score.deduction == 0]
        if len(full) < len(listed):
            for score in full:
                yield Finding(
                    CODE,
                    Severity.WARNING,
                    Place(FINDINGS, item=problem.id),
                    f"问题“{problem.title}”列有“{score.indicator.name}”，而该指标没有扣分",
                    "所列指标都有扣分",
                    "重新评判该指标，或从该问题的扣分指标（deductions）中删去",
                )
