"""The findings board: problem → deduction → evidence → recommendation → rectification, by how far each has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from hengji.model.problem import Problem, ProblemBook, RectificationStatus
from hengji.storage.text import render as files_of
from hengji.web.access import Here, member
from hengji.web.editing import save
from hengji.web.leaves import read_from, unread
from hengji.web.problems import (
    FILE,
    NEW,
    Card,
    Typed,
    cards,
    fresh,
    names,
    problem_from,
    project,
    recommendations_from,
    rectification_from,
    with_card,
    with_rectification,
    without,
)
from hengji.web.projections import opened, projected
from hengji.web.roles import Action
from hengji.work.load import Opened


@member(Action.READ)
def findings(request: HttpRequest, here: Here) -> HttpResponse:
    """The board."""
    return _board(request, here)


def _board(request: HttpRequest, here: Here, refused: str = "", typed: Typed | None = None) -> HttpResponse:
    found, _ = opened(here.dossier.head)
    known = projected(here.dossier, "findings", project)
    today = timezone.localdate()
    book = found.dossier.problem_book if found else ProblemBook()
    shown = [_shown(each, found, known, today) for each in cards(book)] if found else []
    for each in shown:
        each["form"] = _form(each["card"], typed if each["card"].problem.id == refused else None)
    columns = [
        {"status": status.value, "cards": [each for each in shown if each["card"].status is status]}
        for status in RectificationStatus
    ]
    context = {"here": here, "columns": columns, "count": len(shown), "screen": "findings", "refused": refused}
    context |= {"statuses": _statuses(), "overdue": sum(each["over"] > 0 for each in shown), "readable": found}
    return render(request, "web/findings.html", context, status=422 if refused else 200)


def _shown(card: Card, found: Opened, known: Mapping[str, Any], today: date) -> dict[str, Any]:
    titles = {each.id: each.title for each in found.dossier.evidence}
    leaves, lost = names(found.dossier.framework.indicators), known.get("lost", {})
    words = known.get("words", {})
    return {
        "card": card,
        "words": words.get(card.problem.id, ""),
        "over": card.days_over(today),
        "deductions": [
            {"id": key, "name": leaves.get(key, key), "lost": lost.get(key)} for key in card.problem.deductions
        ],
        "evidence": [{"id": key, "title": titles.get(key, "（没有这件佐证）")} for key in card.problem.evidence],
        "advice": [{"title": each.title, "words": words.get(each.id, "")} for each in card.recommendations],
    }


def _statuses() -> list[str]:
    return [status.value for status in RectificationStatus]


def _form(card: Card, typed: Typed | None) -> dict[str, Any]:
    """The rectification's fields: as they were typed where that was refused, else as they are."""
    if typed is not None:
        return {"given": typed.single, "faults": typed.faults}
    item = card.rectification
    given = {"status": card.status.value}
    if item is not None:
        given |= {"measure": item.measure, "unit": item.responsible, "proof": "\n".join(item.proof)}
        given["deadline"] = item.deadline.isoformat() if item.deadline else ""
    return {"given": given, "faults": {}}


@member(Action.READ, changing=Action.EDIT)
def rectify(request: HttpRequest, here: Here, problem: str) -> HttpResponseBase:
    """Write down how far the rectification of a problem has come, on the board itself."""
    if request.method != "POST":
        return redirect("problem", key=here.dossier.key, problem=problem)
    found = read_from(request, here)
    card = _card(found, problem)
    typed = _typed(request)
    mended = rectification_from(typed, problem)
    if typed.faults:
        return _board(request, here, problem, typed)
    book = with_rectification(found.dossier.problem_book, problem, mended)
    return _saved(request, here, book, f"整改：{card.problem.title}")


@member(Action.READ, changing=Action.EDIT)
def problem(request: HttpRequest, here: Here, problem: str) -> HttpResponseBase:
    """A problem with all that belongs to it; ``new`` begins another, ``delete`` in the form takes it out."""
    found = read_from(request, here)
    if problem == NEW:
        key = fresh("P", (each.id for each in found.dossier.problem_book.problems))
        card = Card(Problem(key, "", ""), (), None)
    else:
        card = _card(found, problem)
    if request.method != "POST":
        return _page(request, here, found, card)
    if request.POST.get("delete"):
        return _saved(request, here, without(found.dossier.problem_book, problem), f"删去问题：{card.problem.title}")
    typed = _typed(request)
    dossier = found.dossier
    leaf_ids = names(dossier.framework.indicators)
    written = Card(
        problem_from(typed, card.problem, leaf_ids, dossier.evidence),
        tuple(recommendations_from(typed, dossier.problem_book)),
        rectification_from(typed, card.problem.id),
    )
    if typed.faults:
        return _page(request, here, found, card, typed)
    return _saved(request, here, with_card(dossier.problem_book, written), f"问题：{written.problem.title}")


def _typed(request: HttpRequest) -> Typed:
    return Typed({name: str(request.POST[name]) for name in request.POST}, dict(request.POST.lists()))


def _card(found: Opened, key: str) -> Card:
    for card in cards(found.dossier.problem_book):
        if card.problem.id == key:
            return card
    raise Http404


def _page(request: HttpRequest, here: Here, found: Opened, card: Card, typed: Typed | None = None) -> HttpResponse:
    given, faults = (_as_given(card), {}) if typed is None else (dict(typed.single), typed.faults)
    ticked = {
        name: set(typed.many.get(name, ()) if typed else getattr(card.problem, name))
        for name in ("deductions", "evidence", "recommendations")
    }
    lost = projected(here.dossier, "findings", project).get("lost", {})
    dossier = found.dossier
    leaves = names(dossier.framework.indicators)
    every = {
        "deductions": [(key, f"{name}　扣 {lost[key]} 分" if key in lost else name) for key, name in leaves.items()],
        "evidence": [(each.id, f"{each.id}　{each.title}") for each in dossier.evidence],
        "recommendations": [(each.id, each.title) for each in dossier.problem_book.recommendations],
    }
    choices = {
        name: [{"id": key, "told": told, "on": key in ticked[name]} for key, told in options]
        for name, options in every.items()
    }
    own = [
        {"id": each.id, **{part: given.get(f"{part}:{each.id}", getattr(each, part)) for part in _PARTS}}
        for each in card.recommendations
    ]
    own.append({"id": NEW, **{part: given.get(f"{part}:{NEW}", "") for part in _PARTS}})
    for each in own:
        each["faults"] = {part: faults.get(f"{part}:{each['id']}", "") for part in _PARTS}
    context = {"here": here, "card": card, "given": given, "faults": faults, "choices": choices, "advice": own}
    context |= {"statuses": _statuses(), "screen": "findings", "fresh": not card.problem.title}
    return render(request, "web/problem.html", context, status=422 if faults else 200)


_PARTS = ("title", "detail", "addressee")


def _as_given(card: Card) -> dict[str, Any]:
    base = {name: getattr(card.problem, name) for name in ("title", "detail", "cause", "responsible")}
    return base | dict(_form(card, None)["given"])


def _saved(request: HttpRequest, here: Here, book: ProblemBook, why: str) -> HttpResponseBase:
    found = read_from(request, here)
    refusal = unread(request, here, FILE)
    if refusal:
        messages.error(request, refusal)
        return redirect("findings", key=here.dossier.key)
    clash = save(request, here, {FILE: files_of(replace(found.dossier, problem_book=book)).get(FILE)}, why)
    if clash is not None:
        return clash
    messages.success(request, f"已保存。{why}")
    return redirect("findings", key=here.dossier.key)
