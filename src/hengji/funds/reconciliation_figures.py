"""Figures of a reconciliation: 对账.<entitlement>.<institution>.应付/已付/未付/多付[.<tier>], their sums, and each debt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from hengji.funds.figures import FILE, entry_source
from hengji.model.figure import Figure, FigureKind, Figures, Source, SourceKind
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.reconciliation import Claim, Debt, Reconciliation

BASE = "对账"
ALL = "各机构合计"
"""Several institutions that the ledger does not tell apart."""
PAYABLE, PAID, UNPAID, OVERPAID, DAYS = "应付", "已付", "未付", "多付", "欠付天数"


def claim_id(claim: Claim, name: str) -> str:
    """The figure of one line of the table; the due amount is that of the entitlement itself."""
    head = "补助" if name == "应补" else BASE
    return f"{_whole(head, claim.entitlement, claim.institution)}.{name}.{claim.tier.value}"


def debt_id(debt: Debt, name: str = UNPAID) -> str:
    """The figure of one debt: its amount, or the days that it has waited."""
    institution = debt.institutions[0] if len(debt.institutions) == 1 else ""
    return f"{_whole(BASE, debt.entitlement, institution)}.{name}.{debt.tier.value}.{debt.cause.value}"


def _whole(head: str, entitlement: str, institution: str) -> str:
    return f"{head}.{entitlement}.{institution}" if institution else f"{head}.{entitlement}"


def reconciliation_figures(found: Reconciliation, known: Figures) -> dict[str, Figure]:
    """All of them; ``known`` are the figures of the entitlements."""
    figures = {figure.id: figure for claim in found.claims for figure in _claim(claim, known)}
    figures |= {figure.id: figure for figure in _debts(found.debts)}
    for level in (_institutions, _entitlements, _overall):
        figures |= {figure.id: figure for figure in level(found.claims, figures, known)}
    return figures


def _claim(claim: Claim, known: Figures) -> Iterator[Figure]:
    label = f"{claim.institution or ALL}{claim.tier.value}"
    budget = tuple(entry_source(entry) for entry in claim.budget)
    nothing = Source(SourceKind.LEDGER, f"台账（{label}）没有分录", FILE)
    together = "预算没有分到机构，只知合计" if claim.budget else "台账没有该项预算"
    formula = together if claim.payable is None else "预算分录之和"
    yield _money(claim_id(claim, PAYABLE), f"{label}应付", claim.payable, formula, sources=budget or (nothing,))
    rows = tuple(entry_source(entry) for entry in claim.entries)
    formula = "付给该机构的分录之和" if rows else "没有付给该机构的分录，为0"
    yield _money(claim_id(claim, PAID), f"{label}已付", claim.paid, formula, sources=rows or (nothing,))
    inputs = tuple(name for name in (claim_id(claim, "应补"), claim_id(claim, PAID)) if name in known or BASE in name)
    yield _money(claim_id(claim, UNPAID), f"{label}未付", claim.unpaid, "应补减已付，不足零的记零", inputs)
    if claim.overpaid:
        yield _money(claim_id(claim, OVERPAID), f"{label}多付", claim.overpaid, "已付减应补", inputs)


def _debts(debts: Iterable[Debt]) -> Iterator[Figure]:
    grouped: dict[str, list[Debt]] = {}
    for debt in debts:
        grouped.setdefault(debt_id(debt), []).append(debt)
    for name, alike in grouped.items():
        first = alike[0]
        whose = "、".join(first.institutions) if len(first.institutions) == 1 else ALL
        label = f"{whose or ALL}{first.tier.value}未付（{first.cause.value}）"
        rows = tuple(entry_source(entry) for debt in alike for entry in debt.entries)
        none = Source(SourceKind.LEDGER, f"台账没有{first.programme}{first.tier.value}的有关分录", FILE)
        amount = sum((debt.amount for debt in alike), Money(0))
        formula = f"{first.debtor}尚欠的部分：由近及远，先到先付"
        yield _money(name, label, amount, formula, sources=rows or (none,))
        days = [debt.days for debt in alike if debt.days is not None]
        if days:
            yield Figure(
                debt_id(first, DAYS),
                f"{label}至截止日的天数",
                FigureKind.DAYS,
                Fraction(max(days)),
                "天",
                formula="自分录之日至截止日的日历天数，取最大",
                sources=rows,
            )


Made = Mapping[str, Figure]


def _institutions(claims: tuple[Claim, ...], made: Made, known: Figures) -> Iterator[Figure]:  # noqa: ARG001  as its kind
    grouped: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.institution:
            grouped.setdefault((claim.entitlement, claim.institution), []).append(claim)
    for (entitlement, institution), own in grouped.items():
        for name in (PAYABLE, PAID, UNPAID, OVERPAID):
            inputs = tuple(claim_id(claim, name) for claim in own if claim_id(claim, name) in made)
            if inputs:
                yield _sum(f"{BASE}.{entitlement}.{institution}.{name}", f"{institution}{name}", inputs, made)


def _entitlements(claims: tuple[Claim, ...], made: Made, known: Figures) -> Iterator[Figure]:  # noqa: ARG001  as its kind
    """By tier and in all. Institutions that the ledger does not tell apart have their tiers already."""
    grouped: dict[str, dict[Tier, list[Claim]]] = {}
    for claim in claims:
        grouped.setdefault(claim.entitlement, {}).setdefault(claim.tier, []).append(claim)
    for entitlement, by_tier in grouped.items():
        for name in (PAYABLE, PAID, UNPAID, OVERPAID):
            tiers = {tier: _tier(entitlement, name, tier, own, made) for tier, own in by_tier.items()}
            found = {figure.id: figure for figure in tiers.values() if figure is not None}
            yield from (figure for key, figure in found.items() if key not in made)
            if found:
                yield _sum(f"{BASE}.{entitlement}.{name}", f"{entitlement}{name}合计", tuple(found), found)


def _tier(entitlement: str, name: str, tier: Tier, own: list[Claim], made: Made) -> Figure | None:
    """A budget that is not split among the institutions is known all the same for all of them together."""
    key, label = f"{BASE}.{entitlement}.{name}.{tier.value}", f"{entitlement}{tier.value}{name}"
    if key in made:
        return made[key]
    if name == PAYABLE and any(claim.payable is None for claim in own):
        rows = tuple(dict.fromkeys(entry for claim in own for entry in claim.budget))
        amount = sum((entry.amount for entry in rows), Money(0)) if rows else None
        sources = tuple(entry_source(entry) for entry in rows) or (Source(SourceKind.LEDGER, "台账没有预算", FILE),)
        return _money(key, label, amount, "预算分录之和，没有分到机构", sources=sources)
    inputs = tuple(claim_id(claim, name) for claim in own if claim_id(claim, name) in made)
    return _sum(key, label, inputs, made) if inputs else None


def _overall(claims: tuple[Claim, ...], made: Made, known: Figures) -> Iterator[Figure]:
    entitlements = dict.fromkeys(claim.entitlement for claim in claims)
    due = tuple(f"补助.{entitlement}.应补" for entitlement in entitlements)
    if claims:
        yield _sum(f"{BASE}.应补", "对账应补合计", due, known)
    for name in (PAYABLE, PAID, UNPAID, OVERPAID):
        inputs = tuple(key for each in entitlements if (key := f"{BASE}.{each}.{name}") in made)
        if inputs:
            yield _sum(f"{BASE}.{name}", f"对账{name}合计", inputs, made)


def _sum(name: str, label: str, inputs: tuple[str, ...], made: Figures) -> Figure:
    """A sum without a value where one of its parts has none."""
    values = [made[key].value for key in inputs]
    known = [value for value in values if isinstance(value, Fraction)]
    total = Money(int(sum(known))) if len(known) == len(values) else None
    return _money(name, label, total, "各项之和" if total is not None else "其中有不可得的项", inputs)


def _money(
    name: str,
    label: str,
    amount: Money | None,
    formula: str,
    inputs: tuple[str, ...] = (),
    sources: tuple[Source, ...] = (),
) -> Figure:
    value = None if amount is None else Fraction(amount)
    return Figure(name, label, FigureKind.MONEY, value, "元", formula=formula, inputs=inputs, sources=sources)
