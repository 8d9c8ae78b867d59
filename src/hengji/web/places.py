"""Where in the workbench that is mended which stands somewhere in the files of a dossier."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from django.urls import reverse

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place
from hengji.scoring.framework import FILE as INDICATORS
from hengji.storage.text import LEDGER, paper_path
from hengji.web import models
from hengji.web.problems import FILE as PROBLEMS
from hengji.web.problems import names

TITLES = MappingProxyType(
    {
        "paper": "底稿",
        "standard": "评分标准",
        "indicators": "指标体系",
        "problem": "问题",
        "findings": "问题与整改",
        "survey": "问卷",
        "funds": "资金",
        "data": "数据",
    }
)
"""What the screens are called to which findings lead, by the names of their addresses."""


def screen_of(place: Place, dossier: Dossier) -> tuple[str, ...]:
    """The screen on which a place is edited, and which thing on it; empty where only the file itself can be."""
    leaves = names(dossier.framework.indicators)
    papers = {paper_path(leaf): leaf for leaf in leaves}
    surveys = {f"surveys/{survey.id}.yaml": survey.id for survey in dossier.surveys}
    match place.file:
        case file if file in papers:
            return ("paper", papers[file])
        case file if file in surveys:
            return ("survey", surveys[file])
        case file if file == INDICATORS:
            return ("standard", place.item) if place.item in leaves else ("indicators",)
        case file if file == PROBLEMS:
            known = {problem.id for problem in dossier.problem_book.problems}
            return ("problem", place.item) if place.item in known else ("findings",)
        case file if file == LEDGER:
            return ("funds",)
        case file if file.startswith("data/"):
            return ("data",)
        case _:
            return ()


def told(finding: Finding, dossier: Dossier) -> dict[str, Any]:
    """A finding for a list, with the place at which it is mended."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "file": finding.place.file,
        "line": finding.place.line or 0,
        "screen": screen_of(finding.place, dossier),
        "found": finding.found,
        "expected": finding.expected,
        "do": finding.remedy,
        "computation": finding.computation,
    }


def led(finding: dict[str, Any], dossier: models.Dossier, *, listed: bool) -> dict[str, Any]:
    """The same with its addresses: of the screen, and of the file where the dossier has it (``listed``)."""
    screen = finding["screen"]
    where = (
        {"screen": reverse(screen[0], args=[dossier.key, *screen[1:]]), "title": TITLES[screen[0]]} if screen else {}
    )
    if listed:
        where["address"] = address(dossier, finding["file"], finding["line"])
    return finding | {"screen": ""} | where


def address(dossier: models.Dossier, file: str, line: int = 0) -> str:
    """The address of a file's text, at a line."""
    return reverse("source", args=[dossier.key, file]) + (f"#L{line}" if line else "")
