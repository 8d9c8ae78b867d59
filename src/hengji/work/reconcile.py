"""reconcile: due, payable, paid and unpaid of each institution of a dossier, and who owes whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from hengji.funds.reconciliation_figures import ALL, BASE, PAYABLE
from hengji.funds.reconciliation_words import Line, explanations, line_of
from hengji.model.binding import Binding, Plain, pieces
from hengji.model.figure import Figures, display
from hengji.model.finding import Finding
from hengji.model.ledger import Entry
from hengji.model.money import FEN_PER_YUAN, Money
from hengji.model.reconciliation import Claim, Debt, Reconciliation
from hengji.model.record import record
from hengji.work.calculate import calculate
from hengji.work.load import Opened, load
from hengji.work.sheets import Cell, Sheet

Tick = Callable[[str], None]
STEPS = 2


@record
class Reconciled:
    """What came of it: ``found`` is None when the dossier could not be opened. ``reasons`` are bound text by line."""

    name: str
    opened: Opened | None
    found: Reconciliation | None
    figures: Figures
    findings: tuple[Finding, ...]
    reasons: Mapping[Line, str]

    def explained(self, claim: Claim) -> str:
        """Why that line is as it is, in one sentence."""
        return spoken(self.reasons[line_of(claim)], self.figures)

    def payable(self, entitlement: str) -> Money | None:
        """Its budget, also where it is not split among the institutions; None where the ledger has none."""
        value = self.figures[f"{BASE}.{entitlement}.{PAYABLE}"].value
        return Money(int(value)) if isinstance(value, Fraction) else None

    def title(self, entitlement: str) -> str:
        """The policy behind an entitlement."""
        assert self.opened is not None
        policy = next(each.policy for each in self.opened.dossier.head.entitlements if each.id == entitlement)
        return self.opened.policies[policy].title


def reconcile(folder: Path, tick: Tick = lambda _: None) -> Reconciled:
    """Reconcile the dossier in ``folder``."""
    tick("读取档案")
    opened, findings = load(folder)
    name = folder.resolve().name
    if opened is None:
        return Reconciled(name, None, None, {}, findings, {})
    tick("核算与对账")
    done = calculate(opened)
    found = done.reconciliation
    return Reconciled(name, opened, found, done.figures, (*findings, *done.findings), explanations(found))


def spoken(text: str, figures: Figures) -> str:
    """Bound text with its figures filled in."""
    parts = []
    for piece in pieces(text):
        match piece:
            case Plain(text=characters):
                parts.append(characters)
            case Binding(figure=name, unit=unit):
                parts.append(display(figures[name], unit))
    return "".join(parts)


def institution_name(name: str) -> str:
    return name or ALL


@record
class Totals:
    """合计: ``unpaid`` and ``overpaid`` are added up apart from each other."""

    due: Money
    paid: Money
    unpaid: Money
    overpaid: Money


def totals(claims: tuple[Claim, ...]) -> Totals:
    """The sums of these lines."""
    nothing = Money(0)
    return Totals(
        sum((claim.due for claim in claims), nothing),
        sum((claim.paid for claim in claims), nothing),
        sum((claim.unpaid for claim in claims), nothing),
        sum((claim.overpaid for claim in claims), nothing),
    )


def yuan(amount: Money | None) -> Decimal | None:
    """In 元 to the fen, as it is printed."""
    return None if amount is None else (Decimal(int(amount)) / FEN_PER_YUAN).quantize(Decimal("0.01"))


def sheets(done: Reconciled) -> tuple[Sheet, ...]:
    """Everything as sheets of a workbook; the first stands alone in a csv."""
    assert done.found is not None
    found = done.found
    return (
        Sheet("对账表", _CLAIMS, tuple(_claim(done, claim) for claim in found.claims)),
        Sheet("欠付", _DEBTS, tuple(_debt(debt) for debt in found.debts)),
        Sheet("逐人对账", _PERSONS, tuple(_persons(found))),
        Sheet("名册外收款", _STRANGERS, tuple(_strangers(found))),
    )


_CLAIMS = (
    *("核算", "政策", "子项目", "机构", "层级", "应补（元）", "应付（元）", "已付（元）", "未付（元）", "多付（元）"),
    *("说明", "台账行", "台账备注"),
)
_DEBTS = ("欠款方", "应收方", "核算", "子项目", "层级", "金额（元）", "环节", "起始日期", "天数", "台账行")
_PERSONS = ("核算", "机构", "人员", "应补（元）", "已付（元）", "少付（元）", "多付（元）", "名册行", "清单行")
_STRANGERS = ("子项目", "收款方", "层级", "金额（元）", "相近的名称", "说明", "台账行")


def _claim(done: Reconciled, claim: Claim) -> tuple[Cell, ...]:
    notes = "；".join(dict.fromkeys(entry.note for entry in claim.entries if entry.note))
    return (
        claim.entitlement,
        done.title(claim.entitlement),
        claim.programme,
        institution_name(claim.institution),
        claim.tier.value,
        *map(yuan, (claim.due, claim.payable, claim.paid, claim.unpaid, claim.overpaid)),
        done.explained(claim),
        _lines(claim.entries),
        notes,
    )


def _debt(debt: Debt) -> tuple[Cell, ...]:
    return (
        debt.debtor,
        creditors(debt),
        debt.entitlement,
        debt.programme,
        debt.tier.value,
        yuan(debt.amount),
        debt.cause.value,
        debt.since,
        None if debt.days is None else Decimal(debt.days),
        _lines(debt.entries),
    )


def creditors(debt: Debt) -> str:
    """To whom it is owed."""
    return "、".join(institution_name(name) for name in debt.institutions)


def _persons(found: Reconciliation) -> Iterator[tuple[Cell, ...]]:
    for each in found.persons:
        less, more = Money(max(0, each.due - each.paid)), Money(max(0, each.paid - each.due))
        amounts = map(yuan, (each.due, each.paid, less, more))
        yield (
            each.entitlement,
            each.institution,
            each.person,
            *amounts,
            _numbers(each.lines),
            _numbers(each.paid_lines),
        )


def _strangers(found: Reconciliation) -> Iterator[tuple[Cell, ...]]:
    for why, strangers in (("收款方不在名册之中", found.strangers), ("该子项目没有核算应补", found.uncovered)):
        for each in strangers:
            near = "、".join(each.near)
            yield (each.programme, each.payee, each.tier.value, yuan(each.amount), near, why, _lines(each.entries))


def _lines(entries: tuple[Entry, ...]) -> str:
    return _numbers(tuple(entry.place.line for entry in entries if entry.place.line is not None))


def _numbers(lines: tuple[int, ...]) -> str:
    return "、".join(str(line) for line in sorted(lines))


def data(done: Reconciled) -> dict[str, Any]:
    """The same as data; every amount as text in 元."""
    assert done.found is not None
    found, sums = done.found, totals(done.found.claims)
    return {
        "dossier": done.name,
        "until": found.until.isoformat(),
        "totals": {
            "due": str(yuan(sums.due)),
            "paid": str(yuan(sums.paid)),
            "unpaid": str(yuan(sums.unpaid)),
            "overpaid": str(yuan(sums.overpaid)),
        },
        "claims": [_claim_data(done, claim) for claim in found.claims],
        "debts": [_debt_data(debt) for debt in found.debts],
        "persons": [
            {
                "entitlement": each.entitlement,
                "institution": each.institution,
                "person": each.person,
                "due": str(yuan(each.due)),
                "paid": str(yuan(each.paid)),
                "lines": list(each.lines),
                "paid_lines": list(each.paid_lines),
            }
            for each in found.persons
        ],
        "strangers": [
            {
                "programme": each.programme,
                "payee": each.payee,
                "tier": each.tier.value,
                "amount": str(yuan(each.amount)),
                "near": list(each.near),
                "covered": each in found.strangers,
            }
            for each in (*found.strangers, *found.uncovered)
        ],
    }


def _claim_data(done: Reconciled, claim: Claim) -> dict[str, Any]:
    amount = yuan(claim.payable)
    return {
        "entitlement": claim.entitlement,
        "programme": claim.programme,
        "institution": institution_name(claim.institution),
        "tier": claim.tier.value,
        "due": str(yuan(claim.due)),
        "payable": None if amount is None else str(amount),
        "paid": str(yuan(claim.paid)),
        "unpaid": str(yuan(claim.unpaid)),
        "overpaid": str(yuan(claim.overpaid)),
        "explanation": done.explained(claim),
        "lines": [entry.place.line for entry in claim.entries],
    }


def _debt_data(debt: Debt) -> dict[str, Any]:
    return {
        "debtor": debt.debtor,
        "institutions": [institution_name(name) for name in debt.institutions],
        "entitlement": debt.entitlement,
        "programme": debt.programme,
        "tier": debt.tier.value,
        "amount": str(yuan(debt.amount)),
        "cause": debt.cause.value,
        "since": debt.since.isoformat() if debt.since else None,
        "days": debt.days,
        "lines": [entry.place.line for entry in debt.entries],
    }
