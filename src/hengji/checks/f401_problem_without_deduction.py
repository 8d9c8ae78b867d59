"""存在的问题没有对应扣分。

## 查什么
问题台账中的每个问题都应列出因它而扣分的指标；所列指标须至少有一项确有扣分。

## 为什么
问题不影响得分，说明评分没有反映问题，或问题并不成立；评审时两头对不上是常见退稿理由。

## 怎么改
在 findings.yaml 该问题的 deductions 中列出扣分指标；若确不应扣分，改写为“其他需要说明的问题”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.scoring.score import leaves

CODE = "f401"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Problems that took no points from anywhere."""
    lost = {score.indicator.id: score.deduction for score in leaves(evaluation.sheet.scores)}
    for problem in evaluation.dossier.problem_book.problems:
        if not lost or any(lost.get(indicator, 0) > 0 for indicator in problem.deductions):
            continue
        listed = "、".join(problem.deductions)
        found = f"所列指标{listed}都没有扣分" if listed else "没有列出扣分指标"
        yield Finding(
            CODE,
            Severity.WARNING,
            Place(FINDINGS, item=problem.id),
            f"问题“{problem.title}”{found}",
            "至少一项确有扣分的指标",
            "补列指标，或移入“其他需要说明的问题”",
        )
