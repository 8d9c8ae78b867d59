"""The review room: anybody's report goes in, the marked text comes out, each finding is adopted or dismissed, and the rest is handed back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from hengji.model.finding import Severity
from hengji.reports import xlsx
from hengji.reports.annotate.league import HEADS, league_of, places_of
from hengji.reports.annotate.words import GROUPS
from hengji.web.access import person, person_of
from hengji.web.attachments import DOCX, XLSX, attachment, enclosed
from hengji.web.events import record
from hengji.web.jobs import ask
from hengji.web.jobs_states import OPEN, State
from hengji.web.keeping import keep
from hengji.web.models import Job, Person, Ruling, Submission
from hengji.web.neutral import neutral
from hengji.web.reviewing import choices, ruled
from hengji.web.store import blob
from hengji.web.uploads import taken
from hengji.work.hand_back import KINDS

_PAGE = 30
_MOST = 60
_USUAL = {"profile": "国家项目", "quality": "通用"}
_STATES = {"open": "未裁定", "adopted": "采纳", "dismissed": "不采纳"}
_SHAPE = frozenset({"pages", "on", "files", "findings", "facts", "quality"})
"""What a review that can be shown has kept; one of an earlier version has not all of it."""
Row = dict[str, Any]


def visible_to(someone: Person) -> QuerySet[Submission]:
    """What they sent in themselves, and what others of their organisation did."""
    own = Q(owner=someone)
    if someone.organisation_id:
        own |= Q(organisation=someone.organisation_id)
    return Submission.objects.filter(own).select_related("job", "owner")


def _submission(request: HttpRequest, key: str) -> Submission:
    found = visible_to(person_of(request)).filter(key=key).first()
    if found is None:
        raise Http404
    return found


@person
def reviews(request: HttpRequest) -> HttpResponseBase:
    """The reports sent in, the soundest first, as a league table; sending more (POST) queues their review."""
    faults: list[str] = []
    if request.method == "POST":
        faults = _send(request)
        if not faults:
            return redirect("reviews")
    rows = ranked(list(visible_to(person_of(request))))
    context = {"rows": rows, "heads": HEADS[2:], "busy": any(row["open"] for row in rows)}
    if request.GET.get("list"):
        return render(request, "web/review_list.html", context)
    context |= {
        "faults": {"reports": "".join(faults)} if faults else {},
        "choices": choices(),
        "usual": _USUAL,
        "kinds": ",".join(KINDS),
        "most": _MOST,
    }
    return render(request, "web/reviews.html", context, status=422 if faults else 200)


def _send(request: HttpRequest) -> list[str]:
    """Take the files that can be taken and say of each other one why not."""
    files = request.FILES.getlist("reports")
    if not files:
        return ["没有选文件。选一份或几份 docx、pdf、txt、md、html 报告。"]
    if len(files) > _MOST:
        return [f"一次最多 {_MOST} 份，选了 {len(files)} 份。请分几次传，都没有收下。"]
    chosen = {
        name: request.POST.get(name, "") if request.POST.get(name) in options else _USUAL[name]
        for name, options in choices().items()
    }
    faults = [fault for fault in (_take(request, file, chosen) for file in files) if fault]
    if len(faults) < len(files):
        messages.success(request, f"收下 {len(files) - len(faults)} 份，正在审核。")
    return faults


def _take(request: HttpRequest, file: UploadedFile[bytes], chosen: dict[str, str]) -> str:
    content, fault = taken(file, KINDS)
    if content is None:
        return fault
    someone = person_of(request)
    name = (file.name or "报告")[-200:]
    submission = Submission.objects.create(
        owner=someone, organisation=someone.organisation, name=name, content=keep(content), **chosen
    )
    _ask(submission, someone)
    record(request, "送审报告", name)
    return ""


def _ask(submission: Submission, someone: Person) -> None:
    submission.job = ask("review", someone, None, key=submission.key, name=submission.name)
    submission.save(update_fields=["job"])


def ranked(submissions: list[Submission]) -> list[Row]:
    """A row for each: fewest points lost first, then fewest errors; what is not reviewed or cannot be read comes last."""
    rows = [_row(each) for each in submissions]
    rows.sort(key=lambda row: (*_merit(row), row["submission"].name))
    for place, row in zip(places_of([_merit(row) for row in rows]), rows, strict=True):
        row["place"] = "—" if row["lost"] is None else str(place)
    return rows


def _merit(row: Row) -> tuple[bool, Decimal, int]:
    return row["lost"] is None, row["lost"] or Decimal(0), row["errors"]


def _row(submission: Submission) -> Row:
    job = submission.job
    result = (job.result if job and job.state == State.DONE.value else None) or {}
    lost = result.get("lost")
    return {
        "submission": submission,
        "job": job,
        "open": job is not None and job.state in OPEN,
        "cells": result.get("league", [""])[1:],
        "lost": None if lost is None else Decimal(lost),
        "errors": result.get("errors", 0),
    }


@person
def league_file(request: HttpRequest) -> HttpResponse:
    """The league table as a workbook."""
    rows = [
        (row["place"], neutral(row["submission"].name), *row["cells"])
        for row in ranked(list(visible_to(person_of(request))))
        if row["cells"]
    ]
    return attachment(xlsx.write(league_of(rows)), "审核汇总.xlsx", XLSX)


@person
def review(request: HttpRequest, key: str) -> HttpResponse:
    """One review: what was checked, both scores, the quality sheet, the marked text, and the findings to rule on."""
    return _shown(request, _submission(request, key))


def _shown(request: HttpRequest, submission: Submission, refused: str = "", reason: str = "") -> HttpResponse:
    job = submission.job
    kept = (job.result if job and job.state == State.DONE.value else None) or {}
    result = kept if kept.keys() >= _SHAPE else {}
    rulings = {each.finding: each for each in submission.rulings.select_related("by")}
    every = [
        each
        | {"number": number, "ruling": rulings.get(each["id"]), "refused": each["id"] == refused}
        | {"on": result["on"].get(str(number), 1)}
        for number, each in enumerate(result.get("findings", []), 1)
    ]
    found = _filtered(every, request.GET)
    context = {
        "submission": submission,
        "job": job,
        "open": job is not None and job.state in OPEN,
        "old": bool(kept) and not result,
        "result": result,
        "sheets": range(1, len(result.get("pages", [])) + 1),
        "files": list(enumerate(sorted(result.get("files", {})))),
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "counts": {state: sum(_state(each) == state for each in every) for state in _STATES},
        "all": len(every),
        "stale": bool(result) and result.get("rulings") != ruled(rulings.values()),
        "given": request.GET,
        "severities": [each.value for each in Severity],
        "groups": sorted({each["group"] for each in every}, key=[*GROUPS.values(), "其他"].index),
        "states": _STATES,
        "typed": reason,
    }
    return render(request, "web/review.html", context, status=422 if refused else 200)


def _state(finding: Row) -> str:
    ruling = finding["ruling"]
    return "open" if ruling is None else "adopted" if ruling.adopted else "dismissed"


def _filtered(findings: list[Row], given: QueryDict) -> list[Row]:
    severity, group, state, words = (given.get(name, "") for name in ("severity", "group", "state", "q"))
    return [
        each
        for each in findings
        if (not severity or each["severity"] == severity)
        and (not group or each["group"] == group)
        and (not state or _state(each) == state)
        and all(word in each["quote"] + each["found"] + each["name"] + each["code"] for word in words.split())
    ]


@person
def rule(request: HttpRequest, key: str) -> HttpResponseBase:
    """Adopt or dismiss a finding; to dismiss it needs a reason. Ruling the same again (``withdraw``) takes the ruling back."""
    if request.method != "POST":
        return HttpResponse(status=405)
    submission = _submission(request, key)
    finding, verdict = request.POST.get("finding", ""), request.POST.get("verdict", "")
    reason = request.POST.get("reason", "").strip()
    result = (submission.job.result if submission.job else None) or {}
    at = next((number for number, each in enumerate(result.get("findings", []), 1) if each["id"] == finding), 0)
    if not at or verdict not in {"adopted", "dismissed", "withdraw"}:
        raise Http404
    if verdict == "withdraw":
        Ruling.objects.filter(submission=submission, finding=finding).delete()
    elif verdict == "dismissed" and not reason:
        return _shown(request, submission, refused=finding, reason=reason)
    else:
        fields = {"adopted": verdict == "adopted", "reason": reason, "by": person_of(request)}
        Ruling.objects.update_or_create(submission=submission, finding=finding, defaults=fields)
    record(request, "裁定审核发现", f"{submission.name}：第{at}条")
    query = request.GET.urlencode()
    return redirect(f"{reverse('review', args=[key])}{'?' if query else ''}{query}#found-{at}")


@person
def again(request: HttpRequest, key: str) -> HttpResponseBase:
    """Write the files anew by the rulings as they are now."""
    if request.method != "POST":
        return HttpResponse(status=405)
    submission = _submission(request, key)
    if submission.job is None or submission.job.state not in OPEN:
        _ask(submission, person_of(request))
        record(request, "交回审核意见", submission.name)
    return redirect("review", key=key)


@person
def drop(request: HttpRequest, key: str) -> HttpResponseBase:
    """Delete a report with its rulings and everything that reviewing it made; only whoever sent it in may."""
    if request.method != "POST":
        return HttpResponse(status=405)
    submission = _submission(request, key)
    if submission.owner != person_of(request):
        raise PermissionDenied("送审的报告由送审人删去。")
    with transaction.atomic():
        Job.objects.filter(kind="review", arguments__key=key).delete()
        submission.delete()
    record(request, "删去送审报告", submission.name)
    messages.success(request, f"已删去“{submission.name}”和它的审核结果。")
    return redirect("reviews")


@person
def marked_page(request: HttpRequest, key: str, number: int = 1) -> HttpResponse:
    """A page of the report's own text with its marks, in a frame."""
    job = _submission(request, key).job
    pages = ((job.result if job else None) or {}).get("pages", [])
    content = blob(pages[number - 1]) if 1 <= number <= len(pages) else None
    if content is None:
        raise Http404
    return enclosed(content)


@person
def review_file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One of the files to hand back."""
    job = _submission(request, key).job
    files = sorted(((job.result if job else None) or {}).get("files", {}).items())
    content = blob(files[number][1]) if number < len(files) else None
    if content is None:
        raise Http404
    name = files[number][0]
    record(request, "下载审核意见", name)
    return attachment(content, name, "text/html; charset=utf-8" if name.endswith(".html") else DOCX)
