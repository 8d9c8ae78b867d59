"""Claims: due, payable, paid and unpaid of each institution, and who owes whom, out of an opened dossier."""

from __future__ import annotations

from collections.abc import Iterable

from hengji.funds.debts import debts
from hengji.funds.paid_lists import against_ledger, persons
from hengji.funds.reconciliation import PAYING, books, dues, match
from hengji.funds.reconciliation_figures import reconciliation_figures
from hengji.model.evaluation import Grant
from hengji.model.figure import Figure, Figures
from hengji.model.finding import Finding
from hengji.model.reconciliation import Reconciliation
from hengji.work.load import Opened

Findings = tuple[Finding, ...]


def reconciled(
    opened: Opened, grants: Iterable[Grant], known: Figures
) -> tuple[Reconciliation, dict[str, Figure], Findings]:
    """The reconciliation up to the last cut-off with its figures. A ledger that follows no payments has no lines."""
    head, ledger = opened.dossier.head, opened.dossier.ledger
    grants = tuple(grants)
    cutoff = max((each.date for each in head.cutoffs), default=None)
    until = cutoff or max((entry.date for entry in ledger.entries), default=head.period.end)
    listed, wrong = persons(grants, opened.tables)
    if not any(entry.stage in PAYING for entry in ledger.entries):
        return Reconciliation(until, persons=listed), {}, wrong
    due = dues(head, grants)
    book = books(head, ledger, [each.institution for each in due], cutoff)
    matched = match(due, book)
    owed = debts(matched.claims, ledger, book, cutoff, until)
    found = Reconciliation(until, matched.claims, owed, listed, matched.strangers, matched.uncovered)
    differing = tuple(against_ledger(listed, matched.claims, grants, opened.tables))
    return found, reconciliation_figures(found, known), (*wrong, *matched.findings, *differing)
