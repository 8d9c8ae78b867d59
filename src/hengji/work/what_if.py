"""whatif: one entitlement of a dossier under another policy or other parameters, beside what it gives now.

Nothing is written into the dossier. Rows are compared one by one where both policies pay the same table, else only
institutions are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hengji.engines.outcomes.changes import between
from hengji.engines.reference import calculate
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.programme import Entitlement
from hengji.model.table import Table
from hengji.policies.faults import nearest
from hengji.policies.policy import Policy
from hengji.policies.settings import Changed, Setting, with_settings
from hengji.work.load import Opened, load
from hengji.work.policy_by_name import open_policy
from hengji.work.trial import MOST_LINES, Side, Trial, compare

Tick = Callable[[str], None]
Findings = tuple[Finding, ...]
STEPS = 3
CODE_ENTITLEMENT = "W102"


def what_if(
    folder: Path, entitlement: str, policy: str, settings: Iterable[Setting], tick: Tick = lambda _: None
) -> tuple[Trial | None, Findings]:
    """Try the entitlement under ``policy`` (empty: its own) with ``settings``. None when that cannot be worked out."""
    tick("读取档案")
    opened, findings = load(folder)
    if opened is None:
        return None, findings
    own = next((each for each in opened.dossier.head.entitlements if each.id == entitlement), None)
    if own is None:
        return None, (*_errors(findings), _unknown(entitlement, opened))
    now = opened.policies.get(own.policy)
    if now is None:
        return None, _errors(findings)
    other, faults = _other(policy, now, opened)
    if other is None:
        return None, faults
    tried, changes, wrong = with_settings(other, settings)
    if wrong:
        return None, wrong
    tick("按现行核算")
    before, first = calculate(now, _tables(now, own, opened))
    tick("试算")
    after, second = calculate(tried, _tables(tried, own, opened))
    read = {table.path for policy in (now, tried) for table in _tables(policy, own, opened).values()}
    unread = (fault for fault in _errors(findings) if fault.place.file in read)  # their rows are in neither sum
    trouble = tuple(dict.fromkeys((*unread, *first, *second)))
    if not (before.rows or not first) or not (after.rows or not second):
        return None, trouble
    rows = between(before, after, MOST_LINES) if _same_rows(now, tried, own, opened) else None
    sides = (Side(now, before.recipients), Side(tried, after.recipients))
    trial = compare(own.id, changes, *sides, rows)
    idle = tuple(_idle(changes, other, _tables(other, own, opened)))
    return replace(trial, idle=idle), trouble


def _idle(changes: Sequence[Changed], policy: Policy, tables: Mapping[str, Table]) -> Iterator[Changed]:
    """Those with which alone the roster gives the same as without: the parameter decides nothing there."""
    plain = [row.due for row in calculate(policy, tables)[0].rows] if changes else []
    for change in changes:
        alone, _ = calculate(with_settings(policy, (change.setting,))[0], tables)
        if [row.due for row in alone.rows] == plain:
            yield change


def _errors(findings: Findings) -> Findings:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _unknown(name: str, opened: Opened) -> Finding:
    names = [each.id for each in opened.dossier.head.entitlements]
    place = Place("dossier.yaml", item="entitlements")
    expected, remedy = one_of(names), nearest(name, names) or "改用所列的编号"
    if not names:
        expected = "档案列有待遇核算（dossier.yaml 的 entitlements）"
        remedy = "在 dossier.yaml 的 entitlements 写上要核算的待遇，或用 hengji whatif 政策 --table 表名=文件 试算"
    return Finding(CODE_ENTITLEMENT, Severity.ERROR, place, f"没有待遇核算“{name}”", expected, remedy)


def _other(name: str, now: Policy, opened: Opened) -> tuple[Policy | None, Findings]:
    """The dossier's own policies first, then the packs, then a folder."""
    if not name:
        return now, ()
    if name in opened.policies:
        return opened.policies[name], ()
    return open_policy(name)


def _tables(policy: Policy, own: Entitlement, opened: Opened) -> dict[str, Table]:
    """The dossier's tables under the policy's names: as the entitlement binds them, else a table of that very name."""
    found: dict[str, Table] = {}
    for name in policy.tables:
        table = opened.tables.get(own.tables.get(name, name))
        if table is not None:
            found[name] = replace(table, name=name)
    return found


def _same_rows(now: Policy, tried: Policy, own: Entitlement, opened: Opened) -> bool:
    return _tables(now, own, opened)[now.rows].path == _tables(tried, own, opened)[tried.rows].path
