"""The list of dossiers: stage, score, deadline, open findings; search and filters stand in the address."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.model.programme import Kind
from hengji.storage.archive import unpack
from hengji.storage.text import render as render_files
from hengji.web.access import person, person_of
from hengji.web.basics import YEARS
from hengji.web.events import record
from hengji.web.members import join
from hengji.web.models import Dossier
from hengji.web.numbers import whole
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.store import create, imported
from hengji.web.uploads import taken
from hengji.work.new import new_dossier

_PAGE = 50
_SORTS = {"changed": "-changed", "deadline": "deadline", "score": "-score", "name": "name", "errors": "-errors"}
_SUFFIXES = (".zip",)


@person
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers of which one is a member."""
    found = _searched(request, Dossier.objects.filter(members__person=person_of(request)))
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kinds": [kind.value for kind in Kind], "given": request.GET, "sorts": _SORTS}
    return render(request, "web/dossiers.html", context)


def _searched(request: HttpRequest, found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    words, kind, grade = (request.GET.get(name, "").strip() for name in ("q", "kind", "grade"))
    for word in words.split():
        found = found.filter(Q(name__icontains=word))
    if kind:
        found = found.filter(kind=kind)
    if grade:
        found = found.filter(grade=grade)
    if request.GET.get("open"):
        found = found.filter(errors__gt=0)
    return found.order_by(_SORTS.get(request.GET.get("sort", ""), "-changed"), "pk")


@person
def begin(request: HttpRequest) -> HttpResponseBase:
    """A new dossier from the indicator library, or out of an archive."""
    if request.method != "POST":
        return _begin(request, {})
    file = request.FILES.get("archive")
    if file is not None:
        content, fault = taken(file, _SUFFIXES)
        archive, findings = (None, ()) if content is None else unpack(file.name or "档案.zip", content)
        if archive is None:
            return _begin(request, {"archive": fault or "；".join(finding.message for finding in findings)})
        return _opened(request, imported(archive, str(person_of(request))), "导入档案")
    typed = request.POST.get("year", "").strip()
    year = whole(typed, YEARS[-1])
    if year is None or year not in YEARS:
        return _begin(request, {"year": f"“{typed[:20]}”不是年度。写四位数字，如 2026。"})
    kind = Kind(request.POST["kind"]) if request.POST.get("kind") in {kind.value for kind in Kind} else Kind.PROJECT
    files = render_files(new_dossier(kind, year))
    return _opened(request, create(files, str(person_of(request)), f"新建{year}年{kind.value}评价档案"), "新建档案")


def _begin(request: HttpRequest, faults: Mapping[str, str]) -> HttpResponse:
    context = {"kinds": [kind.value for kind in Kind], "given": request.POST, "faults": faults}
    return render(request, "web/begin.html", context, status=422 if faults else 200)


def _opened(request: HttpRequest, dossier: Dossier, what: str) -> HttpResponseBase:
    join(dossier, person_of(request), Role.LEAD)
    refresh(dossier)
    record(request, what, dossier.name, dossier=dossier)
    messages.success(request, f"已{what}：{dossier.name}")
    return redirect("home", key=dossier.key)
