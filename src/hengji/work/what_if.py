"""whatif: one entitlement of a dossier under another policy or other parameters, beside what it gives now.

Nothing is written into the dossier. Rows are compared one by one where both policies pay the same table, else only
institutions are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.engines.reference import calculate
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import FEN_PER_YUAN, Money, round_to
from hengji.model.programme import Entitlement, Tier
from hengji.model.table import Table
from hengji.policies.faults import nearest
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.policies.policy import Policy
from hengji.policies.settings import Changed, Setting, with_settings
from hengji.work.calculate_policy import open_policy
from hengji.work.load import Opened, load

Tick = Callable[[str], None]
Findings = tuple[Finding, ...]
STEPS = 3
CODE_ENTITLEMENT = "W102"
_NOTHING = Money(0)


class Fate(Enum):
    """试算结果: what becomes of a row."""

    GAINS = "多得"
    LOSES = "少得"
    SAME = "不变"


class Comparison(Enum):
    """比较口径: row by row, or institutions only because the two policies pay different tables."""

    ROWS = "逐行"
    INSTITUTIONS = "只到机构"


@dataclass(frozen=True, slots=True)
class Change:
    """试算增减: one institution, or one tier. ``fates`` count its rows, where rows can be compared."""

    name: str
    before: Money
    after: Money
    fates: Mapping[Fate, int]

    @property
    def difference(self) -> Money:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Trial:
    """试算: ``admitted`` rows are paid only under the trial, ``refused`` ones only now, with the conditions that refuse them.

    ``compared`` says whether rows were compared at all; ``idle`` are the changes that alone would alter no row.
    """

    entitlement: Entitlement
    now: Policy
    tried: Policy
    changes: tuple[Changed, ...]
    tiers: tuple[Change, ...]
    institutions: tuple[Change, ...]
    fates: Mapping[Fate, int]
    admitted: int
    refused: int
    reasons: Mapping[str, int]
    compared: Comparison
    idle: tuple[Changed, ...] = ()

    @property
    def total(self) -> Change:
        before = sum((each.before for each in self.tiers), _NOTHING)
        after = sum((each.after for each in self.tiers), _NOTHING)
        return Change("合计", before, after, self.fates)


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
    trouble = tuple(dict.fromkeys((*first, *second)))
    if not (before.rows or not first) or not (after.rows or not second):
        return None, trouble
    trial = _trial(own, now, tried, changes, before, after, _compared(now, tried, own, opened))
    idle = tuple(each for each in changes if _is_idle(each, other, _tables(other, own, opened)))
    return replace(trial, idle=idle), trouble


def _is_idle(change: Changed, policy: Policy, tables: Mapping[str, Table]) -> bool:
    """Whether the roster gives the same with and without it: the parameter decides nothing there."""
    plain, _ = calculate(policy, tables)
    alone, _ = calculate(with_settings(policy, (change.setting,))[0], tables)
    return [row.due for row in plain.rows] == [row.due for row in alone.rows]


def _errors(findings: Findings) -> Findings:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _unknown(name: str, opened: Opened) -> Finding:
    names = [each.id for each in opened.dossier.head.entitlements]
    place = Place("dossier.yaml", item="entitlements")
    expected = "其一：" + "、".join(names) if names else "dossier.yaml 中列有 entitlements"
    return Finding(CODE_ENTITLEMENT, Severity.ERROR, place, f"没有待遇核算“{name}”", expected, nearest(name, names))


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


def _compared(now: Policy, tried: Policy, own: Entitlement, opened: Opened) -> Comparison:
    same = _tables(now, own, opened)[now.rows].path == _tables(tried, own, opened)[tried.rows].path
    return Comparison.ROWS if same else Comparison.INSTITUTIONS


def _trial(
    own: Entitlement,
    now: Policy,
    tried: Policy,
    changes: tuple[Changed, ...],
    before: Outcome,
    after: Outcome,
    rows: Comparison,
) -> Trial:
    pairs = list(zip(before.rows, after.rows, strict=True)) if rows is Comparison.ROWS else []
    by_name: dict[str, Counter[Fate]] = {}
    for one, other in pairs:
        by_name.setdefault(other.recipient, Counter())[_fate(one, other)] += 1
    tiers = [tier for tier in Tier if tier in {*before.tiers, *after.tiers}]
    names = dict.fromkeys((*before.recipients, *after.recipients))
    dropped = [other for one, other in pairs if one.total and not other.total]
    return Trial(
        own,
        now,
        tried,
        changes,
        tuple(Change(t.value, before.totals.get(t, _NOTHING), after.totals.get(t, _NOTHING), {}) for t in tiers),
        tuple(Change(n, _of(before, n), _of(after, n), by_name.get(n, {})) for n in names),
        sum(by_name.values(), Counter()),
        sum(1 for one, other in pairs if other.total and not one.total),
        len(dropped),
        Counter(reason.condition for row in dropped for reason in row.reasons),
        rows,
    )


def _fate(one: RowOutcome, other: RowOutcome) -> Fate:
    if one.total == other.total:
        return Fate.SAME
    return Fate.GAINS if other.total > one.total else Fate.LOSES


def _of(outcome: Outcome, name: str) -> Money:
    return sum(outcome.recipients.get(name, {}).values(), _NOTHING)


def share(change: Change) -> Fraction | None:
    """By what part it grows; None where there was nothing."""
    return Fraction(int(change.difference), int(change.before)) if change.before else None


def data(trial: Trial) -> dict[str, Any]:
    """The trial as data; every amount as text in 元."""
    total = trial.total
    return {
        "entitlement": trial.entitlement.id,
        "policy": {"before": trial.now.name, "after": trial.tried.name},
        "settings": [
            {
                "setting": each.setting.text,
                "before": list(each.before),
                "after": each.after,
                "decides": each not in trial.idle,
            }
            for each in trial.changes
        ],
        "total": _data(total),
        "tiers": [_data(each) for each in trial.tiers],
        "institutions": [_data(each) for each in trial.institutions],
        "compared": trial.compared.name.lower(),
        "rows": {fate.name.lower(): trial.fates.get(fate, 0) for fate in Fate}
        | {"admitted": trial.admitted, "refused": trial.refused},
        "refused_by": dict(trial.reasons),
    }


def _data(change: Change) -> dict[str, Any]:
    amounts = {"before": change.before, "after": change.after, "difference": change.difference}
    rows = {fate.name.lower(): change.fates.get(fate, 0) for fate in Fate} if change.fates else None
    found = {"name": change.name} | {key: str(yuan(amount)) for key, amount in amounts.items()}
    return found | ({"rows": rows} if rows is not None else {})


def yuan(amount: Money) -> Decimal:
    """In 元 to the fen."""
    return round_to(Fraction(int(amount), FEN_PER_YUAN), 2)


def winners_and_losers(trial: Trial) -> Iterator[tuple[Fate, int]]:
    """How many institutions gain, lose, or get the same."""
    fates = Counter(
        Fate.SAME if not each.difference else Fate.GAINS if each.difference > 0 else Fate.LOSES
        for each in trial.institutions
    )
    yield from ((fate, fates[fate]) for fate in Fate)
