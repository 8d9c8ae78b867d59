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
from hengji.web.projections import projected
from hengji.web.roles import Action

_SHOWN = 6


@member(Action.READ)
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """The home."""
    data = projected(here.dossier, "home", project)
    context = {"here": here, "data": data, "today": timezone.localdate(), "stages": _stages(data), "screen": "home"}
    return render(request, "web/home.html", context)


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
        "next": _next(evaluation),
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


def _next(evaluation: Evaluation) -> list[dict[str, str]]:
    """The gravest findings: what stands between the dossier and its report."""
    order = list(Severity)
    ranked = sorted(evaluation.findings, key=lambda finding: order.index(finding.severity))
    return [
        {
            "severity": each.severity.value,
            "code": each.code,
            "place": str(each.place),
            "found": each.found,
            "do": each.remedy,
        }
        for each in ranked[:_SHOWN]
    ]


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
