"""政策的算例不成立。

## 查什么
所用政策的每个算例，按规则算得的金额、原因和等式是否与算例所写相同。

## 为什么
算例多取自公布的实例；对不上，说明规则、参数或算例写错了，据此核算的补助都不可信。

## 怎么改
对照政策原文核对规则和参数；算例抄错的，改正算例。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hengji.engines.trials import run_cases
from hengji.model.finding import Finding
from hengji.policies.policy import Policy

CODE = "p303"


def find(policies: Mapping[str, Policy]) -> Iterator[Finding]:
    """Cases that come out differently."""
    for policy in policies.values():
        for trial in run_cases(policy):
            yield from (replace(finding, code=CODE) for finding in trial.findings)
