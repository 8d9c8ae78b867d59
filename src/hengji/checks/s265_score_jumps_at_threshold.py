"""差一点达不到门槛就少很多分。

## 查什么
“达到门槛得满分，低于门槛得分值×实际比率”的标准，恰在门槛以下一点点时会不会一下子少很多分。只说“按比例得分”、没有写出怎样计算的不报。

## 为什么
差一点点就差很多分，容易诱使数据凑到门槛。

## 怎么改
改为插值或分档，或在评价方案中说明理由。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.rubric import ThresholdRatio
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s265"
_WHOLE = Decimal(100)
_TIMES = pattern("[×*xX✕]")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Threshold standards that lose points at once below the threshold."""
    for leaf in scorecard.leaves():
        standard = next((each for each in leaf.standards if isinstance(each.rubric, ThresholdRatio)), None)
        if standard is None or leaf.weight is None or not isinstance(standard.rubric, ThresholdRatio):
            continue
        if _TIMES.search(standard.wording.text) is None:
            continue
        share = Decimal(standard.rubric.threshold.rstrip("%")) / _WHOLE
        below = leaf.weight.value * share
        if below < leaf.weight.value:
            weight = points(leaf.weight.value)
            found = f"{called(leaf)}达到{standard.rubric.threshold}得{weight}分，略低于它只得约{points(below.normalize())}分"
            sums = f"{weight}分 × {standard.rubric.threshold} = {points(below.normalize())}分"
            yield remark(
                reading,
                Fault(CODE, Severity.NOTE, found, "得分随数值连续变化", "改为插值或分档", sums),
                standard.wording.span,
            )
