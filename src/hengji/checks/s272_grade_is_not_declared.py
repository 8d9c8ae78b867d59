"""等级名称不在声明的等级之中。

## 查什么
评定的等级用的名称，是否是报告声明的等级名称之一，一字不差。

## 为什么
“良好”不是“良”：评价办法里没有的等级，预算部门无从对应。

## 怎么改
改用声明的名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard

CODE = "s272"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Grades of the whole under a name that no band bears; the first mention of each name is told."""
    names = {band.name for band in scorecard.bands}
    totals = {each.value for each in scorecard.totals}
    told: set[str] = set()
    for given in scorecard.grades:
        if (
            not names
            or given.name in names
            or given.name in told
            or given.points is None
            or given.points.value not in totals
        ):
            continue
        told.add(given.name)
        listed = "、".join(band.name for band in scorecard.bands)
        fault = Fault(
            CODE, Severity.NOTE, f"等级写作“{given.name}”，声明的等级是{listed}", f"{listed}之一", "改用声明的名称"
        )
        yield remark(reading, fault, given.span, *(band.span for band in scorecard.bands))
