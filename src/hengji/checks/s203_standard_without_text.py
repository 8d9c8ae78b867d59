"""指标没有印出的评分标准。

## 查什么
每个末级指标的 criteria 是否写有评分标准的文字。

## 为什么
报告和底稿要印出评分标准，读者据此复核得分；没有文字，被评价单位不知道按什么打分。

## 怎么改
把评价方案中的评分标准原文写入 criteria。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import INDICATORS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.scoring.framework import walk

CODE = "s203"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Leaves whose standard is not in words."""
    for indicator in walk(dossier.framework.indicators):
        if not indicator.children and not indicator.criteria.strip():
            place = Place(INDICATORS, item=indicator.id)
            found = f"“{indicator.name}”没有评分标准的文字"
            remedy = "把评价方案中的评分标准原文写入该指标（criteria）"
            yield Finding(CODE, Severity.WARNING, place, found, "评分标准原文", remedy)
