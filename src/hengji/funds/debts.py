"""Who owes whom: where the money stopped that is due to an institution and did not reach it.

Rule: what an institution of a sub-project did not get at a tier is looked for from near to far, the oldest money first: with
whoever was given it to pass on, with the department where it arrived, with the office that issued it, in a budget that did
not arrive; what is in no budget is owed by the tier's finance, and so is what was budgeted and went to others. Where several institutions wait for the same money and it
does not cover them all, they stand together, for nobody can say whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from hengji.funds.balances import MOVEMENTS, Position, Scope, positions
from hengji.funds.holdings import holdings
from hengji.funds.reconciliation import Books
from hengji.model.ledger import Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.reconciliation import Cause, Claim, Debt

Known = Mapping[FundStage, Mapping[Scope, Position]]
_CAUSES = {
    FundStage.DISBURSED: Cause.PASSED_ON,
    FundStage.ARRIVED: Cause.ARRIVED,
    FundStage.ISSUED: Cause.ISSUED,
}


def debts(claims: Iterable[Claim], ledger: Ledger, book: Books, cutoff: date | None, until: date) -> tuple[Debt, ...]:
    """Every part of what was not paid, with who has it; they add up to what is unpaid."""
    claims = tuple(claims)
    grouped: dict[tuple[str, str, Tier], list[Claim]] = {}
    for claim in claims:
        alone = "" if claim.programme else claim.institution
        grouped.setdefault((claim.programme, alone, claim.tier), []).append(claim)
    waiting = _waiting(ledger, cutoff, {entry for claim in claims for entry in claim.entries})
    known = positions(ledger, cutoff)
    found: list[Debt] = []
    for (programme, _, tier), every in grouped.items():
        owed = [claim for claim in every if claim.unpaid]
        if not owed:
            continue
        due = sum((claim.due for claim in every), Money(0))
        lots = waiting.get((programme, tier), [])
        scope = Scope(programme, tier)
        arrived = next((a for stage in MOVEMENTS if (a := _amount(known, stage, scope)) is not None), None)
        found += _shared(owed, list(_parts(owed, due, lots, book, arrived, until)))
    return tuple(found)


def _amount(known: Known, stage: FundStage, scope: Scope) -> Money | None:
    position = known.get(stage, {}).get(scope)
    return None if position is None else position.amount


def _waiting(ledger: Ledger, cutoff: date | None, paid: set[Entry]) -> dict[tuple[str, Tier], list[Debt]]:
    """Money that stands still before it reached a recipient, nearest and oldest first, as debts to nobody yet."""
    found: dict[tuple[str, Tier], list[Debt]] = {}
    for holding in holdings(ledger, cutoff):
        came = holding.came
        holder = came.payer if came.stage is FundStage.ISSUED else came.payee
        if holding.went is not None or came in paid:
            continue
        debtor = holder or f"{came.tier.value}资金的持有单位（台账未写明）"
        debt = Debt(
            "",
            came.programme,
            (),
            came.tier,
            _CAUSES[came.stage],
            debtor,
            holding.amount,
            came.date,
            holding.days,
            (came,),
        )
        lots = found.setdefault((came.programme, came.tier), [])
        same = next((i for i, lot in enumerate(lots) if _alike(lot, debt)), None)
        if same is None:
            lots.append(debt)
        else:
            lots[same] = replace(
                lots[same], amount=lots[same].amount + debt.amount, entries=(*lots[same].entries, came)
            )
    order = list(Cause)
    for lots in found.values():
        lots.sort(key=lambda lot: (order.index(lot.cause), lot.since or date.max))
    return found


def _alike(one: Debt, other: Debt) -> bool:
    return (one.cause, one.debtor, one.since) == (other.cause, other.debtor, other.since)


def _parts(
    owed: list[Claim], due: Money, lots: list[Debt], book: Books, arrived: Money | None, until: date
) -> Iterator[Debt]:
    left = sum((claim.unpaid for claim in owed), Money(0))
    for lot in lots:
        part = Money(min(lot.amount, left))
        if part:
            yield replace(lot, amount=part)
            left -= part
    programme, tier = owed[0].programme, owed[0].tier
    finance = f"{tier.value}财政"
    budget = book.budget_of(programme, tier)
    if budget is not None and arrived is not None:
        part = Money(min(max(0, budget - arrived), left))
        entries = book.at(book.budget, programme, tier)
        if part:
            since = min((entry.date for entry in entries), default=None)
            days = (until - since).days if since else None
            yield Debt("", programme, (), tier, Cause.BUDGETED, finance, part, since, days, entries)
            left -= part
    short = left if budget is None else Money(min(max(0, due - budget), left))
    if short:
        cause = Cause.UNRECORDED if budget is None else Cause.UNBUDGETED
        yield Debt("", programme, (), tier, cause, finance, short)
    if left > short:
        yield Debt("", programme, (), tier, Cause.ELSEWHERE, finance, left - short)


def _shared(owed: list[Claim], parts: list[Debt]) -> Iterator[Debt]:
    """To whom each part is owed: one creditor, or one part for all of them, can be told apart."""
    if len(owed) == 1 or len(parts) == 1:
        for claim in owed:
            for part in parts:
                amount = part.amount if len(owed) == 1 else claim.unpaid
                yield replace(part, entitlement=claim.entitlement, institutions=(claim.institution,), amount=amount)
        return
    institutions = tuple(dict.fromkeys(claim.institution for claim in owed))
    for part in parts:
        yield replace(part, entitlement=owed[0].entitlement, institutions=institutions)
