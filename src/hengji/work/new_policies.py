"""A new dossier that is to reckon policies of the library: their tables declared, each with an empty file to be filled in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding
from hengji.model.programme import Entitlement
from hengji.model.table import TableDeclaration
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable
from hengji.work.policy_by_name import library_policy
from hengji.work.workbook.data import headers

Findings = tuple[Finding, ...]


def with_policies(dossier: Dossier, names: Sequence[str]) -> tuple[Dossier, Findings]:
    """The dossier with an entitlement for each policy, of its first sub-project; findings where there is no such policy."""
    findings: Findings = ()
    for name in dict.fromkeys(names):
        policy, faults = library_policy(name)
        findings += faults
        if policy is not None:
            dossier = _with(dossier, policy)
    return dossier, findings


def _with(dossier: Dossier, policy: Policy) -> Dossier:
    """A table that two policies declare alike is one; declared otherwise, the later one bears the policy's name."""
    declared = {each.name: each for each in dossier.tables}
    named: dict[str, str] = {}
    for table in policy.tables.values():
        there = declared.get(table.name)
        name = table.name if there is None or there.columns == table.columns else f"{table.name}_{policy.name}"
        named[table.name] = name
        declared.setdefault(name, _declaration(table, name, policy))
    head = dossier.head
    entitlement = Entitlement(policy.name, policy.name, head.programmes[0].id, named)
    empty = {each.path: _empty(each) for each in declared.values() if each.path not in dossier.data}
    return replace(
        dossier,
        head=replace(head, entitlements=(*head.entitlements, entitlement)),
        tables=tuple(declared.values()),
        data={**dossier.data, **empty},
    )


def _declaration(table: PolicyTable, name: str, policy: Policy) -> TableDeclaration:
    return TableDeclaration(
        name, f"data/{name}.csv", table.columns, note=f"{policy.title}（{policy.name}）要用，一行一条"
    )


def _empty(declaration: TableDeclaration) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(headers(declaration.columns))
    return text.getvalue().encode("utf-8-sig")
