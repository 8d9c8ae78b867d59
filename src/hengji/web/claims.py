"""What institutions are entitled to and got, as the screen of entitlements lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from hengji.engines.reference import Runner
from hengji.funds.reconciliation_words import explanations, line_of
from hengji.model.evaluation import Evaluation, Grant
from hengji.model.money import Money
from hengji.model.reconciliation import Claim, Debt, Stranger
from hengji.model.roster import Role, positions_of
from hengji.model.table import ColumnType
from hengji.web.projections import evaluated, opened
from hengji.web.tabular import Heading, Kind, Line, amount, discreet
from hengji.work.derived import runner_of
from hengji.work.reconcile import creditors, institution_name, spoken

PAID, UNPAID, OVERPAID, NOTHING = "付清", "未付清", "多付", "不予补助"
EACH_PERSON = "（逐人，不列名）"
_KEPT = 4
_PERSONAL = (Role.PERSON, Role.IDENTITY)

HEADINGS = (
    Heading("机构"),
    Heading("核算", Kind.CHOICE),
    Heading("层级", Kind.CHOICE),
    Heading("状态", Kind.CHOICE),
    *(amount(title) for title in ("应补", "应付", "已付", "未付", "多付")),
    Heading("说明"),
)
DEBTS = (
    Heading("欠款方"),
    Heading("应收方"),
    Heading("核算"),
    Heading("层级"),
    amount("金额"),
    Heading("环节"),
    Heading("起始日期"),
    Heading("已欠", Kind.NUMBER, "天"),
)
STRAYS = (Heading("子项目"), Heading("收款方"), Heading("层级"), amount("已付"), Heading("为什么不在对账表"))


def project(evaluation: Evaluation) -> dict[str, Any]:
    """Claims and debts of a reconciliation; empty lists where there is none."""
    found = evaluation.reconciliation
    if found is None:
        return {"claims": [], "debts": [], "strays": [], "until": ""}
    grants = {grant.entitlement.id: grant for grant in evaluation.grants}
    why = explanations(found)
    return {
        "until": found.until.isoformat(),
        "claims": [_claim(claim, grants, spoken(why[line_of(claim)], evaluation.figures)) for claim in found.claims],
        "debts": [_debt(debt, grants) for debt in found.debts],
        "strays": [
            *(_stray(each, "收款方不在名册") for each in found.strangers),
            *(_stray(each, "没有核算应补") for each in found.uncovered),
        ],
    }


def _claim(claim: Claim, grants: Mapping[str, Grant], why: str) -> dict[str, Any]:
    grant = grants[claim.entitlement]
    return {
        "entitlement": claim.entitlement,
        "title": grant.title,
        "institution": claim.institution,
        "personal": personal(grant),
        "tier": claim.tier.value,
        "state": _state(claim),
        "amounts": [None if fen is None else int(fen) for fen in _amounts(claim)],
        "why": why,
        "lines": sorted(entry.place.line for entry in claim.entries if entry.place.line is not None),
    }


def _amounts(claim: Claim) -> tuple[Money | None, ...]:
    return claim.due, claim.payable, claim.paid, claim.unpaid, claim.overpaid


def _state(claim: Claim) -> str:
    if claim.overpaid:
        return OVERPAID
    if claim.unpaid:
        return UNPAID
    return PAID if claim.due else NOTHING


def _debt(debt: Debt, grants: Mapping[str, Grant]) -> dict[str, Any]:
    hides = personal(grants[debt.entitlement]) if debt.entitlement in grants else False
    since = "" if debt.since is None else debt.since.isoformat()
    names = [creditors(debt), debt.entitlement, debt.tier.value]
    return {
        "personal": hides,
        "cells": [debt.debtor, *names, int(debt.amount), debt.cause.value, since, debt.days],
    }


def _stray(each: Stranger, why: str) -> list[Any]:
    return [each.programme, each.payee or "（未写）", each.tier.value, int(each.amount), why]


def personal(grant: Grant) -> bool:
    """Whether the recipients are persons and not institutions."""
    at = grant.table.positions.get(grant.recipient)
    roles = positions_of(grant.table)
    names_somebody = at is not None and grant.table.columns[at].type is ColumnType.CITIZEN
    return names_somebody or at in {roles.get(role) for role in _PERSONAL if role in roles}


def named(claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The claims with the names of institutions as they are shown."""
    return [{**claim, "institution": institution_name(claim["institution"])} for claim in claims]


def unnamed(claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for whoever may not see persons: theirs are added up by entitlement, tier and state."""
    kept: list[dict[str, Any]] = []
    together: dict[tuple[str, str, str], dict[str, Any]] = {}
    for claim in claims:
        if not claim["personal"]:
            kept.append({**claim})
            continue
        key = (claim["entitlement"], claim["tier"], claim["state"])
        if key in together:
            pairs = zip(together[key]["amounts"], claim["amounts"], strict=True)
            together[key]["amounts"] = [None if None in pair else sum(pair) for pair in pairs]
        else:
            together[key] = {**claim, "institution": EACH_PERSON, "why": "", "lines": []}
            kept.append(together[key])
    return named(kept)


def line(claim: Mapping[str, Any], link: str = "") -> Line:
    """A claim as a line under HEADINGS."""
    words = (claim["institution"], claim["entitlement"], claim["tier"], claim["state"])
    return Line((*words, *claim["amounts"], claim["why"]), link)


@lru_cache(maxsize=_KEPT)
def runner(digest: str, entitlement: str) -> Runner | None:
    """The policy of an entitlement over the tables of a revision."""
    found, _ = opened(digest)
    entitlements = () if found is None else found.dossier.head.entitlements
    use = next((each for each in entitlements if each.id == entitlement), None)
    return None if found is None or use is None else runner_of(found, use)


def grant_of(digest: str, entitlement: str) -> Grant | None:
    """What came of an entitlement in a revision."""
    evaluation, _ = evaluated(digest)
    grants = () if evaluation is None else evaluation.grants
    return next((each for each in grants if each.entitlement.id == entitlement), None)


def same_person(grant: Grant, row: int) -> Iterator[int]:
    """The rows (0-based) of whoever stands in a row, which is one of them; none where the table does not tell persons apart."""
    who = person_at(grant)
    if who is not None:
        name = grant.table.rows[row][who]
        yield from (at for at, cells in enumerate(grant.table.rows) if name is not None and cells[who] == name)


def person_at(grant: Grant) -> int | None:
    """The column that tells persons apart; an identity number before a number of one's own."""
    roles = positions_of(grant.table)
    return next((roles[role] for role in reversed(_PERSONAL) if role in roles), None)


def person_name(grant: Grant, row: int) -> str:
    """Who stands in a row, without the whole of an identity number."""
    who = person_at(grant)
    return "" if who is None else discreet(str(grant.table.rows[row][who] or ""))
