"""发放得满分，钱却没有发完。

## 查什么
名称说发放、拨付、支付的末级指标得了满分，报告又写明“尚有若干万元未拨付”“若干万元尚未落实到位”的。分析中已经说到这笔钱的不算。

## 为什么
发放环节给满分，等于说没有问题；没有付出去的钱写进了存在的问题，两头对不上。

## 怎么改
按标准扣分；只考核流程、不考核足额的，在指标解释中写明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import points

CODE = "f469"
_PAYING = pattern(r"发放|拨付|支付|兑付|兑现")
_UNPAID = pattern(
    r"(?:尚|仍|还)有\d+(?:\.\d+)?[万亿]?元[^,。;]{0,4}(?:未|没有)(?:能)?(?:拨付|发放|支付|兑付|落实|到位)"
    r"|\d+(?:\.\d+)?[万亿]?元(?:资金|补助)?(?:尚|仍|还)(?:未|没有)(?:能)?(?:拨付|发放|支付|兑付|落实|到位)"
)
_MOST = 4


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves about paying out with full marks, where an amount is told that was not paid."""
    unpaid = [
        (match[0], passage.span(match.start(), match.end()))
        for passage in manuscript.told()
        if passage.role is not Role.ADVICE and "元" in passage.text
        for match in _UNPAID.finditer(passage.text)
    ]
    if not unpaid:
        return
    words = unpaid[0][0]
    places = [where for _, where in unpaid[:_MOST]]
    for leaf in scorecard.leaves():
        awarded = full_marks(leaf)
        if awarded is None or not _PAYING.search(leaf.name):
            continue
        if not any(_UNPAID.search(each.text) for each in leaf.analyses):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{called(leaf)}得满分{points(awarded.value)}分，而报告写明“{words}”",
                "得分与未付的金额相称",
                "按标准扣分，或写明只考核流程",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, awarded.span, *places, *(each.span for each in leaf.analyses[:1]))
