"""等级区间有空档、重叠或端点不明。

## 查什么
报告声明的各等级的分数区间，相邻两级是否首尾相接，端点归哪一级是否写明。80—89 分、90—100 分这样按整数分写的，得分都是整数就不算空档（80—89.9 分的，得分都只有一位小数也不算）；得分小数更多的只提示，有得分落在两级之间的除外。

## 为什么
总分恰在端点时，等级说不清。

## 怎么改
写明端点“含”还是“不含”。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scales import meetings
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Interval, Scorecard

CODE = "s280"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Neighbouring bands that leave a number of points open."""
    bands, scores = scorecard.bands, _scores(scorecard)
    open_ = [(bands[low], bands[high], word) for low, high, word in meetings(tuple(band.interval for band in bands))]
    closed = len(open_) == 1 < len(bands) - 1
    steps = closed or any(_step(low.interval, high.interval) is not None for low, high, _ in open_)
    for low, high, word in open_:
        step = _step(low.interval, high.interval)
        if step is not None and not any(score % step for score in scores):
            continue
        if steps and low.interval.low is None and low.interval.high == high.interval.low:
            continue
        fits = step is not None and not any(_between(score, low.interval, high.interval) for score in scores)
        severity = Severity.NOTE if fits else Severity.WARNING
        found = f"等级“{high.name}”与“{low.name}”的区间不严密：{word}"
        fault = Fault(CODE, severity, found, "每个分数恰属一个等级", "写明端点含在哪一级")
        yield remark(reading, fault, low.span, high.span)


def _scores(scorecard: Scorecard) -> list[Decimal]:
    """The totals and the scores of all indicators."""
    awarded = (record.awarded for node in scorecard.walk() for record in node.records)
    return [points.value for points in (*scorecard.totals, *awarded) if points is not None]


def _step(low: Interval, high: Interval) -> Decimal | None:
    """How far apart the points are of which two bands are one next to the other: 1 of 80—89, 90—100; 0.1 of 80—89.9, 90—100."""
    if low.high is None or high.low is None:
        return None
    step = Decimal(1).scaleb(min(int(low.high.as_tuple().exponent), 0))
    return step if high.low - low.high == step else None


def _between(score: Decimal, low: Interval, high: Interval) -> bool:
    return low.high is not None and high.low is not None and low.high < score < high.low
