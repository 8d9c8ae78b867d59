"""问题没有整改事项。

## 查什么
每个问题在整改清单中是否有一项整改措施。

## 为什么
评价结果要用于整改。清单缺了一项，委托方就少跟踪一个问题。

## 怎么改
在 findings.yaml 的 rectifications 中为该问题写明措施和责任单位；无需整改的，状态写“无需整改”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "f406"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Problems that nobody is asked to put right."""
    book = dossier.problem_book
    followed = {rectification.problem for rectification in book.rectifications}
    for problem in book.problems:
        if problem.id not in followed:
            yield Finding(
                CODE,
                Severity.NOTE,
                Place(FINDINGS, item=problem.id),
                f"问题“{problem.title}”没有列入整改清单",
                "整改措施和责任单位",
                "在整改（findings.yaml 的 rectifications）中补上；无需整改的，状态写“无需整改”",
            )
