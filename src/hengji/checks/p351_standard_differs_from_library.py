"""所引标准与政策库不符。

## 查什么
文中引用的政策文件如在政策库中，同一段写出的标准（每张、每人次若干元）是否是该政策的标准之一。

## 为什么
标准抄错，按标准算出的应补金额全部跟着错。

## 怎么改
对照政策原文；政策已修订的，写明所依据的版本。
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity, one_of
from hengji.model.money import FEN_PER_YUAN, Money, round_to
from hengji.model.reading import Reading
from hengji.model.subsidy import StatedStandard, Subsidies
from hengji.reading.statements.verdicts import shown

if TYPE_CHECKING:
    from hengji.policies.policy import Policy

CODE = "p351"


def find(reading: Reading, subsidies: Subsidies, library: tuple[Policy, ...]) -> Iterator[Finding]:
    """Standards that a cited policy of the library does not have."""
    known = {document.number: policy for policy in library for document in policy.documents if document.number}
    for standard in subsidies.standards:
        policies = [known[number] for number in standard.documents if number in known]
        amounts = {amount for policy in policies for amount in _amounts(policy)}
        if len(standard.documents) == len(policies) == 1 and amounts and standard.amount.value not in amounts:
            yield _told(reading, standard, policies[0], sorted(amounts))


def _amounts(policy: Policy) -> Iterator[Fraction]:
    """Every amount of the policy's parameters and tables, in yuan."""
    for series in policy.parameters.values():
        yield from (_yuan(version.value) for version in series.versions if isinstance(version.value, Money))
    for table in policy.lookups.values():
        for rows in table.versions:
            yield from (_yuan(value) for value in rows.rows.values() if isinstance(value, Money))


def _yuan(amount: Money) -> Fraction:
    return Fraction(int(amount), FEN_PER_YUAN)


def _told(reading: Reading, standard: StatedStandard, policy: Policy, amounts: list[Fraction]) -> Finding:
    listed = one_of(f"{round_to(amount, 2).normalize():f}元" for amount in amounts)
    fault = Fault(
        CODE,
        Severity.WARNING,
        f"{standard.documents[0]}的标准写为{shown(standard.amount)}，政策库中“{policy.title}”没有这一标准",
        listed,
        "对照政策原文",
        confidence=Confidence.LIKELY,
    )
    return remark(reading, fault, standard.span)
