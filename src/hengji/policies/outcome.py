"""What comes of a policy, whichever engine runs it: who is entitled to what, and why a row gets nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from hengji.model.figure import Source
from hengji.model.finding import Finding
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import ColumnType, Value


@record
class Reason:
    """不予支付的原因. ``code`` is <policy>.<clause>.<condition>; ``source`` the 文号 and article of the clause."""

    code: str
    condition: str
    text: str
    source: str


@record
class RowOutcome:
    """一行的结果: ``due`` has every tier that the policy pays (0 where nothing is due).

    A row is paid unless it has ``reasons`` or ``faults`` (what cannot be computed). ``values`` are 令 and 条件 by name.
    """

    row: int
    line: int | None
    recipient: str
    due: Mapping[Tier, Money]
    reasons: tuple[Reason, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()

    @property
    def total(self) -> Money:
        return sum(self.due.values(), Money(0))


@record
class Outcome:
    """一项政策的结果: rows in file order, and what is due to each recipient by tier and in all."""

    policy: str
    tiers: tuple[Tier, ...]
    rows: tuple[RowOutcome, ...] = ()
    recipients: Mapping[str, Mapping[Tier, Money]] = field(default_factory=dict)
    totals: Mapping[Tier, Money] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: str, tiers: tuple[Tier, ...], rows: tuple[RowOutcome, ...]) -> Outcome:
        """Rows, added up by recipient and in all."""
        recipients: dict[str, dict[Tier, Money]] = {}
        totals = dict.fromkeys(tiers, Money(0))
        for row in rows:
            sums = recipients.setdefault(row.recipient, dict.fromkeys(tiers, Money(0)))
            for tier, amount in row.due.items():
                sums[tier] += amount
                totals[tier] += amount
        return cls(policy, tiers, rows, recipients, totals)

    @property
    def total(self) -> Money:
        return sum(self.totals.values(), Money(0))

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What cannot be computed, in the order of the rows."""
        return tuple(fault for row in self.rows for fault in row.faults)


@record
class Step:
    """推导步骤: what an expression says, what it gives for a row, and the steps and sources it comes from.

    ``value`` None with no fault means not filled in; ``fault`` says why there is no value. ``figures`` are the ids it reads.
    """

    text: str
    value: Value
    kind: ColumnType
    fault: str = ""
    sources: tuple[Source, ...] = ()
    figures: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
