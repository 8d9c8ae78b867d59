"""提纲要求的章节没有内容。

## 查什么
评价规范的提纲所列各章节，是否有自动生成的内容或作者写的文字。下有小节的章不查。

## 为什么
评审按提纲逐项检查，缺一部分扣一次分。

## 怎么改
在 chapters/ 下写该章节的文件；确无内容的，写一句说明，如“无其他需要说明的问题”。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from hengji.model.dossier import Dossier
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity

CODE = "o806"
COMPOSED = ("funds", "framework", "conclusion", "analysis")
"""Chapters that are never empty, because figures and scores fill them."""


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Chapters of the outline in which nothing stands."""
    dossier, outline = evaluation.dossier, evaluation.profile.outline
    written = {chapter.chapter for chapter in dossier.chapters if chapter.text.strip()}
    filled = {*COMPOSED, *written, *_filled(dossier)}
    for plan, following in zip_longest(outline, outline[1:]):
        has_parts = following is not None and following.level > plan.level
        if plan.id not in filled and not has_parts:
            place = Place(f"chapters/{plan.id}.md")
            remedy = "写该章节；确无内容的，写一句说明"
            yield Finding(CODE, Severity.WARNING, place, f"“{plan.title}”一节没有内容", "提纲所列各节都有内容", remedy)


def _filled(dossier: Dossier) -> Iterator[str]:
    """Chapters that hold something of the dossier's own lists."""
    if dossier.goal_form is not None:
        yield "goals"
    if dossier.head.team or dossier.head.stages:
        yield "team"
    if dossier.problem_book.problems:
        yield "problems"
    if dossier.problem_book.recommendations:
        yield "recommendations"
