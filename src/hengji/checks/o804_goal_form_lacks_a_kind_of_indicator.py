"""绩效目标申报表缺少一类指标。

## 查什么
绩效目标申报表的指标中，数量、质量、时效、成本、满意度五类是否各有至少一项。

## 为什么
缺了哪一类，那一方面就没有目标可以考核；目标审核按类别检查完整性。

## 怎么改
这是申报表的毛病，评价档案照录；在问题台账中写明，并建议补设该类指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import TARGETS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "o804"
KINDS = ("数量", "质量", "时效", "成本", "满意度")


def find(dossier: Dossier) -> Iterator[Finding]:
    """Kinds of indicator that the form has none of."""
    form = dossier.goal_form
    if form is None or not form.indicators:
        return
    levels = "\n".join(f"{each.level1} {each.level2} {each.level3}" for each in form.indicators)
    missing = [kind for kind in KINDS if kind not in levels]
    if missing:
        found = f"绩效目标申报表没有{'、'.join(missing)}指标"
        place = Place(TARGETS, item="indicators")
        remedy = "列为绩效目标方面的问题，建议补设"
        yield Finding(CODE, Severity.WARNING, place, found, "五类指标各有至少一项", remedy)
