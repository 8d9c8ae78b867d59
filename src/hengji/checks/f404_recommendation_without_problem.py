"""建议没有对应问题。

## 查什么
每条建议是否至少回应一个问题。

## 为什么
没有问题作依据的建议多是套话，评审时会被要求说明从何而来。

## 怎么改
在所回应问题的 recommendations 中列出该建议；确实没有对应问题的，删去，或先写明问题。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "f404"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Recommendations that answer nothing."""
    book = dossier.problem_book
    answering = {key for problem in book.problems for key in problem.recommendations}
    for recommendation in book.recommendations:
        if recommendation.id not in answering:
            yield Finding(
                CODE,
                Severity.WARNING,
                Place(FINDINGS, item=recommendation.id),
                f"建议“{recommendation.title}”没有回应任何问题",
                "至少回应一个问题",
                "在所回应问题的对应建议（recommendations）中列出，或删去",
            )
