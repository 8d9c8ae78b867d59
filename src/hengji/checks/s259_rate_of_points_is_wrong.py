"""得分率不等于得分除以分值。

## 查什么
写明得分率（或折算百分制得分）的，是否等于得分÷分值×100；印出的小数按四舍五入的区间判断，只差末位的作提示。

## 为什么
得分率是各项指标之间比较的依据。

## 怎么改
按得分和分值重新计算。
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, where
from hengji.model.finding import Finding, Severity
from hengji.model.money import round_to
from hengji.model.precision import half_unit, places_of
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Record, Scorecard, Scored, Where
from hengji.scoring.operands import points

CODE = "s259"

_ROUNDED = 2
"""Points with so many decimals may be rounded themselves: those of several parts, weighed."""


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Rates of points that are not what score and weight give."""
    for node in scorecard.walk():
        for record in node.records:
            weight = record.weight or node.weight
            awarded = record.awarded or (node.awarded if record.where is Where.CONCLUSION else None)
            if record.rate is not None and awarded is not None and weight is not None and weight.value:
                yield from _judged(reading, node, record, (record.rate, awarded, weight))


def _judged(reading: Reading, node: Scored, record: Record, said: tuple[Points, Points, Points]) -> Iterator[Finding]:
    rate, awarded, weight = said
    exact = Fraction(awarded.value) / Fraction(weight.value) * 100
    off = abs(exact - Fraction(rate.value))
    unit = half_unit(rate.value)
    rounded = half_unit(awarded.value) if places_of(awarded.value) >= _ROUNDED else 0
    if off <= unit + rounded / Fraction(weight.value) * 100:
        return
    right = round_to(exact, places_of(rate.value))
    sums = f"{points(awarded.value)}分 ÷ {points(weight.value)}分 × 100% = {right}%"
    found = f"{where(record)}中{called(node)}的得分率是{rate.value}%，按得分和分值应为{right}%"
    severity = Severity.NOTE if off <= 2 * unit else Severity.ERROR
    yield remark(
        reading, Fault(CODE, severity, found, f"{right}%", "重新计算得分率", sums), rate.span, awarded.span, weight.span
    )
