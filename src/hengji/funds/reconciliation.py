"""Due against paid: each institution's entitlement beside the rows of the ledger that paid it, tier by tier.

Rules. Only rows up to the last cut-off count. What reached an institution are the rows at 落实 of its sub-project whose payee
it is; a sub-project without such rows is paid by its rows at 拨付. A row without a payee belongs to the only institution of
its sub-project; where there are several and no row names any, they are reconciled together. Nobody's overpayment is set off
against what another did not get.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from difflib import get_close_matches

from hengji.funds import faults
from hengji.funds.balances import Scope, budget_stage, positions, within
from hengji.model.dossier import Head
from hengji.model.evaluation import Grant
from hengji.model.finding import Finding
from hengji.model.ledger import Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.programme import EntitlementUse, Tier
from hengji.model.reconciliation import Claim, Stranger
from hengji.model.record import record

PAYING = (FundStage.LANDED, FundStage.DISBURSED)
_LIKENESS = 0.5


@record
class Due:
    """应补: what one entitlement gives one institution, out of which sub-project."""

    entitlement: str
    programme: str
    institution: str
    tiers: Mapping[Tier, Money]
    refusals: tuple[str, ...] = ()


@record
class Books:
    """The ledger up to the cut-off as a reconciliation reads it; ``names`` give each known name in the form it is compared in."""

    entries: tuple[Entry, ...]
    budget: FundStage
    budgeted: Mapping[Scope, Money | None]
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, written: str) -> str:
        """The one name of an institution, whatever the ledger calls it."""
        return self.names.get(comparable(written), written.strip())

    def stage(self, programmes: Iterable[str]) -> FundStage:
        """The stage at which money of these sub-projects reaches institutions."""
        known = set(programmes)
        landed = any(e.stage is FundStage.LANDED and e.programme in known for e in self.entries)
        return FundStage.LANDED if landed else FundStage.DISBURSED

    def at(self, stage: FundStage, programme: str, tier: Tier) -> tuple[Entry, ...]:
        return tuple(
            e for e in self.entries if e.stage is stage and e.programme == programme and e.tier is tier and e.amount
        )

    def budget_of(self, programme: str, tier: Tier) -> Money | None:
        """The budget of a sub-project and tier; None where the ledger has no budget of the sub-project, or only a total."""
        if not programme or self.budgeted.get(Scope(programme)) is None:
            return None
        return self.budgeted.get(Scope(programme, tier), Money(0))


def comparable(name: str) -> str:
    """Full-width and half-width, blanks and brackets of either width do not make two institutions."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def books(head: Head, ledger: Ledger, institutions: Iterable[str], cutoff: date | None) -> Books:
    """The ledger up to ``cutoff``, in which the institutions go by their own names."""
    stage = budget_stage(ledger, cutoff)
    names = {comparable(name): name for name in institutions}
    aliases = {comparable(alias): names.get(comparable(name), name) for alias, name in head.aliases.items()}
    budgeted = {scope: position.amount for scope, position in positions(ledger, cutoff).get(stage, {}).items()}
    return Books(tuple(e for e in ledger.entries if within(e, cutoff)), stage, budgeted, names | aliases)


def dues(head: Head, grants: Iterable[Grant]) -> tuple[Due, ...]:
    """What every entitlement gives every institution. A sub-project that the entitlement leaves open is the one of its name."""
    programmes = {comparable(name): each.id for each in head.programmes for name in (each.name, each.id)}
    return tuple(due for grant in grants for due in _dues(grant, programmes))


def _dues(grant: Grant, programmes: Mapping[str, str]) -> Iterator[Due]:
    if grant.entitlement.use is not EntitlementUse.DUE:
        return
    sums: dict[str, dict[Tier, Money]] = {}
    refusals: dict[str, dict[str, None]] = {}
    for row in grant.rows:
        by_tier = sums.setdefault(row.recipient, dict.fromkeys(grant.tiers, Money(0)))
        for tier, amount in row.due.items():
            by_tier[tier] += amount
        refusals.setdefault(row.recipient, {}).update(dict.fromkeys(refusal.text for refusal in row.refusals))
    for institution, by_tier in sums.items():
        programme = grant.entitlement.programme or programmes.get(comparable(institution), "")
        yield Due(grant.entitlement.id, programme, institution, by_tier, tuple(refusals[institution]))


@record
class Matched:
    """What came of matching: ``uncovered`` is money of sub-projects for which nothing was worked out."""

    claims: tuple[Claim, ...]
    strangers: tuple[Stranger, ...]
    uncovered: tuple[Stranger, ...]
    findings: tuple[Finding, ...]


def match(due: Iterable[Due], book: Books) -> Matched:
    """Put the payments of the ledger beside what is due."""
    grouped: dict[str, list[Due]] = {}
    for each in due:
        grouped.setdefault(each.programme, []).append(each)
    claims: list[Claim] = []
    strangers: list[Stranger] = []
    findings: list[Finding] = []
    every = dict.fromkeys(entry.programme for entry in book.entries)
    elsewhere = [name for name in every if name not in grouped]
    taken: set[Entry] = set()
    for programme, owed in grouped.items():
        account = _Account(programme or "", (programme,) if programme else tuple(elsewhere), owed, book)
        found = tuple(account.claims())
        taken |= {entry for claim in found for entry in claim.entries}
        claims.extend(found)
        findings.extend(account.faults())
        if programme:
            strangers.extend(account.strangers())
    findings.extend(faults.unknown_payee(stranger) for stranger in strangers)
    return Matched(tuple(claims), tuple(strangers), tuple(_uncovered(elsewhere, taken, book)), tuple(findings))


def _uncovered(programmes: Iterable[str], taken: set[Entry], book: Books) -> Iterator[Stranger]:
    for programme in programmes:
        stage = book.stage((programme,))
        grouped: dict[tuple[str, Tier], list[Entry]] = {}
        for entry in book.entries:
            if entry.stage is stage and entry.programme == programme and entry.amount and entry not in taken:
                grouped.setdefault((book.name(entry.payee), entry.tier), []).append(entry)
        for (payee, tier), entries in grouped.items():
            yield Stranger(programme, payee, tier, _sum(entries), tuple(entries))


class _Account:
    """One sub-project: the institutions that have a claim on it, and its payments."""

    def __init__(self, programme: str, programmes: tuple[str, ...], owed: list[Due], book: Books) -> None:
        self.programme, self.owed, self.book = programme, owed, book
        self.institutions = tuple(dict.fromkeys(due.institution for due in owed))
        stage = book.stage(programmes)
        paying = (e for e in book.entries if e.stage is stage and e.programme in programmes and e.amount)
        self.paid = tuple(paying)
        named = any(entry.payee for entry in self.paid)
        self.joint = bool(programme and self.paid) and not named and len(self.institutions) > 1
        self.by_payee: dict[str, list[Entry]] = {}
        for entry in self.paid:
            self.by_payee.setdefault(self._payee(entry), []).append(entry)

    def claims(self) -> Iterator[Claim]:
        """Institution by institution, or all together where no payment says whose it is."""
        owing: dict[str, list[Due]] = {}
        for due in self.owed:
            owing.setdefault("" if self.joint else due.institution, []).append(due)
        for institution, owed in owing.items():
            mine = tuple(self.by_payee.get(institution, ()))
            for tier in _tiers(owed, mine):
                yield from self._of_tier(institution, owed, tier, tuple(e for e in mine if e.tier is tier))

    def _payee(self, entry: Entry) -> str:
        """Whose a payment is; without a payee it is the only institution's, or nobody's."""
        if self.joint:
            return ""
        if not entry.payee and self.programme and len(self.institutions) == 1:
            return self.institutions[0]
        return self.book.name(entry.payee)

    def _of_tier(self, institution: str, owed: list[Due], tier: Tier, paid: tuple[Entry, ...]) -> Iterator[Claim]:
        """Where two entitlements share a sub-project, payments fill the first one up and then the next."""
        budget = self._budget(institution, tier)
        amounts: dict[str, Money] = {}
        refusals: dict[str, tuple[str, ...]] = {}
        for due in owed:
            amounts[due.entitlement] = amounts.get(due.entitlement, Money(0)) + due.tiers.get(tier, Money(0))
            # what somebody was refused is what the policy asks of its own tiers
            why = due.refusals if tier in due.tiers else ()
            refusals[due.entitlement] = tuple(dict.fromkeys((*refusals.get(due.entitlement, ()), *why)))
        shares = _filled(list(amounts.values()), _sum(paid))
        payable = self._payable(institution, tier, budget)
        parts = [None] * len(shares) if payable is None else _filled(list(amounts.values()), payable)
        for (entitlement, amount), share, part in zip(amounts.items(), shares, parts, strict=True):
            yield Claim(
                entitlement,
                self.programme,
                institution,
                tier,
                amount,
                part,
                share,
                paid,
                budget,
                refusals[entitlement],
            )

    def _budget(self, institution: str, tier: Tier) -> tuple[Entry, ...]:
        """What is budgeted for this institution, and what does not say for which one it is."""
        entries = self.book.at(self.book.budget, self.programme, tier)
        others = set(self.institutions) - {institution}
        return tuple(entry for entry in entries if self.joint or self.book.name(entry.payee) not in others)

    def _payable(self, institution: str, tier: Tier, budget: tuple[Entry, ...]) -> Money | None:
        """None where the budget does not say how much is for whom, or there is none in the ledger."""
        whole = self.book.budget_of(self.programme, tier)
        if whole is None or self.joint or len(self.institutions) == 1:
            return whole
        named = all(self.book.name(entry.payee) == institution for entry in budget)
        return _sum(budget) if named else None

    def strangers(self) -> Iterator[Stranger]:
        """Payments to names that are on no roster of the sub-project."""
        if self.joint:
            return
        for payee, paid in self.by_payee.items():
            if payee not in self.institutions:
                near = tuple(get_close_matches(payee, self.institutions, 3, _LIKENESS)) if payee else ()
                for tier in _tiers([], tuple(paid)):
                    entries = tuple(entry for entry in paid if entry.tier is tier)
                    yield Stranger(self.programme, payee, tier, _sum(entries), entries, near)

    def faults(self) -> Iterator[Finding]:
        names = tuple(dict.fromkeys(due.entitlement for due in self.owed))
        if len(names) > 1 and self.programme and self.paid:
            yield faults.shared_programme(self.programme, names)


def _tiers(owed: list[Due], paid: tuple[Entry, ...]) -> tuple[Tier, ...]:
    """The tiers that owe or paid anything; where none does, those of the policy."""
    used = {tier for due in owed for tier, amount in due.tiers.items() if amount} | {entry.tier for entry in paid}
    named = used or {tier for due in owed for tier in due.tiers}
    return tuple(tier for tier in Tier if tier in named)


def _filled(wanted: list[Money], amount: Money) -> list[Money]:
    """Parts of ``amount``: each wanted one filled in turn, the last takes what is over."""
    parts: list[Money] = []
    for each in wanted[:-1]:
        part = Money(max(0, min(each, amount)))
        parts.append(part)
        amount -= part
    return [*parts, amount]


def _sum(entries: Iterable[Entry]) -> Money:
    return sum((entry.amount for entry in entries), Money(0))
