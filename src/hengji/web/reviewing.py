"""The review of a report that somebody else wrote, as a job: everything found, and the files to hand back without what was dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from hengji.checks.registry import titles
from hengji.model.finding import Finding, Severity
from hengji.model.profile import Profile
from hengji.model.quality import QualitySheet
from hengji.model.review import Review
from hengji.reports.annotate import page
from hengji.reports.annotate.league import HEADS
from hengji.reports.annotate.words import group_of, points, scores, where
from hengji.storage.packs import profiles, quality_sheets
from hengji.web.jobs import Progress
from hengji.web.keeping import keep
from hengji.web.models import Job, Ruling, Submission
from hengji.web.store import blob
from hengji.work.hand_back import Marked, files_of, quality_named
from hengji.work.quality import marks
from hengji.work.review import profile_named, review_bytes

_STEPS = 4
PLACE = HEADS.index("名次")


class GoneError(Exception):
    """A report or a pack that the review needs is not there any more."""


def review(job: Job, progress: Progress) -> dict[str, Any]:
    """Review a submission; what its rulings dismiss stays in the list and out of the files, the marks and the league table."""
    submission = Submission.objects.get(key=job.arguments["key"])
    content, profile, quality = _needed(submission)
    progress("阅读和核对", 0, _STEPS)
    found = review_bytes(submission.name, content, profile)
    progress("标注", 1, _STEPS)
    names = titles()
    rulings = {each.finding: each for each in submission.rulings.all()}
    sheets = page.sheets(found, names)
    progress("写出交回的文件", 2, _STEPS)
    marked = _ruled(found, quality, rulings)
    files = files_of(marked, content, PurePath(submission.name).stem)
    progress("保存", 3, _STEPS)
    return {
        "pages": [keep(each.content) for each in sheets],
        "on": {str(number): at for at, each in enumerate(sheets, 1) for number in each.findings},
        "files": {name: keep(written) for name, written in files.items()},
        "findings": [_told(each, names) for each in found.findings],
        "facts": _facts(marked),
        "quality": _quality(marked),
        "league": list(marked.standing.cells(PLACE, submission.name)[1:]),
        "lost": None if marked.standing.lost is None else f"{marked.standing.lost:f}",
        "errors": sum(each.severity is Severity.ERROR for each in marked.review.findings),
        "rulings": ruled(rulings.values()),
    }


def _needed(submission: Submission) -> tuple[bytes, Profile, QualitySheet]:
    content = blob(submission.content)
    (profile, _), (quality, _) = profile_named(submission.profile), quality_named(submission.quality)
    if content is None or profile is None or quality is None:
        raise GoneError(submission.key)
    return content, profile, quality


def _ruled(found: Review, quality: QualitySheet, rulings: Mapping[str, Ruling]) -> Marked:
    """The review as it is handed back: dismissed findings left out, what the reviewer remarked added."""
    left = []
    for finding in found.findings:
        ruling = rulings.get(fingerprint(finding))
        if ruling is None:
            left.append(finding)
        elif ruling.adopted:
            remark = f"（审核人：{ruling.reason}）" if ruling.reason else ""
            left.append(replace(finding, remedy=f"{finding.remedy}{remark}"))
    return Marked(replace(found, findings=tuple(left)), quality, marks(quality, left))


def fingerprint(finding: Finding) -> str:
    """What makes a finding the same when the report is reviewed again."""
    quotes = [[each.text, each.start] for each in finding.quotes]
    said = [finding.code, finding.found, finding.expected, str(finding.place), quotes]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def ruled(rulings: Iterable[Ruling]) -> str:
    """A mark of all rulings together, by which one sees whether files are older than they."""
    said = sorted([each.finding, each.adopted, each.reason] for each in rulings)
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _told(finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
    quote, *others = [each.text for each in finding.quotes] or [""]
    return {
        "id": fingerprint(finding),
        "code": finding.code,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "group": group_of(finding),
        "name": names.get(finding.code, ""),
        "where": where(finding),
        "quote": quote,
        "others": others,
        "found": finding.found,
        "expected": finding.expected,
        "computation": finding.computation,
        "do": finding.remedy,
    }


def _facts(marked: Marked) -> list[tuple[str, str]]:
    counts = marked.review.statements
    if marked.review.reading is None:
        return []
    return [
        ("核对的数量陈述", f"{counts.checked} 处"),
        ("成立", f"{counts.held} 处"),
        ("不成立", f"{counts.contradicted} 处"),
        ("没有读懂", f"{counts.unread} 处"),
        *scores(marked.review),
    ]


def _quality(marked: Marked) -> dict[str, Any]:
    rows = [
        [each.item.name, points(each.item.points), points(each.item.each), str(each.count), points(each.lost)]
        for each in marked.marks
    ]
    return {"title": marked.quality.title, "source": marked.quality.source, "rows": rows}


def choices() -> dict[str, list[str]]:
    """The profiles and the quality sheets that one may choose from."""
    return {"profile": list(profiles()[0]), "quality": list(quality_sheets()[0])}
