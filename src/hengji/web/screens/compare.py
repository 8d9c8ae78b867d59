"""Compare: the same indicator, figure and unit cost across the dossiers that one may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hengji.storage.revisions import digest_of
from hengji.web.access import person, person_of
from hengji.web.comparing import NAME, Asked, Compared, compared, project, shared
from hengji.web.events import record
from hengji.web.heads import UNREADABLE
from hengji.web.jobs import ask
from hengji.web.jobs_states import OPEN
from hengji.web.models import Dossier, Job, Member, Person
from hengji.web.projections import held, projected
from hengji.web.roles import Action, Role, may
from hengji.web.tables import handed_out

_AT_ONCE = 2
"""So many dossiers are worked out while the page waits; more of them become a job."""
_USUAL_FIGURE = "资金.拨付"
_LONGEST = 80
_HEADS = (
    "档案",
    "类型",
    "年度",
    "得分（分）",
    "等级",
    "指标得分（分）",
    "指标分值（分）",
    "指标得分率（%）",
    "数值",
    "单位成本",
    "单位",
)
_WIDTHS = (24, 6, 6, 8, 6, 8, 8, 8, 12, 10, 8)
_SORTS: Mapping[str, Callable[[Compared], Any]] = {
    "name": lambda row: row.dossier.name,
    "year": lambda row: row.dossier.year,
    "score": lambda row: row.dossier.score,
    "rate": lambda row: row.rate,
    "value": lambda row: row.value,
    "cost": lambda row: row.cost,
}


@person
def compare(request: HttpRequest) -> HttpResponse:
    """The table; what is not worked out yet is, by a job where it takes long."""
    found = _found(request)
    wanted = request.GET.get("sort", "-score")
    context = found | {
        "sorts": {name: f"-{name}" if wanted == name else name for name in _SORTS},
        "wanted": wanted,
        "query": "&".join(part for part in request.GET.urlencode().split("&") if part and not part.startswith("sort=")),
    }
    return render(request, "web/compare.html", context)


@person
def compare_table(request: HttpRequest, suffix: str) -> HttpResponse:
    """The same table as a file."""
    rows = [_written(each["row"]) for each in _found(request)["rows"]]
    file = handed_out("绩效比较", _HEADS, rows, _WIDTHS, suffix)
    if file is None:
        raise Http404
    record(request, "导出比较表", f"{len(rows)} 份")
    return file


def _written(row: Compared) -> tuple[str, ...]:
    dossier = row.dossier
    numbers = ("" if each is None else f"{each:f}" for each in (row.awarded, row.weight, row.rate))
    score = "" if dossier.score is None else f"{dossier.score:f}"
    cost = "" if row.cost is None else f"{row.cost:f}"
    year = str(dossier.year or "")
    return (dossier.name, dossier.kind, year, score, dossier.grade, *numbers, row.shown, cost, row.unit)


def _found(request: HttpRequest) -> dict[str, Any]:
    someone = person_of(request)
    roles = {each.dossier_id: Role(each.role) for each in Member.objects.filter(person=someone)}
    dossiers = list(Dossier.objects.filter(pk__in=roles).order_by("name", "pk"))
    data, job = _worked_out(dossiers, someone)
    choices = shared(data.values())
    asked = _asked(request, choices)
    rows = _sorted(request, [compared(each, data[each.head], asked) for each in dossiers if each.head in data])
    return {
        "rows": [{"row": each} | _links(each, asked, roles[each.dossier.pk]) for each in rows],
        "asked": asked,
        "choices": choices,
        "job": job,
        "missing": len(dossiers) - len(rows),
    }


def _worked_out(dossiers: list[Dossier], someone: Person) -> tuple[dict[str, Mapping[str, Any]], Job | None]:
    data = held([each.head for each in dossiers], NAME)
    missing = [each for each in dossiers if each.head not in data and each.name != UNREADABLE]
    if len(missing) <= _AT_ONCE:
        made = ((each.head, projected(each, NAME, project)) for each in missing)
        return data | {head: each for head, each in made if each}, None
    return data, _job(someone, digest_of("".join(sorted(each.head for each in missing)).encode()))


def _job(someone: Person, missing: str) -> Job | None:
    """The job that works them out, asked for once: what it could not work out it could not the next time either."""
    going = Job.objects.filter(kind=NAME, person=someone, state__in=OPEN).first()
    if going is not None:
        return going
    if Job.objects.filter(kind=NAME, person=someone, arguments__missing=missing).exists():
        return None
    return ask(NAME, someone, None, missing=missing)


def _asked(request: HttpRequest, choices: Mapping[str, list[tuple[str, str]]]) -> Asked:
    """What the address asks for; at first the indicator that most dossiers have, and the money that arrived."""
    given = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in ("indicator", "figure", "per")}
    if "indicator" not in request.GET and choices["indicators"]:
        given["indicator"] = choices["indicators"][0][0]
    if "figure" not in request.GET:
        given["figure"] = _USUAL_FIGURE
    return Asked(**given)


def _sorted(request: HttpRequest, rows: list[Compared]) -> list[Compared]:
    """By the column that was asked for; what has nothing there comes last either way."""
    wanted = request.GET.get("sort", "-score")
    by = _SORTS.get(wanted.lstrip("-"), _SORTS["score"])
    there = sorted((row for row in rows if by(row) is not None), key=by, reverse=wanted.startswith("-"))
    return there + [row for row in rows if by(row) is None]


def _links(row: Compared, asked: Asked, role: Role) -> dict[str, str]:
    key = row.dossier.key
    leaf = reverse("judge", args=[key, row.leaf]) if row.leaf else ""
    traced = bool(row.shown) and may(role, Action.READ_PERSONS)
    return {"leaf": leaf, "trace": reverse("trace", args=[key, asked.figure]) if traced else ""}
