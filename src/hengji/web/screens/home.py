"""The home of a dossier: where the work stands, what it gives, where the money got stuck, what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Severity
from hengji.model.score import ScoreSheet
from hengji.web.access import Here, member
from hengji.web.drawing import dial, sankey
from hengji.web.flows import flows
from hengji.web.heads import day
from hengji.web.places import next_steps
from hengji.web.projections import projected
from hengji.web.roles import Action
from hengji.web.screens.report import project as checks

_SHOWN = 6


@member(Action.READ)
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """The home."""
    data = projected(here.dossier, "home", project)
    context = {"here": here, "data": data, "today": timezone.localdate(), "stages": _stages(data), "screen": "home"}
    context |= {"steps": lambda: _steps(here)}
    return render(request, "web/home.html", context)


def _steps(here: Here) -> list[dict[str, Any]]:
    """What stands between the dossier and its report; asked for by the page only when it is not kept."""
    panel = projected(here.dossier, "checks", checks).get("groups", {})
    return next_steps((each for found in panel.values() for each in found), here, _SHOWN)


def project(evaluation: Evaluation) -> dict[str, Any]:
    """All that the home shows of an evaluation."""
    head = evaluation.dossier.head
    findings = evaluation.findings
    return {
        "name": head.name,
        "kind": head.kind.value,
        "department": head.department,
        "evaluator": head.evaluator,
        "stages": [
            {"name": each.name, "start": each.start, "end": each.end, "work": each.work} for each in head.stages
        ],
        "score": _score(evaluation.sheet),
        "dial": dial(evaluation.sheet),
        "sankey": sankey(flows(evaluation)),
        "counts": {severity.value: sum(f.severity is severity for f in findings) for severity in Severity},
        "problems": len(evaluation.dossier.problem_book.problems),
    }


def _score(sheet: ScoreSheet) -> dict[str, Any]:
    literal = None if sheet.literal_total is None else f"{sheet.literal_total:f}"
    return {
        "total": f"{sheet.total:f}",
        "grade": sheet.grade,
        "literal": literal,
        "literal_grade": sheet.literal_grade,
        "level1": [
            {
                "name": each.indicator.name,
                "weight": f"{each.weight:f}",
                "awarded": f"{each.awarded:f}",
                "rate": f"{each.awarded / each.weight * 100:.1f}" if each.weight else "",
            }
            for each in sheet.scores
        ],
    }


def _stages(data: Any) -> list[dict[str, Any]]:
    """The steps of the plan with how each stands today."""
    today = timezone.localdate()
    steps = []
    for each in data.get("stages", []):
        start, end = day(each["start"]), day(each["end"])
        state = ""
        if start:
            state = "done" if (end or start) < today else "now" if start <= today else "later"
        steps.append(each | {"state": state, "left": (end - today).days if end and state == "now" else None})
    return steps
