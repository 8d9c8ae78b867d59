"""Figures: search among them, and where each comes from, down to rows, clauses and judgements."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hengji.model.figure import Figures, display
from hengji.reports.traces import Standing, Trace, listed, tree
from hengji.web.access import Here, member
from hengji.web.projections import evaluated
from hengji.web.roles import Action
from hengji.work.find_figure import printed_as

_MOST = 60
_LONGEST = 60
_DEEPEST = 40


@member(Action.READ)
def figures(request: HttpRequest, here: Here) -> HttpResponse:
    """The figures whose id or label has all the words, or which are printed so; ``pick`` asks for the list alone, to choose from."""
    known = _figures(here)
    words = request.GET.get("q", "")[:_LONGEST].split()
    printed = set(printed_as(known, " ".join(words)))
    found = [
        each
        for each in _listed(known)
        if each["id"] in printed or all(word in each["id"] + each["label"] for word in words)
    ]
    context = {"here": here, "found": found[:_MOST], "more": max(0, len(found) - _MOST), "q": " ".join(words)}
    template = "web/figure_list.html" if request.GET.get("pick") else "web/figures.html"
    return render(request, template, context | {"screen": "figures"})


@member(Action.READ_PERSONS)
def trace(request: HttpRequest, here: Here, figure: str) -> HttpResponse:
    """Where one figure comes from; ``part`` asks for that alone, to be shown beside the number."""
    known = _figures(here)
    if figure not in known:
        raise Http404
    template = "web/trace_part.html" if request.GET.get("part") else "web/trace.html"
    return render(request, template, {"here": here, "root": unfolded(tree(figure, known)), "screen": "figures"})


def _figures(here: Here) -> Figures:
    evaluation, _ = evaluated(here.dossier.head)
    return {} if evaluation is None else evaluation.figures


def _listed(known: Figures) -> list[dict[str, str]]:
    return [{"id": key, "label": figure.label, "display": display(figure)} for key, figure in known.items()]


def unfolded(root: Trace) -> dict[str, Any]:
    """The trace for a template; a figure met before, or very far down, is named and not unfolded."""
    return _unfolded(root, set(), 0)


def _unfolded(trace: Trace, met: set[str], depth: int) -> dict[str, Any]:
    again = (trace.id in met or depth > _DEEPEST) and bool(trace.children or trace.sources)
    met.add(trace.id)
    return {
        "id": trace.id,
        "label": trace.label,
        "display": trace.display,
        "formula": trace.formula,
        "exact": trace.exact,
        "note": "" if trace.standing is Standing.WHOLE else trace.standing.value,
        "again": again,
        "children": [] if again else [_unfolded(child, met, depth + 1) for child in trace.children],
        "sources": () if again else listed(trace.sources),
    }
