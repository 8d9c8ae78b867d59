"""Entitlements: what is due, payable, paid and unpaid, from the institution down to the person's month and the clause behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from hengji.funds.reconciliation_figures import ALL
from hengji.model.evaluation import Grant, RowDue
from hengji.model.money import Money
from hengji.model.reconciliation import PersonalClaim
from hengji.policies.outcome import Step
from hengji.policies.printing import show_value
from hengji.web import claims
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.events import record
from hengji.web.projections import evaluated, projected
from hengji.web.roles import Action
from hengji.web.tabular import (
    FILES,
    Heading,
    Kind,
    Line,
    amount,
    asked,
    discreet,
    file_of,
    found,
    listed,
    of_column,
    sheet,
    shown,
)
from hengji.work.derived import derived
from hengji.work.row_in_words import in_words

_DEEPEST = 40
_DUE, _REFUSED = "应补", "不予补助"
_LINE = Heading("行", Kind.NUMBER)


@member(Action.READ)
def entitlements(request: HttpRequest, here: Here) -> HttpResponse:
    """All claims; ``file`` asks for them as a file, as they are filtered and sorted."""
    data = projected(here.dossier, "claims", claims.project)
    sees = here.may(Action.READ_PERSONS)
    lines = [
        claims.line(each, _address("entitlement", here, each["entitlement"], each["institution"]) if sees else "")
        for each in (claims.named if sees else claims.unnamed)(data.get("claims", []))
    ]
    strays = [Line(tuple(each)) for each in data.get("strays", [])]
    debts = [Line(tuple(each["cells"])) for each in data.get("debts", []) if sees or not each["personal"]]
    suffix = request.GET.get("file", "")
    if suffix in FILES:
        sheets = [sheet("对账表", claims.HEADINGS, found(claims.HEADINGS, lines, asked(request.GET.dict())))]
        sheets += [sheet("欠付", claims.DEBTS, debts), sheet("不在对账表的付款", claims.STRAYS, strays)]
        record(request, "导出待遇对账", here.dossier.name)
        return attachment(file_of(suffix, sheets), f"{here.dossier.name}待遇对账.{suffix}", FILES[suffix])
    context = {
        "here": here,
        "list": listed(claims.HEADINGS, lines, request.GET.dict()),
        "below": [
            (name, listed(headings, rows, {}, len(rows)))
            for name, headings, rows in (("谁欠谁", claims.DEBTS, debts), ("不在对账表的付款", claims.STRAYS, strays))
            if rows
        ],
        "unsplit": any(each["amounts"][1] is None for each in data.get("claims", [])),
        "until": data.get("until", ""),
        "readable": bool(data),
        "screen": "entitlements",
    }
    return render(request, "web/entitlements.html", context)


def _address(name: str, here: Here, *parts: str | int) -> str:
    """The address of a screen below this dossier; empty where a name, which may be any text, cannot stand in one."""
    try:
        return reverse(name, args=[here.dossier.key, *parts])
    except NoReverseMatch:
        return ""


@member(Action.READ_PERSONS)
def entitlement(request: HttpRequest, here: Here, entitlement: str, institution: str) -> HttpResponse:
    """One institution: row by row, person by person (``by``), or all rows of whoever stands in row number ``person``."""
    grant = claims.grant_of(here.dossier.head, entitlement)
    if grant is None:
        raise Http404
    rows = [row for row in grant.rows if institution in (row.recipient, ALL)]
    if not rows:
        raise Http404
    person = _number(request.GET.get("person", ""), grant)
    if person is not None:
        theirs = set(claims.same_person(grant, person - 1)) or {person - 1}
        rows = [row for row in rows if row.row in theirs]
    by_person = request.GET.get("by") == "person" and claims.person_at(grant) is not None
    headings, lines = _persons(here, grant, rows, institution) if by_person else _rows(here, grant, rows, institution)
    suffix = request.GET.get("file", "")
    if suffix in FILES:
        kept = sheet("逐人" if by_person else "逐行", headings, found(headings, lines, asked(request.GET.dict())))
        record(request, "导出待遇明细", f"{here.dossier.name}：{institution}")
        return attachment(file_of(suffix, (kept,)), f"{institution}{grant.entitlement.id}.{suffix}", FILES[suffix])
    every = claims.named(projected(here.dossier, "claims", claims.project).get("claims", []))
    own = [each for each in every if (each["entitlement"], each["institution"]) == (entitlement, institution)]
    context = {
        "here": here,
        "grant": grant,
        "institution": institution,
        "claims": own,
        "list": listed(headings, lines, request.GET.dict()),
        "by_person": by_person,
        "tells_persons": claims.person_at(grant) is not None,
        "person": claims.person_name(grant, person - 1) if person is not None else "",
        "hidden": [(name, request.GET[name]) for name in ("by", "person") if request.GET.get(name)],
        "screen": "entitlements",
    }
    return render(request, "web/entitlement.html", context)


def _number(text: str, grant: Grant) -> int | None:
    """A row's number from 1; None where there is none in the address, 404 where the table has no such row."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > len(str(len(grant.rows))) or not 0 < int(text) <= len(grant.rows):
        raise Http404
    return int(text)


Listing = tuple[tuple[Heading, ...], list[Line]]


def _rows(here: Here, grant: Grant, rows: list[RowDue], institution: str) -> Listing:
    """Each row with its cells; whose it is goes without saying where all are one institution's."""
    said = "" if institution == ALL else grant.recipient
    columns = [(at, of_column(each)) for at, each in enumerate(grant.table.columns) if each.name != said]
    tiers = tuple(amount(f"{_DUE}{tier.value}") for tier in grant.tiers)
    headings = (
        _LINE,
        *(heading for _, heading in columns),
        *tiers,
        amount(_DUE),
        Heading("结果", Kind.CHOICE),
        Heading("原因"),
    )
    lines = []
    for row in rows:
        cells = tuple(grant.table.rows[row.row][at] for at, _ in columns)
        due = tuple(row.due.get(tier, Money(0)) for tier in grant.tiers)
        result = _REFUSED if row.refusals else _DUE if any(due) else "没有金额"
        why = "；".join(refusal.text for refusal in row.refusals)
        link = _address("entitlement_row", here, grant.entitlement.id, row.row + 1)
        lines.append(Line((_line_of(grant, row.row), *cells, *due, sum(due, Money(0)), result, why), link))
    return headings, lines


def _line_of(grant: Grant, row: int) -> int:
    return grant.table.lines[row] if row < len(grant.table.lines) else row + 1


def _persons(here: Here, grant: Grant, rows: list[RowDue], institution: str) -> Listing:
    """Everybody with the number of their rows and what is due; with what was paid where there is a list of payments."""
    paid = _paid(here, grant)
    at = claims.person_at(grant)
    assert at is not None
    grouped: dict[object, list[RowDue]] = {}
    for row in rows:
        grouped.setdefault(grant.table.rows[row.row][at], []).append(row)
    headings: tuple[Heading, ...] = (Heading("人员"), Heading("记录", Kind.COUNT, "条"), amount(_DUE))
    if paid:
        headings += (amount("已付"), amount("少付"), amount("多付"))
    there = _address("entitlement", here, grant.entitlement.id, institution)
    lines = []
    for own in grouped.values():
        due = sum((sum(row.due.values(), Money(0)) for row in own), Money(0))
        got = next((paid[line] for row in own if (line := _line_of(grant, row.row)) in paid), None)
        amounts = () if not paid else (None,) * 3 if got is None else (got.paid, *_apart(got))
        name = claims.person_name(grant, own[0].row) or "（未填）"
        link = f"{there}?{urlencode({'person': own[0].row + 1})}"
        lines.append(Line((name, len(own), due, *amounts), link))
    return headings, lines


def _paid(here: Here, grant: Grant) -> dict[int, PersonalClaim]:
    """By the line of the roster: what its person got."""
    evaluation, _ = evaluated(here.dossier.head)
    reconciliation = None if evaluation is None else evaluation.reconciliation
    persons = () if reconciliation is None else reconciliation.persons
    return {line: each for each in persons if each.entitlement == grant.entitlement.id for line in each.lines}


def _apart(claim: PersonalClaim) -> tuple[Money, Money]:
    return Money(max(0, claim.due - claim.paid)), Money(max(0, claim.paid - claim.due))


@member(Action.READ_PERSONS)
def row(request: HttpRequest, here: Here, entitlement: str, number: int) -> HttpResponse:
    """One row, counted from 1: what it gives, how that is reckoned step by step, and the clauses that speak."""
    grant = claims.grant_of(here.dossier.head, entitlement)
    runner = None if grant is None else claims.runner(here.dossier.head, entitlement)
    if grant is None or runner is None or _number(str(number), grant) is None:
        raise Http404
    done = derived(runner, number - 1)
    cells = zip(grant.table.columns, grant.table.rows[number - 1], strict=True)
    context = {
        "here": here,
        "grant": grant,
        "row": done.outcome,
        "line": _line_of(grant, number - 1),
        "cells": [
            (heading.printed, shown(cell, heading)) for column, cell in cells for heading in (of_column(column),)
        ],
        "words": [discreet(line) for line in in_words(done.outcome, done.steps)],
        "steps": [_step(step, 0) for step in done.steps],
        "clauses": done.clauses,
        "person": claims.person_name(grant, number - 1),
        "number": number,
        "before": _address("entitlement_row", here, entitlement, number - 1) if number > 1 else "",
        "after": _address("entitlement_row", here, entitlement, number + 1) if number < len(grant.rows) else "",
        "above": _address("entitlement", here, entitlement, done.outcome.recipient or ALL),
        "screen": "entitlements",
    }
    return render(request, "web/entitlement_row.html", context)


def _step(step: Step, depth: int) -> dict[str, Any]:
    """A step for a template; very far down it is named and not unfolded."""
    return {
        "text": discreet(step.text),
        "value": discreet(step.fault or show_value(step.value, step.kind)),
        "fault": bool(step.fault),
        "sources": list(dict.fromkeys(_sources(step))),
        "steps": [_step(each, depth + 1) for each in step.steps] if depth < _DEEPEST else [],
    }


def _sources(step: Step) -> Iterator[str]:
    for each in step.sources:
        place = f"{each.file} 第{each.line}行" if each.file and each.line else ""
        yield discreet("　".join(part for part in (each.text, each.reference, place) if part))
