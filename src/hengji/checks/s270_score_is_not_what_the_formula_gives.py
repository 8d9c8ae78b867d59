"""得分不等于公式算出的得分。

## 查什么
评分标准是公式、比率分档、满意度折算的，用报告对该指标写出的比率，或计划数和实际数代入，是否得出写明的得分。印出的比率按四舍五入的区间判断。

## 为什么
公式算得出的分，报告自己的数却对不上，说明数或分有一个错了。

## 怎么改
核对比率和得分，按公式重新计算。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, disclosed
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Decided, Scorecard
from hengji.scoring.operands import points

CODE = "s270"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves whose computed score is another than the awarded one."""
    for leaf in scorecard.leaves():
        literal, awarded = leaf.literal, leaf.awarded
        if (
            literal is None
            or awarded is None
            or literal.decided is not Decided.COMPUTED
            or literal.score == awarded.value
        ):
            continue
        assert literal.score is not None
        counted = len(literal.inputs) > 1
        found = f"{called(leaf)}得{points(awarded.value)}分，按评分标准代入报告中的数应得{points(literal.score)}分"
        fault = Fault(
            CODE,
            Severity.NOTE if disclosed(leaf) else Severity.WARNING if counted else Severity.ERROR,
            found,
            f"{points(literal.score)}分",
            "按公式重新计算",
            literal.computation,
            Confidence.LIKELY if counted else Confidence.CERTAIN,
        )
        standard = literal.standard.wording.spans if literal.standard else ()
        yield remark(reading, fault, awarded.span, *standard, *literal.inputs)
