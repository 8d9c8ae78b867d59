"""等级与总分不符。

## 查什么
和总分一起写出的等级，是否是报告自己声明的区间中总分所在的那一级；“良好”与“良”视为同一级。

## 为什么
等级是评价结论，直接影响下一年度预算。

## 怎么改
按声明的区间改正等级，或改正总分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import GradeGiven, Scorecard
from hengji.reading.scores.literal import grade_of
from hengji.scoring.operands import points

CODE = "s271"
_MOST_OF_INDICATOR = 50
"""What is scored with more points than this is no indicator, whatever its weight is."""
_SAME = {"优秀": "优", "良好": "良", "中等": "中", "优等": "优", "良等": "良", "差等": "差"}


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Grades said of a number of points that lies in the band of another."""
    for given in scorecard.grades:
        if given.points is None or not _is_total(scorecard, given):
            continue
        right = grade_of(scorecard.bands, given.points.value)
        if right and _same(right) != _same(given.name):
            band = next(each for each in scorecard.bands if each.name == right)
            found = f"{points(given.points.value)}分评为“{given.name}”，按报告声明的区间应为“{right}”"
            fault = Fault(CODE, Severity.ERROR, found, f"“{right}”", "改正等级或总分", reading.quote(band.span))
            yield remark(reading, fault, given.span, given.points.span, band.span)


def _same(name: str) -> str:
    return _SAME.get(name, name)


def _is_total(scorecard: Scorecard, given: GradeGiven) -> bool:
    """Whether points are those of the whole, or of one of several things that are scored: more than any indicator can give."""
    assert given.points is not None
    most = max((node.weight.value for node in scorecard.walk() if node.weight is not None), default=_MOST_OF_INDICATOR)
    return given.points.value in {each.value for each in scorecard.totals} or given.points.value > most
