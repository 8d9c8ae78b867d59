"""Long work: what one asked for and what goes on in one's dossiers, how far it is, and the way to stop it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from hengji.web.access import person, person_of
from hengji.web.events import record
from hengji.web.jobs import cancel
from hengji.web.jobs_states import OPEN
from hengji.web.models import Job, Member, Person
from hengji.web.roles import Action, Role, may
from hengji.web.works import TITLES

_PAGE = 30
_MASTERS = [role.value for role in Role if may(role, Action.EDIT)]


@person
def jobs(request: HttpRequest) -> HttpResponse:
    """All jobs, newest first; ``list`` asks for the list alone, ``count`` for what the bar shows."""
    if request.GET.get("count"):
        return render(request, "web/job_count.html")
    found = visible_to(person_of(request)).select_related("dossier", "person")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = [{"job": job, "open": job.state in OPEN, "title": _title(job), "link": _link(job)} for job in page]
    context = {"page": page, "rows": rows, "busy": any(row["open"] for row in rows)}
    return render(request, "web/job_list.html" if request.GET.get("list") else "web/jobs.html", context)


@person
def cancel_job(request: HttpRequest, number: int) -> HttpResponseBase:
    """Stop one; who reads only may stop only their own."""
    if request.method != "POST":
        return HttpResponse(status=405)
    someone = person_of(request)
    job = Job.objects.filter(pk=number).select_related("dossier").first()
    if job is None or not _seen(job, someone):
        raise Http404
    if not visible_to(someone).filter(pk=number).exists():
        raise PermissionDenied("别人要的作业由主评人和评价人员取消。")
    cancel(job)
    record(request, "取消作业", _title(job))
    messages.success(request, f"已取消：{_title(job)}。已经写好的都在，需要时再要一次。")
    return redirect(_link(job) or "jobs")


def visible_to(someone: Person) -> QuerySet[Job]:
    """Their own, and those of the dossiers that they work on."""
    working = Member.objects.filter(person=someone, role__in=_MASTERS).values("dossier")
    return Job.objects.filter(Q(person=someone) | Q(dossier__in=working))


def _seen(job: Job, someone: Person) -> bool:
    """Whether somebody knows at all that there is such a job."""
    if job.dossier is None:
        return job.person_id == someone.pk
    return Member.objects.filter(dossier=job.dossier, person=someone).exists()


def _title(job: Job) -> str:
    about = job.arguments.get("name") or (job.dossier.name if job.dossier else "")
    title = TITLES[job.kind][0] if job.kind in TITLES else job.kind
    return f"{title}：{about}" if about else title


def _link(job: Job) -> str:
    """Where the result stands."""
    name = TITLES[job.kind][1] if job.kind in TITLES else ""
    key = job.dossier.key if job.dossier else job.arguments.get("key")
    if not name:
        return reverse("home", args=[key]) if job.dossier else ""
    return reverse(name, args=[key] if key else [])
