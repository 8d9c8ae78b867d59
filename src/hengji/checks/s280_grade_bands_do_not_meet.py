"""等级区间有空档、重叠或端点不明。

## 查什么
报告声明的各等级的分数区间，相邻两级是否首尾相接，端点归哪一级是否写明，最高、最低两级是否到 100 分和 0 分。

## 为什么
总分恰在端点时，等级说不清。

## 怎么改
写明端点“含”还是“不含”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scales import meetings
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard

CODE = "s280"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Neighbouring bands that leave a number of points open."""
    bands = scorecard.bands
    for low, high, word in meetings(tuple(band.interval for band in bands)):
        found = f"等级“{bands[high].name}”与“{bands[low].name}”的区间不严密：{word}"
        fault = Fault(CODE, Severity.WARNING, found, "每个分数恰属一个等级", "写明端点含在哪一级")
        yield remark(reading, fault, bands[low].span, bands[high].span)
