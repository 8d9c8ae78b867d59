"""Our own report: read it with every number's trace, have it written in four formats, and see what the checks say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Severity
from hengji.web.access import Here, member
from hengji.web.attachments import DOCX, XLSX, attachment
from hengji.web.chapters import Leaf, chapters
from hengji.web.events import record
from hengji.web.jobs import ask
from hengji.web.jobs_states import OPEN, State
from hengji.web.models import Job, StoredRevision
from hengji.web.places import led, told
from hengji.web.projections import evaluated, projected
from hengji.web.roles import Action
from hengji.web.store import blob
from hengji.work.evaluate import FORMATS, NAME, document_of

_KINDS: Mapping[str, tuple[str, str]] = {
    "docx": ("Word", DOCX),
    "pdf": ("PDF", "application/pdf"),
    "html": ("网页（可追溯）", "text/html; charset=utf-8"),
    "xlsx": ("Excel", XLSX),
}
TRACED = frozenset({"html", "xlsx"})
"""Formats that lead from figures down to the rows they come from, for those who may see rows."""
_SHOWN = 5
_LISTED = 60
"""Findings of one severity that the panel lists; there is no mending more at once."""
_KEPT = 4


class _Depth(Enum):
    """How far down the numbers of a page lead."""

    TRACED = "可追溯"
    PLAIN = "只有正文"


@member(Action.READ, changing=Action.READ)
def report(request: HttpRequest, here: Here) -> HttpResponseBase:
    """The report with its checks; asking (POST) has it written in all formats. ``jobs`` asks for the list of what was written alone."""
    if request.method == "POST":
        waiting = Job.objects.filter(kind="report", dossier=here.dossier, state__in=OPEN)
        if not any(job.arguments.get("revision") == here.dossier.head for job in waiting):
            ask("report", here.person, here.dossier, revision=here.dossier.head)
            record(request, "写出报告", here.dossier.name)
        return redirect("report", key=here.dossier.key)
    context = {"here": here, "written": _written(here), "screen": "report"}
    if request.GET.get("jobs"):
        return render(request, "web/report_files.html", context)
    panel = projected(here.dossier, "checks", project)
    groups = [
        {"severity": severity, "count": len(found), "findings": [led(each, here) for each in found[:_LISTED]]}
        for severity, found in panel.get("groups", {}).items()
    ]
    context |= {"groups": groups, "readable": bool(panel), "any": any(group["findings"] for group in groups)}
    context["leaves"] = _leaves(here) if panel else ()
    return render(request, "web/report.html", context)


def project(evaluation: Evaluation) -> dict[str, Any]:
    """The check panel: findings by severity."""
    return {
        "groups": {
            severity.value: [
                told(each, evaluation.dossier) for each in evaluation.findings if each.severity is severity
            ]
            for severity in Severity
        }
    }


def _written(here: Here) -> dict[str, Any]:
    jobs = list(Job.objects.filter(kind="report", dossier=here.dossier).select_related("person")[:_SHOWN])
    numbers = dict(
        StoredRevision.objects.filter(
            dossier=here.dossier, digest__in=[job.arguments.get("revision") for job in jobs]
        ).values_list("digest", "number")
    )
    rows = [
        {
            "job": job,
            "open": job.state in OPEN,
            "mine": job.person_id == here.person.pk or here.may(Action.EDIT),
            "number": numbers.get(job.arguments.get("revision", "")),
            "current": job.arguments.get("revision") == here.dossier.head,
            "files": _files(here, job),
        }
        for job in jobs
    ]
    return {"rows": rows, "busy": any(row["open"] for row in rows)}


def _files(here: Here, job: Job) -> list[dict[str, str]]:
    made = (job.result or {}).get("files", {}) if job.state == State.DONE.value else {}
    return [
        {"suffix": suffix, "title": _KINDS[suffix][0]}
        for suffix in FORMATS
        if f"{NAME}.{suffix}" in made and _may_take(here, suffix)
    ]


def _may_take(here: Here, suffix: str) -> bool:
    return suffix not in TRACED or here.may(Action.READ_PERSONS)


@member(Action.READ)
def report_file(request: HttpRequest, here: Here, number: int, suffix: str) -> HttpResponse:
    """One of the files that a job wrote."""
    job = Job.objects.filter(pk=number, kind="report", dossier=here.dossier, state=State.DONE.value).first()
    content = (
        blob((job.result or {}).get("files", {}).get(f"{NAME}.{suffix}", "")) if job and suffix in _KINDS else None
    )
    if content is None:
        raise Http404
    if not _may_take(here, suffix):
        raise PermissionDenied(f"这份文件可以追溯到逐人的数据，以“{here.role.value}”的身份不能下载。")
    record(request, "下载报告", f"{here.dossier.name}.{suffix}")
    return attachment(content, f"{here.dossier.name}{NAME}.{suffix}", _KINDS[suffix][1])


@member(Action.READ)
def preview(request: HttpRequest, here: Here, number: int = 1) -> HttpResponse:
    """A page of the report; its numbers open their traces for those who may see the rows they come from."""
    leaves = _leaves(here)
    if not 1 <= number <= len(leaves):
        raise Http404
    context = {"here": here, "leaves": leaves, "leaf": leaves[number - 1], "number": number, "screen": "report"}
    return render(request, "web/chapter.html", context)


def _leaves(here: Here) -> tuple[Leaf, ...]:
    depth = _Depth.TRACED if here.may(Action.READ_PERSONS) else _Depth.PLAIN
    return _drawn(here.dossier.head, here.dossier.key, depth)


@lru_cache(maxsize=_KEPT)
def _drawn(digest: str, key: str, depth: _Depth) -> tuple[Leaf, ...]:
    evaluation, _ = evaluated(digest)
    if evaluation is None:
        return ()
    document = document_of(evaluation)
    shown = document if depth is _Depth.TRACED else replace(document, figures={})
    return chapters(shown, lambda figure: reverse("trace", args=[key, figure]))
