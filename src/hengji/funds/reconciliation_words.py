"""Why an institution did not get exactly what it is entitled to, in one Chinese sentence of bound text per line."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from hengji.funds.reconciliation_figures import DAYS, OVERPAID, claim_id, debt_id
from hengji.model.figure import chinese_date
from hengji.model.programme import Tier
from hengji.model.reconciliation import Cause, Claim, Debt, Reconciliation

_PARTS: MappingProxyType[Fraction, str] = MappingProxyType(
    {
        Fraction(1, 2): "一半",
        Fraction(1, 3): "三分之一",
        Fraction(2, 3): "三分之二",
        Fraction(1, 4): "四分之一",
        Fraction(3, 4): "四分之三",
        Fraction(1, 5): "五分之一",
        Fraction(2, 5): "五分之二",
        Fraction(3, 5): "五分之三",
        Fraction(4, 5): "五分之四",
        Fraction(1, 10): "十分之一",
    }
)
"""A payment that is exactly such a part was made by another rate or in instalments."""


Line = tuple[str, str, Tier]
"""Entitlement, institution and tier: what tells one line of the table from another."""


def line_of(claim: Claim) -> Line:
    return claim.entitlement, claim.institution, claim.tier


def explanations(found: Reconciliation) -> dict[Line, str]:
    """For each line bound text, a whole sentence: where what was not paid stands, what was paid too much, why nothing is due."""
    owed: dict[tuple[str, str, Tier], list[Debt]] = {}
    for debt in found.debts:
        owed.setdefault((debt.entitlement, debt.programme, debt.tier), []).append(debt)
    return {
        line_of(claim): _explanation(claim, owed.get((claim.entitlement, claim.programme, claim.tier), []))
        for claim in found.claims
    }


def _explanation(claim: Claim, debts: list[Debt]) -> str:
    if not claim.due and not claim.paid:
        return f"按政策不予补助：{_refused(claim)}。" if claim.refusals else "没有应补金额。"
    if claim.overpaid:
        return f"{_overpaid(claim)}。"
    if not claim.unpaid:
        return "付清。"
    ratio = Fraction(claim.paid, claim.due)
    clauses = [f"已付恰为应补的{_PARTS[ratio]}"] if ratio in _PARTS else []
    clauses += dict.fromkeys(_owed(debt) for debt in debts if claim.institution in debt.institutions)
    return "；".join(clauses) + "。"


def _refused(claim: Claim) -> str:
    return "；".join(text.rstrip("。") for text in claim.refusals)


def _overpaid(claim: Claim) -> str:
    extra = f"多付{{{{ {claim_id(claim, OVERPAID)} }}}}"
    if claim.due:
        return extra
    why = _refused(claim)
    return f"{extra}，按政策不予补助：{why}" if why else f"{extra}，政策没有规定{claim.tier.value}出资"


def _owed(debt: Debt) -> str:
    amount = f"{{{{ {debt_id(debt)} }}}}"
    since = f"自{chinese_date(debt.since)}起" if debt.since else ""
    waited = f"，至截止日{{{{ {debt_id(debt, DAYS)} }}}}" if debt.days is not None else ""
    whole = "" if len(debt.institutions) == 1 else f"本项目{debt.tier.value}资金合计"
    match debt.cause:
        case Cause.PASSED_ON:
            return f"{whole}{amount}{since}留在{debt.debtor}{waited}，没有付给机构"
        case Cause.ARRIVED:
            return f"{whole}{amount}{since}已到{debt.debtor}{waited}，没有拨付"
        case Cause.ISSUED:
            return f"{whole}{amount}{since}由{debt.debtor}下达{waited}，没有到位"
        case Cause.BUDGETED:
            return f"{whole}{amount}列入{debt.tier.value}预算而没有到位"
        case Cause.UNBUDGETED:
            return f"{whole}{amount}没有列入{debt.tier.value}预算"
        case Cause.ELSEWHERE:
            return f"{whole}{amount}已列{debt.tier.value}预算，付给了名册以外或多付的收款方"
        case Cause.UNRECORDED:
            return f"{whole}{amount}没有付款，台账也没有这项预算"
