"""Reconciliation: what institutions are entitled to, what was set aside for them, what reached them, and who owes the rest."""

from __future__ import annotations

from datetime import date
from enum import Enum

from hengji.model.ledger import Entry
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record


@record
class Claim:
    """对账行: one institution, entitlement and tier. ``payable`` is None where the budget is known for several together only.

    ``paid`` is what reached the institution by the cut-off, out of ``entries``; ``refusals`` say why nothing is due.
    """

    entitlement: str
    programme: str
    institution: str
    tier: Tier
    due: Money
    payable: Money | None
    paid: Money
    entries: tuple[Entry, ...] = ()
    budget: tuple[Entry, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def unpaid(self) -> Money:
        """What is due and was not paid; never less than 0."""
        return Money(max(0, self.due - self.paid))

    @property
    def overpaid(self) -> Money:
        """What was paid beyond what is due; it is never set off against what others did not get."""
        return Money(max(0, self.paid - self.due))


class Cause(Enum):
    """欠付环节: where the money is that did not reach the institution, from the nearest to the farthest."""

    PASSED_ON = "转拨未付"
    ARRIVED = "到位未拨"
    ISSUED = "下达未到"
    BUDGETED = "预算未到位"
    UNBUDGETED = "未列预算"
    ELSEWHERE = "付给他方"
    UNRECORDED = "台账未载"


@record
class Debt:
    """欠付: ``debtor`` owes ``institutions`` (several where the money cannot be told apart) ``amount``, ``since`` that day.

    ``days`` are calendar days up to the cut-off; both are None where no row of the ledger says when. ``entries`` are those
    rows: the money that waits, or the budget that did not arrive.
    """

    entitlement: str
    programme: str
    institutions: tuple[str, ...]
    tier: Tier
    cause: Cause
    debtor: str
    amount: Money
    since: date | None = None
    days: int | None = None
    entries: tuple[Entry, ...] = ()


@record
class PersonalClaim:
    """逐人对账: one person (or row without a person) of a roster against the list of payments.

    ``lines`` are the lines of the roster, ``paid_lines`` those of the list; either may be none.
    """

    entitlement: str
    institution: str
    person: str
    due: Money
    paid: Money
    lines: tuple[int, ...] = ()
    paid_lines: tuple[int, ...] = ()


@record
class Stranger:
    """名册外收款: money of a programme that went to a payee whom no roster names; ``near`` are names much like it."""

    programme: str
    payee: str
    tier: Tier
    amount: Money
    entries: tuple[Entry, ...]
    near: tuple[str, ...] = ()


@record
class Reconciliation:
    """对账: everything up to and including ``until``. ``uncovered`` are programmes with payments and no entitlement."""

    until: date
    claims: tuple[Claim, ...] = ()
    debts: tuple[Debt, ...] = ()
    persons: tuple[PersonalClaim, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    uncovered: tuple[Stranger, ...] = ()
