"""问题台账中的编号不存在。

## 查什么
findings.yaml 中每个问题所列的扣分指标是否为末级指标、所列建议是否存在，每项整改所指的问题是否存在。

## 为什么
编号写错，问题、扣分、建议和整改就断开了，报告中会出现对不上的引用。

## 怎么改
按随发现给出的已有编号改正；扣分指标要写末级指标的编号。
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from hengji.checks.subjects import FINDINGS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.scoring.framework import walk

CODE = "f407"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Ids in findings.yaml that lead nowhere."""
    book = dossier.problem_book
    indicators = [each.id for each in walk(dossier.framework.indicators) if not each.children]
    recommendations = [each.id for each in book.recommendations]
    problems = [each.id for each in book.problems]
    for problem in book.problems:
        yield from _unknown("末级指标", problem.deductions, indicators, problem.id)
        yield from _unknown("建议", problem.recommendations, recommendations, problem.id)
    for rectification in book.rectifications:
        yield from _unknown("问题", (rectification.problem,), problems, rectification.problem)


def _unknown(word: str, keys: Sequence[str], known: Sequence[str], item: str) -> Iterator[Finding]:
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, known, 2, 0.5)
            remedy = "可能是" + "或".join(f"“{name}”" for name in near) if near else "改正编号，或补上该项"
            place = Place(FINDINGS, item=item)
            yield Finding(CODE, Severity.ERROR, place, f"没有编号为“{key}”的{word}", f"已有的{word}编号", remedy)
