"""What each stage had come to at a day, for the whole ledger, each sub-project, each tier, and both together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from hengji.funds import faults
from hengji.model.finding import Finding
from hengji.model.ledger import ControlTotal, Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record


class Scope(NamedTuple):
    """范围: the money of one sub-project, one tier, both, or (neither) of the whole ledger."""

    programme: str = ""
    tier: Tier | None = None

    @property
    def suffix(self) -> str:
        """What a figure's id carries for it: nothing, .运营补助, .省级, .运营补助.省级."""
        return "".join(f".{part}" for part in (self.programme, self.tier.value if self.tier else "") if part)


WHOLE = Scope()
MOVEMENTS = (FundStage.ISSUED, FundStage.ARRIVED, FundStage.DISBURSED, FundStage.LANDED)


@record
class Position:
    """累计数: ``amount`` is None where it is known only as part of a larger control total, or not recorded for ``missing``."""

    amount: Money | None = Money(0)
    entries: tuple[Entry, ...] = ()
    totals: tuple[ControlTotal, ...] = ()
    missing: tuple[str, ...] = ()


@record
class Rest:
    """The part of a control total that no entry itemises, at some cut-off."""

    total: ControlTotal
    amount: Money


def scopes(ledger: Ledger) -> tuple[Scope, ...]:
    """The whole ledger, then every sub-project, tier and pair that has an entry, sub-projects in file order."""
    programmes = tuple(dict.fromkeys(entry.programme for entry in ledger.entries))
    pairs = {(entry.programme, entry.tier) for entry in ledger.entries}
    tiers = tuple(tier for tier in Tier if any(tier is used for _, used in pairs))
    return (
        WHOLE,
        *(Scope(tier=tier) for tier in tiers),
        *(Scope(programme) for programme in programmes),
        *(Scope(programme, tier) for programme in programmes for tier in tiers if (programme, tier) in pairs),
    )


def stages(ledger: Ledger) -> tuple[FundStage, ...]:
    """The stages that the ledger follows; of the others it says nothing, not zero."""
    used = {entry.stage for entry in ledger.entries} | {total.stage for total in ledger.totals}
    return tuple(stage for stage in FundStage if stage in used)


def recorded(ledger: Ledger) -> frozenset[tuple[str, FundStage]]:
    """Sub-projects with the stages at which they have an entry; of the others a table says “—”, though sums count them as nothing."""
    return frozenset((entry.programme, entry.stage) for entry in ledger.entries)


def unrecorded(ledger: Ledger) -> tuple[tuple[str, FundStage], ...]:
    """Sub-projects whose money is seen further on, without an entry at a stage that the ledger follows elsewhere.

    Nothing at the last stage reached is zero; nothing at a stage passed through is not known.
    """
    used = set(recorded(ledger))
    programmes = tuple(dict.fromkeys(entry.programme for entry in ledger.entries))
    used |= {(name, total.stage) for total in ledger.totals for name in programmes if holds(total.programmes, name)}
    followed = stages(ledger)
    return tuple(
        (name, stage)
        for name in programmes
        for position, stage in enumerate(MOVEMENTS)
        if stage in followed
        and (name, stage) not in used
        and any((name, later) in used for later in MOVEMENTS[position + 1 :])
    )


def budget_stage(ledger: Ledger, cutoff: date | None) -> FundStage:
    """The budget that holds at the cut-off: the adjusted one of all sub-projects as soon as there is one, else the initial."""
    records: tuple[Entry | ControlTotal, ...] = (*ledger.entries, *ledger.totals)
    adjusted = any(record.stage is FundStage.ADJUSTED_BUDGET and within(record, cutoff) for record in records)
    return FundStage.ADJUSTED_BUDGET if adjusted else FundStage.INITIAL_BUDGET


def within(record: Entry | ControlTotal, cutoff: date | None) -> bool:
    """Whether it counts at the end of that day; without a cut-off everything does."""
    return cutoff is None or record.date <= cutoff


def positions(ledger: Ledger, cutoff: date | None) -> dict[FundStage, dict[Scope, Position]]:
    """Every stage that the ledger follows, for every scope.

    Entries up to the cut-off are summed. Where a control total of that day or before is larger than they are, its rest
    counts for every scope that holds all its sub-projects; scopes that cut through it have no amount, nor have scopes with a
    sub-project for which the stage is not recorded.
    """
    every = scopes(ledger)
    grouped: dict[FundStage, dict[Scope, list[Entry]]] = {
        stage: {scope: [] for scope in every} for stage in stages(ledger)
    }
    for entry in ledger.entries:
        if within(entry, cutoff):
            for scope in scopes_of(entry):
                grouped[entry.stage][scope].append(entry)
    missing: dict[tuple[FundStage, Scope], list[str]] = {}
    pairs = {(entry.programme, entry.tier) for entry in ledger.entries}
    for name, stage in unrecorded(ledger):
        tiers = {tier for programme, tier in pairs if programme == name}
        touched = (WHOLE, Scope(name), *(Scope(owner, tier) for owner in ("", name) for tier in tiers))
        for scope in touched:
            missing.setdefault((stage, scope), []).append(name)
    found: dict[FundStage, dict[Scope, Position]] = {}
    for stage, by_scope in grouped.items():
        rests = rests_of(ledger, stage, cutoff)
        found[stage] = {
            scope: _position(scope, entries, rests, tuple(missing.get((stage, scope), ())))
            for scope, entries in by_scope.items()
        }
    return found


def rests_of(ledger: Ledger, stage: FundStage, cutoff: date | None) -> tuple[Rest, ...]:
    """What control totals have beyond the entries (and beyond smaller control totals inside them), each more than 0."""
    entries = [entry for entry in ledger.entries if entry.stage is stage and within(entry, cutoff)]
    rests: list[Rest] = []
    for total in _latest(ledger, stage, cutoff):
        itemised = sum((entry.amount for entry in entries if holds(total.programmes, entry.programme)), Money(0))
        inside = sum((rest.amount for rest in rests if _contains(total.programmes, rest.total.programmes)), Money(0))
        if total.amount > itemised + inside:
            rests.append(Rest(total, total.amount - itemised - inside))
    return tuple(rests)


def check_totals(ledger: Ledger) -> tuple[Finding, ...]:
    """Control totals that entries exceed, and control totals that cut through each other."""
    found: list[Finding] = []
    for index, total in enumerate(ledger.totals):
        itemised = sum(
            (
                entry.amount
                for entry in ledger.entries
                if entry.stage is total.stage and within(entry, total.date) and holds(total.programmes, entry.programme)
            ),
            Money(0),
        )
        if itemised > total.amount:
            found.append(faults.total_below_entries(total, itemised))
        crossed = (other for other in ledger.totals[:index] if other.stage is total.stage and _cross(total, other))
        found.extend(faults.totals_overlap(total, other) for other in crossed)
    return tuple(found)


def holds(programmes: frozenset[str], programme: str) -> bool:
    """Whether a control total over ``programmes`` counts that sub-project; one over none counts all."""
    return not programmes or programme in programmes


def scopes_of(entry: Entry) -> tuple[Scope, ...]:
    """The four scopes in which an entry counts."""
    return WHOLE, Scope(tier=entry.tier), Scope(entry.programme), Scope(entry.programme, entry.tier)


def _position(scope: Scope, entries: list[Entry], rests: Iterable[Rest], missing: tuple[str, ...]) -> Position:
    if missing:
        return Position(None, tuple(entries), missing=missing)
    amount = sum((entry.amount for entry in entries), Money(0))
    inside: list[ControlTotal] = []
    for rest in rests:
        if scope == WHOLE or (scope.tier is None and rest.total.programmes == {scope.programme}):
            amount += rest.amount
            inside.append(rest.total)
        elif not scope.programme or holds(rest.total.programmes, scope.programme):
            return Position(None, tuple(entries), (rest.total,))
    return Position(amount, tuple(entries), tuple(inside))


def _latest(ledger: Ledger, stage: FundStage, cutoff: date | None) -> list[ControlTotal]:
    """Control totals that hold at the cut-off, the smallest group first; of one group the latest, of two that cross the first."""
    kept: dict[frozenset[str], ControlTotal] = {}
    for total in ledger.totals:
        if (
            total.stage is not stage
            or not within(total, cutoff)
            or any(_cross(total, other) for other in kept.values())
        ):
            continue
        earlier = kept.get(total.programmes)
        if earlier is None or earlier.date <= total.date:
            kept[total.programmes] = total
    return sorted(kept.values(), key=lambda total: (not total.programmes, len(total.programmes)))


def _contains(outer: frozenset[str], inner: frozenset[str]) -> bool:
    return not outer or (bool(inner) and inner <= outer)


def _cross(one: ControlTotal, other: ControlTotal) -> bool:
    a, b = one.programmes, other.programmes
    return bool(a and b and a & b) and not (a <= b or b <= a)
