"""The audit log: who did what when, of one dossier or of all; whether the chain holds; and the log as a file."""

from __future__ import annotations

import csv
from io import StringIO

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hengji.web.access import Here, member, person, person_of
from hengji.web.attachments import attachment
from hengji.web.events import record, verified
from hengji.web.models import Event
from hengji.web.neutral import neutral
from hengji.web.roles import Action

_PAGE = 100
_HEAD = ("序号", "时间", "谁", "地址", "做了什么", "关于", "指纹")


@member(Action.MANAGE)
def audit(request: HttpRequest, here: Here) -> HttpResponse:
    """What was done to one dossier."""
    context = {"here": here, "screen": "members"}
    return _page(request, Event.objects.filter(dossier=here.dossier.key), "web/audit.html", context)


@member(Action.MANAGE)
def audit_file(request: HttpRequest, here: Here) -> HttpResponse:
    """The same as CSV."""
    record(request, "导出审计日志", here.dossier.name)
    return _file(Event.objects.filter(dossier=here.dossier.key))


@person
def audit_all(request: HttpRequest) -> HttpResponse:
    """Everything that was done, for the administrator of the workbench."""
    _only_staff(request)
    return _page(request, Event.objects.all(), "web/audit_all.html", {})


@person
def audit_all_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    _only_staff(request)
    record(request, "导出审计日志", "全部")
    return _file(Event.objects.all())


def _only_staff(request: HttpRequest) -> None:
    if not person_of(request).is_staff:
        raise PermissionDenied("只有管理员能看全部的审计日志。")


def _page(request: HttpRequest, events: QuerySet[Event], template: str, context: dict[str, object]) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = events.filter(what__contains=words) | events.filter(who__contains=words) if words else events
    page = Paginator(found.order_by("-number"), _PAGE).get_page(request.GET.get("page"))
    return render(request, template, context | {"page": page, "breaks": list(verified()), "q": words})


def _file(events: QuerySet[Event]) -> HttpResponse:
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(_HEAD)
    for each in events.order_by("number").iterator():
        when = timezone.localtime(each.when).isoformat(timespec="seconds")
        said = (str(each.number), when, each.who, each.address, each.what, each.about, each.digest)
        rows.writerow([neutral(word) for word in said])
    return attachment(text.getvalue().encode("utf-8-sig"), "审计日志.csv", "text/csv; charset=utf-8")
