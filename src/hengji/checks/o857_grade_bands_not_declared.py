"""没有写明等级划分。

## 查什么
报告给出总分或等级的，有没有写明各等级的分数区间。

## 为什么
没有区间，读者不能由分数判断等级对不对。

## 怎么改
写明各等级的分数区间和依据的办法。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.profile import Profile
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard

CODE = "o857"


def find(reading: Reading, scorecard: Scorecard, profile: Profile) -> Iterator[Finding]:
    """A grade without any declared bands."""
    if scorecard.bands or not scorecard.grades:
        return
    listed = "、".join(f"{band.name}（{band.low}分起）" for band in profile.bands)
    expected = f"各等级的分数区间，如{listed}" if listed else "各等级的分数区间"
    given = scorecard.grades[0]
    fault = Fault(CODE, Severity.WARNING, f"评为“{given.name}”，却没有写明等级怎样划分", expected, "写明等级划分和依据")
    yield remark(reading, fault, given.span)
