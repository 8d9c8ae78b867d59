"""The two checks that come free because rules are data."""

from __future__ import annotations

from collections.abc import Callable

from hengji.engines.trials import run_cases
from hengji.policies.coverage import undecided_conditions, unread_columns
from hengji.policies.policy import Policy

Spoil = Callable[..., tuple[Policy | None, list[str]]]


def undecided(policy: Policy) -> list[str]:
    outcomes = [trial.outcome for trial in run_cases(policy) if trial.outcome is not None]
    return [finding.found for finding in undecided_conditions(policy, outcomes)]


def test_a_condition_decides_when_it_alone_fails_in_a_row(spoiled: Spoil) -> None:
    policy, _ = spoiled()
    assert policy is not None
    assert undecided(policy) == []


def test_a_condition_that_another_contains_decides_nothing(spoiled: Spoil) -> None:
    policy, _ = spoiled(("人数 > 0\n", "人数 > 0\n条件 人数不为负 = 人数 ≥ 0\n"))
    assert policy is not None
    assert undecided(policy) == ["条件「人数不为负」没有决定过任何算例"]


def test_two_conditions_that_only_fail_together_decide_nothing(spoiled: Spoil) -> None:
    policy, _ = spoiled(
        ("人数 > 0\n", "人数 > 0\n条件 也有人 = 人数 ≥ 1\n"), ("[[], 有人入住]", "[[], [有人入住, 也有人]]")
    )
    assert policy is not None
    assert len(undecided(policy)) == 2


def test_columns_that_no_rule_reads(spoiled: Spoil) -> None:
    policy, _ = spoiled(("type: 整数}\n", "type: 整数}\n      - {name: 面积, type: 数值, required: false}\n"))
    assert policy is not None
    assert [finding.found for finding in unread_columns(policy)] == ["数据表「申请」的列「面积」没有一条规则用到"]
