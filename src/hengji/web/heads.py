"""What a list says of a dossier."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Severity
from hengji.model.programme import Stage
from hengji.storage.text import HEAD, parse
from hengji.web.store import blob, manifest_of

UNREADABLE = "（档案读不出来）"
_NAME, _GRADE = 200, 10
"""How many characters the columns hold."""


def listing(evaluation: Evaluation | None, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The projected columns of a dossier."""
    counts = Counter(finding.severity for finding in findings)
    counted = {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
    if evaluation is None:
        return counted | {"name": UNREADABLE, "score": None, "grade": ""}
    head, sheet = evaluation.dossier.head, evaluation.sheet
    return counted | {
        "name": head.name[:_NAME],
        "kind": head.kind.value,
        "year": head.year,
        "score": sheet.total,
        "grade": sheet.grade[:_GRADE],
        "deadline": last_day(head.stages),
    }


def stage_today(digest: str) -> str:
    """The step of a revision's plan in which today falls: it goes by while nobody changes the dossier."""
    return stage_on(_plan(digest), timezone.localdate())


@lru_cache(maxsize=512)
def _plan(digest: str) -> tuple[Stage, ...]:
    """The steps of the plan, out of the one file that has them; none where it cannot be read."""
    content = blob(manifest_of(digest).get(HEAD, ""))
    read = parse({HEAD: content}).dossier if content is not None else None
    return () if read is None else read.head.stages


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
