"""年度目标照抄长期目标。

## 查什么
绩效目标申报表的年度目标与长期目标是否一字不差。

## 为什么
年度目标要写清当年做什么、做到什么程度；照抄长期目标，年终无法对照检查。

## 怎么改
这是申报表的毛病，评价档案照录；在问题台账中写明，并建议下一年度分开填写。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import TARGETS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "o803"


def find(dossier: Dossier) -> Iterator[Finding]:
    """A goal for the year that is the goal for all years."""
    form = dossier.goal_form
    if form is not None and form.goal_annual.strip() and form.goal_annual.split() == form.goal_long_term.split():
        place = Place(TARGETS, item="goal_annual")
        remedy = "列为绩效目标方面的问题，建议下一年度分开填写"
        yield Finding(CODE, Severity.WARNING, place, "年度目标与长期目标一字不差", "当年的任务和应达到的水平", remedy)
