"""How long money stood still between two stages, and who passed it to whom.

Rule of matching (先进先出): within one sub-project and tier, money leaves a stage in the order in which it came, so that a
payment in part answers for the oldest money and what is left waits since its own day. Money that is taken back (a negative
entry) is taken off the latest money of the same stage. Control totals are not movements and take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from hengji.deadlines.assessment import days_between, due_day
from hengji.funds import faults
from hengji.funds.balances import MOVEMENTS, stages, unrecorded, within
from hengji.model.deadline import TermUnit
from hengji.model.finding import Finding
from hengji.model.ledger import Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record


@record
class Holding:
    """滞留: ``amount`` of what ``came`` moved on with ``went`` (None: not by ``until``) to stage ``to``.

    ``until`` is the day it moved on, or the cut-off.
    """

    came: Entry
    went: Entry | None
    to: FundStage
    amount: Money
    until: date

    @property
    def days(self) -> int:
        """Calendar days from the day it came; negative when it went on before it came."""
        return (self.until - self.came.date).days

    def late(self, limit: int, unit: TermUnit) -> int:
        """By how many days a term that starts when the money comes is exceeded, 0 when it is kept.

        Working days for a term in working days, else calendar days. Raises UnknownYearError.
        """
        due = due_day(self.came.date, limit, unit)
        return max(0, days_between(due, self.until, unit))


@record
class Flow:
    """资金流向: what one payer moved to one payee at one stage."""

    stage: FundStage
    payer: str
    payee: str
    amount: Money
    entries: tuple[Entry, ...]


@record
class _Lot:
    entry: Entry
    amount: Money


@record
class _Account:
    """The movements of one sub-project and tier: what came to each stage, once what was taken back is off.

    ``hops`` are the neighbouring stages that are recorded: 下达 to 到位, 到位 to 拨付, 拨付 to 落实.
    """

    hops: tuple[tuple[FundStage, FundStage], ...]
    lots: dict[FundStage, tuple[_Lot, ...]]
    faults: tuple[Finding, ...]


def holdings(ledger: Ledger, cutoff: date | None) -> tuple[Holding, ...]:
    """Every part of money at every hop up to the cut-off (without one, the last day of the ledger).

    Their amounts add up to what came at the first stage of the hop; what went without having come is not among them.
    """
    last = cutoff or max((entry.date for entry in ledger.entries), default=date.min)
    found: list[Holding] = []
    for account in _accounts(ledger, cutoff):
        for stage, to in account.hops:
            came, went = account.lots.get(stage, ()), account.lots.get(to, ())
            matched, waiting, _ = _match(came, went)
            found += [Holding(source, target, to, amount, target.date) for source, target, amount in matched]
            found += [Holding(lot.entry, None, to, lot.amount, last) for lot in waiting]
    return tuple(found)


def check_movements(ledger: Ledger) -> tuple[Finding, ...]:
    """Balances below zero, more paid on than had come, and money that went on before it came."""
    found: list[Finding] = []
    for account in _accounts(ledger, None):
        found.extend(account.faults)
        for stage, to in account.hops:
            matched, _, excess = _match(account.lots.get(stage, ()), account.lots.get(to, ()))
            early = dict.fromkeys((target, source) for source, target, _ in matched if target.date < source.date)
            found += [faults.before_it_came(target, source) for target, source in early]
            found += [faults.more_than_came(lot.entry, stage, lot.amount) for lot in excess]
    return tuple(found)


def flows(ledger: Ledger, cutoff: date | None) -> tuple[Flow, ...]:
    """Who passed how much to whom, stage by stage; entries that name neither payer nor payee are left out."""
    grouped: dict[tuple[FundStage, str, str], list[Entry]] = {}
    for entry in ledger.entries:
        if within(entry, cutoff) and (entry.payer or entry.payee):
            grouped.setdefault((entry.stage, entry.payer, entry.payee), []).append(entry)
    found = [
        Flow(stage, payer, payee, sum((entry.amount for entry in entries), Money(0)), tuple(entries))
        for (stage, payer, payee), entries in grouped.items()
    ]
    order = list(FundStage)
    return tuple(sorted(found, key=lambda flow: order.index(flow.stage)))


def _accounts(ledger: Ledger, cutoff: date | None) -> Iterator[_Account]:
    grouped: dict[tuple[str, Tier], dict[FundStage, list[Entry]]] = {}
    for entry in ledger.entries:
        if within(entry, cutoff) and entry.stage in MOVEMENTS:
            grouped.setdefault((entry.programme, entry.tier), {}).setdefault(entry.stage, []).append(entry)
    followed, unknown = stages(ledger), unrecorded(ledger)
    for (programme, _), by_stage in grouped.items():
        passed = [stage for stage in MOVEMENTS if stage in followed and (programme, stage) not in unknown]
        lots = {stage: _lots(entries) for stage, entries in by_stage.items()}
        yield _Account(
            tuple(pairwise(passed)),
            {stage: kept for stage, (kept, _) in lots.items()},
            tuple(finding for _, found in lots.values() for finding in found),
        )


def _lots(entries: Iterable[Entry]) -> tuple[tuple[_Lot, ...], tuple[Finding, ...]]:
    """Entries of one stage by date, with what was taken back off the latest; on one day, payments come first."""
    lots: list[_Lot] = []
    found: list[Finding] = []
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.amount < 0)):
        if entry.amount >= 0:
            lots += [_Lot(entry, entry.amount)] if entry.amount else []
            continue
        back = -entry.amount
        while back and lots:
            lot = lots.pop()
            if lot.amount > back:
                lots.append(_Lot(lot.entry, lot.amount - back))
            back -= Money(min(lot.amount, back))
        if back:
            found.append(faults.negative_balance(entry, -back))
    return tuple(lots), tuple(found)


def _match(
    came: tuple[_Lot, ...], went: tuple[_Lot, ...]
) -> tuple[list[tuple[Entry, Entry, Money]], list[_Lot], list[_Lot]]:
    """First in, first out: the matched parts, what still waits, and what went without having come."""
    matched: list[tuple[Entry, Entry, Money]] = []
    waiting, leaving = list(reversed(came)), list(reversed(went))
    while waiting and leaving:
        source, target = waiting.pop(), leaving.pop()
        amount = Money(min(source.amount, target.amount))
        matched.append((source.entry, target.entry, amount))
        if source.amount > amount:
            waiting.append(_Lot(source.entry, source.amount - amount))
        if target.amount > amount:
            leaving.append(_Lot(target.entry, target.amount - amount))
    return matched, waiting[::-1], leaving[::-1]
