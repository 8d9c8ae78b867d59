"""Scoring: the queue of leaves, and for each the standard beside what is known, where the judge judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hengji.scoring.score import leaf_rounding
from hengji.storage.text import paper_path
from hengji.web.access import Here, member
from hengji.web.editing import save
from hengji.web.judging import Faults, Given, form_of, read
from hengji.web.leaves import Leaf, file_of, leaf_of, read_from, typed, unread
from hengji.web.projections import projected
from hengji.web.roles import Action
from hengji.web.scores import UNJUDGED, UNKNOWN, gravest, project
from hengji.work import signing

Row = Mapping[str, Any]
FILTERS: Mapping[str, tuple[str, Callable[[Row], bool]]] = MappingProxyType(
    {
        "": ("全部", lambda _row: True),
        "unjudged": ("未评判", lambda row: row["state"] in (UNJUDGED, UNKNOWN)),
        "overridden": ("人工改分", lambda row: bool(row["overridden"])),
        "findings": ("有检查发现", lambda row: bool(row["findings"])),
    }
)
"""By the word in the address: the title, and which leaves are shown."""


@member(Action.READ)
def scoring(request: HttpRequest, here: Here) -> HttpResponse:
    """The queue."""
    data = projected(here.dossier, "scoring", project)
    every = list(data.get("leaves", {}).values())
    only = _only(request)
    rows = [row | {"gravest": gravest(row), "count": len(row["findings"])} for row in every if FILTERS[only][1](row)]
    counts = [(word, title, sum(map(test, every))) for word, (title, test) in FILTERS.items()]
    context = {"here": here, "rows": rows, "counts": counts, "only": only, "data": data, "screen": "scoring"}
    return render(request, "web/scoring.html", context)


@member(Action.READ, changing=Action.EDIT)
def judge(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
    """One leaf: read it, or judge it and go on to the next."""
    data = projected(here.dossier, "scoring", project)
    row = data.get("leaves", {}).get(indicator)
    if row is None:
        raise Http404
    if request.method != "POST":
        usual = {"by": _name(here), "on": timezone.localdate().isoformat(), "override_by": _name(here)}
        given = usual | {name: value for name, value in row["given"].items() if value}
        return _page(request, here, row, given, {})
    found = read_from(request, here)
    leaf = leaf_of(found.dossier, indicator)
    given = typed(request)
    evidence = frozenset(each.id for each in found.dossier.evidence)
    refused = signing.refusal(leaf.paper) or unread(request, here, paper_path(indicator))
    if refused:
        return _page(request, here, row, given, {"": refused}, leaf)
    done = read(leaf.indicator, leaf.paper, given, evidence, leaf_rounding(found.norms.profile))
    if done.faults:
        return _page(request, here, row, given, done.faults, leaf)
    clash = save(request, here, file_of(signing.changed(done.paper)), f"评判“{leaf.indicator.name}”")
    if clash is not None:
        return clash
    messages.success(request, f"已保存“{leaf.indicator.name}”的评判。")
    return _onward(here, indicator, _only(request))


def _page(
    request: HttpRequest, here: Here, row: Row, given: Given, faults: Faults, leaf: Leaf | None = None
) -> HttpResponse:
    only = _only(request)
    before, after = _around(here, row["id"], only)
    context = {
        "here": here,
        "row": row,
        "form": form_of(leaf.indicator, given, faults) if leaf else row["form"],
        "given": given,
        "faults": faults,
        "trouble": faults.get("", ""),
        "only": only,
        "before": before,
        "after": after,
        "screen": "scoring",
    }
    return render(request, "web/judge.html", context, status=422 if faults else 200)


def _around(here: Here, indicator: str, only: str) -> tuple[str, str]:
    """The leaves of the queue before and after one; the one itself need not be in it any more."""
    every = projected(here.dossier, "scoring", project).get("leaves", {})
    order = list(every)
    at = order.index(indicator)
    fits = FILTERS[only][1]
    before = next((name for name in reversed(order[:at]) if fits(every[name])), "")
    return before, next((name for name in order[at + 1 :] if fits(every[name])), "")


def _onward(here: Here, indicator: str, only: str) -> HttpResponseBase:
    _, after = _around(here, indicator, only)
    there = reverse("judge", args=[here.dossier.key, after]) if after else reverse("scoring", args=[here.dossier.key])
    return redirect(there + (f"?{urlencode({'only': only})}" if only else ""))


def _only(request: HttpRequest) -> str:
    asked = request.GET.get("only", "")
    return asked if asked in FILTERS else ""


def _name(here: Here) -> str:
    return f"{here.person}（{here.role.value}）"
