"""满意度低，问题一章用了调查却没有说。

## 查什么
满意度一类的指标扣分超过一成半，“存在的问题”引用了这次满意度调查的数据，却没有一条说满意度本身。

## 为什么
服务对象不满意是最要紧的问题：扣了分不写，被评价单位不知道要改什么，也没有建议。

## 怎么改
按各题的满意率写明不满意的是什么，补写问题和建议。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, lost
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import points

CODE = "f483"
_SURVEY = pattern(r"满意度?(?:调查|问卷)")
_NAMED = pattern(r"满意度?(?:调查|问卷|指标)")
"""Names that have the word for satisfaction in them and say nothing of it."""
_SATISFIED = "满意"
_MUCH = Decimal("0.15")


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """The first indicator of satisfaction that lost much, where problems cite the survey for other things only."""
    problems = list(manuscript.told(Role.PROBLEMS))
    cited = [(each, match) for each in problems if (match := _SURVEY.search(each.text))]
    if not cited or any(_SATISFIED in _NAMED.sub("", each.text) for each in problems):
        return
    for node in scorecard.walk():
        loss = lost(node)
        if loss is not None and _SATISFIED in node.name and loss.value > loss.weight.value * _MUCH:
            passage, match = cited[0]
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{called(node)}扣{points(loss.value)}分，存在的问题引用了满意度调查，没有说满意度低",
                "扣分的事都写入问题",
                "写明不满意的是什么，补写建议",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, loss.awarded.span, passage.span(*match.span()))
            return
