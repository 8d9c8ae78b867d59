"""Every case of every pack, and the entitlements of the three dossiers, come out of SQL as out of the reference engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hengji.engines import columnar, reference
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.policy import Case, Policy
from hengji.storage.policy_packs import policy_source
from hengji.work.load import load

ROOT = Path(__file__).parents[4]
PACKS = sorted(path.parent.name for path in (ROOT / "src" / "hengji" / "packs" / "policies").glob("*/law.md"))
DOSSIERS = sorted(path.parent.name for path in (ROOT / "examples").glob("*/dossier.yaml"))


def pack(name: str) -> Policy:
    source = policy_source(name)
    assert source is not None
    policy, findings = read_policy(source)
    assert policy is not None, findings
    return policy


def cases() -> list[tuple[str, int]]:
    return [(name, at) for name in PACKS for at in range(len(pack(name).cases))]


def tables_of(policy: Policy, case: Case) -> dict[str, Table]:
    return {
        name: case.tables.get(name, Table(name, table.columns, (), (), case.file))
        for name, table in policy.tables.items()
    }


@pytest.mark.parametrize(("name", "at"), cases())
def test_a_case_of_a_pack(name: str, at: int) -> None:
    policy = pack(name)
    tables = tables_of(policy, policy.cases[at])
    assert columnar.calculate(policy, tables) == reference.calculate(policy, tables)


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_entitlements_of_a_dossier(name: str) -> None:
    opened, findings = load(ROOT / "examples" / name)
    assert opened is not None, findings
    entitlements = opened.dossier.head.entitlements
    assert entitlements
    for entitlement in entitlements:
        policy = opened.policies[entitlement.policy]
        tables = {name: replace(opened.tables[own], name=name) for name, own in entitlement.tables.items()}
        outcome, faults = columnar.calculate(policy, tables)
        assert outcome.rows
        assert (outcome, faults) == reference.calculate(policy, tables)
