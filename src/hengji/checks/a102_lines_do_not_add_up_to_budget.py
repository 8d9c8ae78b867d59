"""测算明细之和不等于申报预算。

## 查什么
绩效目标申报表各条测算明细的金额之和，是否等于申报预算。

## 为什么
合计不符，多半漏列或重列了明细，预算审核时会被退回。

## 怎么改
补列、删去或改正明细；预算数写错的，改正预算数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import TARGETS
from hengji.funds.faults import in_wan
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "a102"


def find(dossier: Dossier) -> Iterator[Finding]:
    """A budget that is not the sum of its lines."""
    form = dossier.goal_form
    if form is None or not form.lines:
        return
    total = sum(line.amount for line in form.lines)
    if total != form.budget:
        found = f"申报预算{in_wan(form.budget)}，{len(form.lines)}条测算明细合计{in_wan(total)}"
        expected = f"两者相等（相差{in_wan(abs(total - form.budget))}）"
        place = Place(TARGETS, item="budget")
        yield Finding(CODE, Severity.WARNING, place, found, expected, "核对有无漏列、重列或写错的明细")
