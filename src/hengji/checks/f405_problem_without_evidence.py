"""问题没有佐证。

## 查什么
每个问题是否列出佐证，或在文字中引用佐证。

## 为什么
没有佐证的问题经不起被评价单位反驳，工作底稿也无法支撑结论。

## 怎么改
在 findings.yaml 该问题的 evidence 中列出佐证编号，或在 detail 中写 [证:编号]。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import FINDINGS
from hengji.model.binding import Citation, pieces
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "f405"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Problems that rest on nothing."""
    for problem in dossier.problem_book.problems:
        if not problem.evidence and not any(isinstance(piece, Citation) for piece in pieces(problem.detail)):
            yield Finding(
                CODE,
                Severity.WARNING,
                Place(FINDINGS, item=problem.id),
                f"问题“{problem.title}”没有佐证",
                "至少一件佐证材料",
                "在该问题的佐证（evidence）中列出编号，或在文字中写 [证:编号]",
            )
