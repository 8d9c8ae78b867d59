"""扣了分而“存在的问题”没有说到。

## 查什么
每个扣分的末级指标，“存在的问题”中是否有说到同一件事的一条（比较指标名称、扣分原因、分析文字与问题的用词）。

## 为什么
扣分说明有问题；问题一章不写，被评价单位不知道为什么扣分，也没有建议可改。

## 怎么改
在“存在的问题”中补写；不构成问题的，说明扣分的理由。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import losses_told, tellers, told_of
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.items import items, numbers, pairs
from hengji.reading.manuscript import Manuscript, Role

CODE = "f453"
_TOLD = 4
_SHARE = 0.5
_FEW = 6
"""A reason of so few pairs of characters that any one of them tells it."""
_THIRD = 1 / 3
_SAID_OF_IT = pattern(
    "完好|完整|长效|后期|日常|持续|有效|健全|科学|合理|明确|合规|准确|达标|合格|优良|完成|覆盖|增长|可行|可|效益|影响|作用|数量|质量|时效|成本|指标|程度|[率性度数]$"
)
"""What an indicator says of its thing (设施完好率, 长效管护机制): a problem tells of the thing in other words (设施损坏, 后期管护)."""
_NO_REASON = pattern("其中|指标")
_LITTLE = Decimal("0.1")
"""A part of the weight so small that it need not be a problem: what a rate of 97% costs."""


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Indicators that lost points for something no problem tells of."""
    problems = items(manuscript, Role.PROBLEMS)
    if not problems:
        return
    told = frozenset(pair for problem in problems for pair in problem.words)
    counted = frozenset(number for problem in problems for number in problem.numbers)
    above = tellers(scorecard)
    names = frozenset(pair for node in scorecard.walk() for pair in pairs(node.name))
    for leaf in scorecard.leaves():
        if leaf.level == 1 or not leaf.weight or not leaf.awarded or leaf.awarded.value >= leaf.weight.value:
            continue
        words_told = "\n".join([told_of(leaf, above.get(id(leaf))), *losses_told(reading, leaf)])
        words = frozenset(pairs(_NO_REASON.sub(" ", words_told)))
        name = frozenset(pairs(leaf.name))
        thing = frozenset(pairs(_SAID_OF_IT.sub(" ", leaf.name)))
        if (
            not words
            or not (thing or words - names)
            or len(words & told) >= min(_TOLD, len(words) * _THIRD)
            or (len(words - name) <= _FEW and (words - name) & told)
            or numbers(words_told) & counted
            or any(each and len(each & told) / len(each) >= _SHARE for each in (name, thing))
            or any(len(name & problem.named) >= len(name) * _THIRD for problem in problems if name)
        ):
            continue
        lost = leaf.weight.value - leaf.awarded.value
        found = f"指标“{leaf.name}”扣{lost}分，存在的问题中没有说到"
        little = lost <= leaf.weight.value * _LITTLE
        severity, confidence = (Severity.NOTE, Confidence.POSSIBLE) if little else (Severity.WARNING, Confidence.LIKELY)
        fault = Fault(CODE, severity, found, "扣分的事都写入问题", "补写问题，或说明扣分理由", confidence=confidence)
        yield remark(reading, fault, leaf.awarded.span)
