"""核算表没有一条记录符合条件。

## 查什么
待遇核算所用数据表的全部记录，按政策条款是否都不予补助。

## 为什么
全部落空多半不是真的，而是某一列填法不对，或用错了政策版本。

## 怎么改
看随发现列出的首条原因，核对该列的填写和所用政策；确实都不符合的，在报告中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity

CODE = "p304"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Tables of which the policy pays no row."""
    for grant in evaluation.grants:
        if grant.rows and all(row.refusals for row in grant.rows):
            found = (
                f"按“{grant.title}”，{len(grant.rows)}条记录全部不予补助，首条原因：{grant.rows[0].refusals[0].text}"
            )
            place = Place(grant.table.path, item=grant.entitlement.id)
            remedy = "核对该列的填写和所用政策版本"
            yield Finding(CODE, Severity.WARNING, place, found, "至少一条符合条件的记录", remedy)
