"""问题没有对应建议。

## 查什么
问题台账中的每个问题是否列出至少一条建议。

## 为什么
评价的用处在于改进。只提问题不提建议，被评价单位无从整改；评审按“问题与建议逐一对应”打分。

## 怎么改
在 findings.yaml 该问题的 recommendations 中列出建议的编号；没有合适的建议就补写一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "f403"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Problems that no recommendation answers."""
    for problem in dossier.problem_book.problems:
        if not problem.recommendations:
            yield Finding(
                CODE,
                Severity.WARNING,
                Place(FINDINGS, item=problem.id),
                f"问题“{problem.title}”没有对应的建议",
                "至少一条建议",
                "在该问题的对应建议（recommendations）中列出建议的编号，或补写建议",
            )
