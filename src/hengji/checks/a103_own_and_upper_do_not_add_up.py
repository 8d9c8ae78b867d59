"""本级与上级资金之和不等于合计。

## 查什么
绩效目标申报表资金明细的每一环节，本级安排与上级安排之和是否等于合计。

## 为什么
来源之和不等于合计，就有资金没有来源，或来源算了两次。

## 怎么改
核对该环节的本级、上级和合计数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import TARGETS
from hengji.funds.faults import in_wan
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "a103"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Stages whose sources do not add up."""
    for row in dossier.goal_form.funds if dossier.goal_form else ():
        parts = row.own + row.upper
        if parts != row.total:
            found = f"“{row.step}”合计{in_wan(row.total)}，本级{in_wan(row.own)}加上级{in_wan(row.upper)}"
            place = Place(TARGETS, item=row.step)
            yield Finding(CODE, Severity.WARNING, place, found, in_wan(parts), "核对本级、上级和合计数")
