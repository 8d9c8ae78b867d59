"""The library of common indicators: to be looked through and put into the tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.indicator import Indicator
from hengji.model.programme import Kind
from hengji.scoring.framework import walk
from hengji.web import tree
from hengji.web.access import Here, member
from hengji.web.leaves import read_from
from hengji.web.roles import Action
from hengji.web.screens.indicators import keep
from hengji.work.new import new_dossier
from hengji.work.workbook.framework import leaves

_ANY_YEAR = 2000


@cache
def _library() -> tuple[tuple[str, str, tuple[str, ...], Indicator], ...]:
    """(key, kind, names above, leaf) of every leaf in the library."""
    return tuple(
        (f"{kind.value}/{leaf.id}", kind.value, path[:-1], leaf)
        for kind in Kind
        for path, leaf in leaves(new_dossier(kind, _ANY_YEAR).framework.indicators)
    )


@member(Action.READ, changing=Action.EDIT)
def library(request: HttpRequest, here: Here) -> HttpResponseBase:
    """Look through it, or take the chosen indicators over below a node."""
    framework = read_from(request, here).dossier.framework
    if request.method != "POST":
        return _page(request, here)
    chosen = [leaf for key, _, _, leaf in _library() if key in request.POST.getlist("leaf")]
    number = request.POST.get("parent", "")
    parent = tree.node_at(framework, number)
    if not chosen:
        return _page(request, here, {"leaf": "还没有勾选指标。"})
    if parent is None or (parent.rubric is not None and not parent.children):
        told = "选一个能放下级的上级指标；还没有的，先在指标体系里添加一级指标。"
        return _page(request, here, {"parent": told})
    made = framework
    for leaf in chosen:
        made = tree.added(made, parent, leaf)
    clash, refused = keep(request, here, made, f"从指标库加入{len(chosen)}项指标")
    if refused:
        return _page(request, here, {"": refused})
    if clash is not None:
        return clash
    messages.success(request, f"已在“{parent.name}”下加入{len(chosen)}项指标，请调整分值。")
    return redirect("indicators", key=here.dossier.key)


def _page(request: HttpRequest, here: Here, faults: Mapping[str, str] = MappingProxyType({})) -> HttpResponse:
    framework = read_from(request, here).dossier.framework
    words = request.GET.get("q", "")[:60].split()
    found = [
        {"key": key, "kind": kind, "path": path, "leaf": leaf}
        for key, kind, path, leaf in _library()
        if all(word in leaf.name + leaf.explanation + "".join(path) for word in words)
    ]
    parents = [
        (str(at), node.name)
        for at, node in enumerate(walk(framework.indicators))
        if node.children or node.rubric is None
    ]
    context = {
        "here": here,
        "found": found,
        "parents": parents,
        "chosen": request.POST.getlist("leaf"),
        "parent": request.POST.get("parent", ""),
        "faults": faults,
        "trouble": faults.get("", ""),
        "q": " ".join(words),
        "screen": "indicators",
    }
    return render(request, "web/library.html", context, status=422 if faults else 200)
