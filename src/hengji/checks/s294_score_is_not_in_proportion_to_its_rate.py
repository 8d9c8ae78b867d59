"""“按比例得分”的得分与旁边的率不符。

## 查什么
扣分原因、评分说明写“98.77%，按比例得分”的指标，得分是否等于分值乘这个率；只有一个率、也没有写目标值的才算，而且得分正好是分值乘正文里写的、与它不同的另一个率。

## 为什么
得分按一个率算，表里写的是另一个率，读者不知道哪个对。

## 怎么改
核对两个率，改正写错的一个；改的是用来打分的，重算得分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Record, Scorecard, Scored
from hengji.reading.folding import fold
from hengji.scoring.operands import points

CODE = "s294"
_IN_PROPORTION = pattern(
    r"^\D{0,12}(?P<rate>\d{1,2}(?:\.\d+)?)%,按(?:实际)?(?:完成)?(?:比例|比率)(?:得分|计分|给分|赋分|扣分)"
)
_PERCENT = pattern("%")
_WHOLE = Decimal(100)
_NAMED = 2
"""So many last characters of an indicator's name must stand before the other rate."""


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves whose score is in proportion to a rate of the text, and not to that beside it."""
    for leaf in scorecard.leaves():
        for record in leaf.records:
            match = _IN_PROPORTION.match(record.reason.text) if record.reason else None
            if match is None or leaf.weight is None or record.awarded is None:
                continue
            assert record.reason is not None
            rate = Decimal(match["rate"])
            alone = len(_PERCENT.findall(record.reason.text)) == 1
            if alone and _given(leaf.weight.value, rate, record) != record.awarded.value:
                other = _other(reading, leaf, record, rate)
                if other is not None:
                    yield _finding(reading, leaf, record, match["rate"], other)


def _given(weight: Decimal, rate: Decimal, record: Record) -> Decimal:
    """What a rate gives, to as many decimals as the score is printed with."""
    assert record.awarded is not None
    return (weight * rate / _WHOLE).quantize(record.awarded.value, ROUND_HALF_UP)


def _other(reading: Reading, leaf: Scored, record: Record, rate: Decimal) -> Span | None:
    """A rate elsewhere, behind the last words of the indicator's name, that gives the score."""
    assert leaf.weight is not None
    assert record.awarded is not None
    named = re.compile(rf"{re.escape(leaf.name[-_NAMED:])}[^\d。;；]{{0,4}}(?P<rate>\d{{1,2}}(?:\.\d+)?)\s*[%％]")
    for match in named.finditer(reading.text):
        other = Decimal(match["rate"])
        if other != rate and _given(leaf.weight.value, other, record) == record.awarded.value:
            return Span(match.start("rate"), match.end())
    return None


def _finding(reading: Reading, leaf: Scored, record: Record, rate: str, other: Span) -> Finding:
    assert leaf.weight is not None
    assert record.awarded is not None
    assert record.reason is not None
    given = points(_given(leaf.weight.value, Decimal(rate), record))
    printed = fold(reading.text, other).text
    found = f"{called(leaf)}得{points(record.awarded.value)}分，按旁边写的{rate}%应得{given}分，按正文写的{printed}才得这么多"
    sums = f"{points(leaf.weight.value)}分 × {rate}% = {given}分"
    fault = Fault(CODE, Severity.WARNING, found, f"{printed}，或者{given}分", "核对两个率", sums, Confidence.LIKELY)
    return remark(reading, fault, record.reason.span, record.awarded.span, other)
