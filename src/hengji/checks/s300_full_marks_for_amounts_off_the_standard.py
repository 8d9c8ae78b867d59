"""考核标准执行的指标得满分，金额却不合标准。

## 查什么
名称说补助资金与标准匹配、标准执行、发放准确的末级指标得了满分，而文中写出的补助金额除以数量，有的与文中写出的标准都不相符（见 p350）。
分析中已经说到这笔金额的不算。

## 为什么
这个指标考核的正是金额对不对；对不上而没有说明，满分就没有依据。

## 怎么改
逐笔复核；分期、分级承担的写明比例，确实不符的扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.payments import unfitting
from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Where
from hengji.model.subsidy import StatedPayment
from hengji.reading.statements.verdicts import shown
from hengji.scoring.operands import points

CODE = "s300"
_OF_AMOUNTS = pattern(
    r"(?:补助|补贴|奖补|奖励|资金|政策|发放).{0,6}标准.{0,4}(?:匹配|执行|符合|相符|一致|落实|合规|准确)|(?:匹配|符合|执行|落实).{0,6}(?:补助|补贴|奖补|政策)标准"
    r"|(?:补助|补贴|奖补|资金|金额|发放|兑付).{0,4}准确"
)
_MOST = 4


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves about the right amounts with full marks, where some amounts are not right."""
    leaves = [leaf for leaf in scorecard.leaves() if full_marks(leaf) and _OF_AMOUNTS.search(leaf.name)]
    wrong = _wrong(reading) if leaves else ()
    for leaf in leaves:
        told = "".join(each.text for each in leaf.analyses)
        untold = [each for each in wrong if each.amount.printed not in told]
        for awarded in (leaf.awarded,) if untold and leaf.awarded else ():
            amounts = "、".join(f"{shown(each.count)}补助{shown(each.amount)}" for each in untold[:_MOST])
            fault = Fault(
                CODE,
                Severity.WARNING,
                f"{called(leaf)}得满分{points(awarded.value)}分，而{amounts}与文中的标准都不相符",
                "得分与核对的结果一致",
                "逐笔复核，写明分期、分级的比例，或扣分",
                confidence=Confidence.LIKELY,
            )
            body = [each.awarded.span for each in leaf.of(Where.TEXT)[:1] if each.awarded]
            payments = [each.span for each in untold[:_MOST]]
            yield remark(reading, fault, *dict.fromkeys((awarded.span, *body, *payments)))


def _wrong(reading: Reading) -> tuple[StatedPayment, ...]:
    """The amounts that fit no standard. Scores and subsidies are read side by side, so that no check is given both; few ask for this."""
    from hengji.reading.statements.prose import passages_of
    from hengji.reading.subsidies import subsidies_of

    return tuple(payment for payment, _ in unfitting(subsidies_of(passages_of(reading))))
