"""条件没有决定过任何算例。

## 查什么
所用政策的每个付款条件，是否至少有一个算例中的一行，只因它不成立而不予支付。

## 为什么
没有决定过算例的条件，写错了也看不出来；或者别的条件已经包含了它。

## 怎么改
在该政策的 cases.yaml 中加一个这样的算例；多余的条件删去。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hengji.engines.trials import run_cases
from hengji.model.finding import Finding
from hengji.policies.coverage import undecided_conditions
from hengji.policies.policy import Policy

CODE = "p301"


def find(policies: Mapping[str, Policy]) -> Iterator[Finding]:
    """Conditions that no case tries."""
    for policy in policies.values():
        outcomes = [trial.outcome for trial in run_cases(policy) if trial.outcome is not None]
        yield from (replace(finding, code=CODE) for finding in undecided_conditions(policy, outcomes))
