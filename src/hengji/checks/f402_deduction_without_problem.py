"""扣分没有对应的问题。

## 查什么
每个扣了分的末级指标，是否至少有一个问题把它列为扣分指标。

## 为什么
扣分要有事实支撑。报告的“存在的问题”没有提到的扣分，被评价单位不知道错在哪里，评审时也无法复核。

## 怎么改
在 findings.yaml 对应问题的 deductions 中补列该指标；没有对应问题的，补写问题，或重新评判该指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import INDICATORS
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.model.rubric import Stated
from hengji.model.score import Score
from hengji.scoring.operands import points
from hengji.scoring.score import leaves

CODE = "f402"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Leaves that lost points and that no problem names."""
    named = {indicator for problem in evaluation.dossier.problem_book.problems for indicator in problem.deductions}
    for score in leaves(evaluation.sheet.scores):
        if score.deduction > 0 and score.indicator.id not in named and _scored(score):
            yield Finding(
                CODE,
                Severity.WARNING,
                Place(INDICATORS, item=score.indicator.id),
                f"“{score.indicator.name}”扣{points(score.deduction)}分，没有一个问题提到",
                "扣分都能在“存在的问题”中找到原因",
                "在对应问题的扣分指标（deductions）中补列，或补写问题",
            )


def _scored(score: Score) -> bool:
    """An indicator that could not be scored has lost nothing yet; scoring says what is missing."""
    return score.literal is not None or score.override is not None or isinstance(score.indicator.rubric, Stated)
