"""What was sent for a table: read with progress, its columns put right, its faulty rows told, its good rows taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from hengji.storage.revisions import digest_of
from hengji.web import receiving
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.editing import save
from hengji.web.jobs import ask, do
from hengji.web.jobs_states import OPEN
from hengji.web.joining import Twice, Way
from hengji.web.leaves import read_from
from hengji.web.models import Job
from hengji.web.projections import opened
from hengji.web.receiving import KIND, SMALL, Received
from hengji.web.roles import Action
from hengji.web.tabular import FILES
from hengji.web.works import KINDS

_MAPPED = "map-"
_SHOWN = 10


def ask_for(here: Here, sent: Received) -> None:
    """Have it read: at once when it is small."""
    arguments = {"token": sent.token, "name": sent.file.name}
    if sent.file.stat().st_size <= SMALL:
        do(KINDS, KIND, here.person, here.dossier, **arguments)
    else:
        ask(KIND, here.person, here.dossier, **arguments)


def begun(here: Here) -> list[dict[str, Any]]:
    """What was sent and is neither taken nor thrown away, the newest first."""
    jobs = Job.objects.filter(kind=KIND, dossier=here.dossier).select_related("person")[: _SHOWN * 2]
    last: dict[str, Job] = {}
    for job in jobs:
        last.setdefault(job.arguments.get("token", ""), job)
    return [
        {"token": token, "job": job, "table": sent.declaration.name if sent.declaration else ""}
        for token, job in last.items()
        if (sent := receiving.received(here.dossier, token)) is not None
    ][:_SHOWN]


@member(Action.EDIT)
def received(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """How far the reading is and what came of it; ``state`` asks for that part alone."""
    sent = _sent(here, token)
    declaration = sent.declaration
    if declaration is None:
        return redirect("new_table", key=here.dossier.key, token=token)
    job = receiving.job_of(here.dossier, token)
    result = (job.result or {}) if job is not None else {}
    read, _ = opened(here.dossier.head)
    old = read.tables.get(declaration.name) if read is not None else None
    given = sent.mapping
    context = {
        "here": here,
        "token": token,
        "file": sent.file.name,
        "declaration": declaration,
        "job": job,
        "open": job is not None and job.state in OPEN,
        "result": result,
        "columns": [column.name for column in declaration.columns],
        "headers": [
            {
                "theirs": theirs,
                "ours": ours or given.get(theirs, "") or result.get("suggested", {}).get(theirs, ""),
                "sure": bool(ours),
            }
            for theirs, ours in result.get("headers", [])
        ],
        "old": None if old is None else len(old.rows),
        "there": result.get("there", {}),
        "key": sent.key,
        "ways": list(Way),
        "twice": list(Twice),
        "screen": "data",
    }
    return render(request, "web/received_state.html" if request.GET.get("state") else "web/received.html", context)


def _sent(here: Here, token: str) -> Received:
    sent = receiving.received(here.dossier, token)
    if sent is None:
        raise Http404
    return sent


@member(Action.EDIT, changing=Action.EDIT)
def map_columns(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """Their headers for our columns, as a person put them; the file is then read again."""
    sent = _sent(here, token)
    declaration = sent.declaration
    job = receiving.job_of(here.dossier, token)
    if request.method != "POST" or declaration is None or job is None:
        raise Http404
    ours = {column.name for column in declaration.columns}
    mapping = {}
    for number, (theirs, _) in enumerate((job.result or {}).get("headers", [])):
        column = request.POST.get(f"{_MAPPED}{number}", "")
        if column in ours:
            mapping[theirs] = column
    sent.map(mapping)
    ask_for(here, sent)
    return redirect("received", key=here.dossier.key, token=token)


@member(Action.EDIT, changing=Action.EDIT)
def take(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """The good rows become the table, or go behind those that are there."""
    sent = _sent(here, token)
    declaration, job = sent.declaration, receiving.job_of(here.dossier, token)
    if request.method != "POST" or declaration is None or job is None:
        raise Http404
    result = job.result or {}
    if job.state in OPEN or sent.good is None or not result.get("rows"):
        messages.error(request, "还没有合格的行可收。先改正列名对应或文件。")
        return redirect("received", key=here.dossier.key, token=token)
    found = read_from(request, here)
    way, rows = _asked(request, sent)
    there = result.get("there", {})
    now = next((each.path for each in found.dossier.tables if each.name == declaration.name), "")
    if way is Way.APPEND and digest_of(found.files.get(now, b"")) != there.get("digest"):
        ask_for(here, sent)
        messages.error(request, "现有的表在读来件之后改过，重复的行重新数过了，没有收。请核对后再收。")
        return redirect("received", key=here.dossier.key, token=token)
    if rows is None:
        messages.error(request, "现有的表有读不了的行，不能接在后面。先改正它，或选择替换。")
        return redirect("received", key=here.dossier.key, token=token)
    edits = receiving.edits(sent, found.dossier, rows)
    left = f"，另有 {result['refused']} 行有误没有收" if result.get("refused") else ""
    why = f"收下数据表“{declaration.name}”：{result['rows']} 行{left}，{way.value}（{sent.file.name}）"
    clash = save(request, here, edits, why)
    if clash is not None:
        return clash
    sent.forget()
    messages.success(request, f"“{declaration.name}”已收 {result['rows']} 行{left}。")
    return redirect("table", key=here.dossier.key, table=declaration.name)


def _asked(request: HttpRequest, sent: Received) -> tuple[Way, bytes | None]:
    """How the rows are to be taken, and the table that this gives; None where the rows that are there cannot be read."""
    way = next((each for each in Way if each.value == request.POST.get("way")), Way.REPLACE)
    if way is Way.REPLACE:
        return way, sent.good
    twice = next((each for each in Twice if each.value == request.POST.get("twice")), Twice.NEW)
    return way, sent.joined(twice) if sent.meeting() is not None else None


@member(Action.EDIT, changing=Action.EDIT)
def know_rows(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """The columns by which rows are known; what meets is then counted again."""
    sent = _sent(here, token)
    chosen = request.POST.getlist("by")
    if request.method != "POST" or sent.declaration is None:
        raise Http404
    if {column.name for column in sent.declaration.columns} & set(chosen):
        sent.know_by(chosen)
        ask_for(here, sent)
    else:
        messages.error(request, "至少选一列，才认得出重复的行。没有改动。")
    return redirect("received", key=here.dossier.key, token=token)


@member(Action.EDIT, changing=Action.EDIT)
def forget(request: HttpRequest, here: Here, token: str) -> HttpResponseBase:
    """Throw away what was sent."""
    sent = _sent(here, token)
    if request.method != "POST":
        raise Http404
    sent.forget()
    messages.success(request, "来件已删去，档案没有改动。")
    return redirect("data", key=here.dossier.key)


@member(Action.EDIT)
def marked(request: HttpRequest, here: Here, token: str) -> HttpResponse:  # noqa: ARG001  a view's signature
    """The file as it was sent, with its faulty cells marked."""
    sent = _sent(here, token)
    content = sent.marked
    if content is None:
        raise Http404
    return attachment(content, f"{sent.file.stem}-标注.xlsx", FILES["xlsx"])
