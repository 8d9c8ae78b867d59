"""A trial: what another policy or other parameters would give beside what is given now, ready to be shown and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from hengji.engines.outcomes.changes import Fate, RowChanges, tiers_of
from hengji.model.identity import hidden
from hengji.model.money import FEN_PER_YUAN, Money, round_to
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.policies.policy import Policy
from hengji.policies.settings import Changed

MOST_LINES = 100
_NOTHING = Money(0)


class Comparison(Enum):
    """比较口径: row by row, or institutions only because the two policies pay different tables, or nobody asked for rows."""

    ROWS = "逐行"
    INSTITUTIONS = "只到机构"


@record
class Side:
    """试算的一方: what a policy gives to each recipient by tier, and how many rows cannot be computed."""

    policy: Policy
    recipients: Mapping[str, Mapping[Tier, Money]]
    broken: int = 0

    def due(self, name: str) -> Money:
        return sum(self.recipients.get(name, {}).values(), _NOTHING)

    def total(self, tier: Tier) -> Money:
        return sum((due.get(tier, _NOTHING) for due in self.recipients.values()), _NOTHING)


@record
class Change:
    """试算增减: one institution, or one tier. ``fates`` count its rows, where rows were compared; ``shifts`` are by tier."""

    name: str
    before: Money
    after: Money
    fates: Mapping[Fate, int]
    shifts: Mapping[Tier, Money]

    @property
    def difference(self) -> Money:
        return self.after - self.before


@record
class Trial:
    """试算: ``rows`` is None where rows were not compared; ``idle`` are the changes that alone would alter nothing."""

    name: str
    now: Policy
    tried: Policy
    changes: tuple[Changed, ...]
    tiers: tuple[Change, ...]
    institutions: tuple[Change, ...]
    rows: RowChanges | None
    idle: tuple[Changed, ...] = ()

    @property
    def compared(self) -> Comparison:
        return Comparison.INSTITUTIONS if self.rows is None else Comparison.ROWS

    @property
    def fates(self) -> Mapping[Fate, int]:
        """Rows by what becomes of them."""
        return sum((Counter(each.fates) for each in self.institutions), Counter[Fate]())

    @property
    def total(self) -> Change:
        before = sum((each.before for each in self.tiers), _NOTHING)
        after = sum((each.after for each in self.tiers), _NOTHING)
        return Change("合计", before, after, self.fates, {})

    @property
    def differs(self) -> bool:
        """Whether anybody gets another amount from any tier."""
        moved = any(each.difference or any(each.shifts.values()) for each in self.institutions)
        return moved or any(self.fates.get(fate) for fate in (Fate.GAINS, Fate.LOSES))


def compare(name: str, changes: tuple[Changed, ...], before: Side, after: Side, rows: RowChanges | None) -> Trial:
    """One side beside the other."""
    tiers = tiers_of(before.policy, after.policy)
    fates = rows.fates if rows is not None else {}

    def shifts(each: str) -> dict[Tier, Money]:
        one, other = before.recipients.get(each, {}), after.recipients.get(each, {})
        return {tier: other.get(tier, _NOTHING) - one.get(tier, _NOTHING) for tier in tiers}

    names = dict.fromkeys((*before.recipients, *after.recipients))
    return Trial(
        name,
        before.policy,
        after.policy,
        changes,
        tuple(Change(tier.value, before.total(tier), after.total(tier), {}, {}) for tier in tiers),
        tuple(Change(n, before.due(n), after.due(n), fates.get(n, {}), shifts(n)) for n in names),
        rows,
    )


def share(change: Change) -> Fraction | None:
    """By what part it grows; None where there was nothing."""
    return Fraction(int(change.difference), int(change.before)) if change.before else None


def winners_and_losers(trial: Trial) -> Iterator[tuple[Fate, int]]:
    """How many institutions gain, lose, or get the same."""
    fates = Counter(Fate.of(each.difference) for each in trial.institutions)
    yield from ((fate, fates[fate]) for fate in Fate)


def yuan(amount: Money) -> Decimal:
    """In 元 to the fen."""
    return round_to(Fraction(int(amount), FEN_PER_YUAN), 2)


def data(trial: Trial) -> dict[str, Any]:
    """The trial as data; every amount as text in 元."""
    found: dict[str, Any] = {
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
        "total": _data(trial.total),
        "tiers": [_data(each) for each in trial.tiers],
        "institutions": [_data(each) for each in trial.institutions],
        "compared": trial.compared.name.lower(),
    }
    if trial.rows is None:
        return found
    counts = {fate.name.lower(): trial.fates.get(fate, 0) for fate in Fate}
    return found | {
        "rows": counts | {"admitted": trial.rows.admitted, "refused": trial.rows.refused},
        "lines": {fate.name.lower(): list(lines) for fate, lines in trial.rows.lines.items()},
        "refused_by": dict(trial.rows.reasons),
    }


def _data(change: Change) -> dict[str, Any]:
    amounts = {"before": change.before, "after": change.after, "difference": change.difference}
    found: dict[str, Any] = {"name": hidden(change.name)}
    found |= {key: str(yuan(amount)) for key, amount in amounts.items()}
    if change.fates:
        found["rows"] = {fate.name.lower(): change.fates.get(fate, 0) for fate in Fate}
    return found
