"""What a list says of a dossier."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Severity
from hengji.model.programme import Stage

UNREADABLE = "（档案读不出来）"
_NAME, _STAGE, _GRADE = 200, 20, 10
"""How many characters the columns hold."""


def listing(evaluation: Evaluation | None, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The projected columns of a dossier."""
    counts = Counter(finding.severity for finding in findings)
    counted = {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
    if evaluation is None:
        return counted | {"name": UNREADABLE, "stage": "", "score": None, "grade": ""}
    head, sheet = evaluation.dossier.head, evaluation.sheet
    return counted | {
        "name": head.name[:_NAME],
        "kind": head.kind.value,
        "year": head.year,
        "stage": stage_on(head.stages, timezone.localdate())[:_STAGE],
        "score": sheet.total,
        "grade": sheet.grade[:_GRADE],
        "deadline": last_day(head.stages),
    }


def day(text: str) -> date | None:
    """A date as a plan writes it; None for other words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def stage_on(stages: tuple[Stage, ...], today: date) -> str:
    """The step of the plan in which a day falls; after the last one the work is finished."""
    dated = [(start, day(stage.end) or start, stage.name) for stage in stages if (start := day(stage.start))]
    for start, end, name in dated:
        if start <= today <= end:
            return name
    if not dated:
        return ""
    return "已完成" if today > max(end for _, end, _ in dated) else "未开始" if today < dated[0][0] else "间隔"


def last_day(stages: tuple[Stage, ...]) -> date | None:
    """The last day of the plan."""
    return max((end for stage in stages if (end := day(stage.end))), default=None)
