"""Where in the workbench that is mended which stands somewhere in the files of a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from django.urls import reverse

from hengji.funds.goal_form import FILE as GOALS
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.scoring.framework import FILE as INDICATORS
from hengji.storage.text import HEAD, LEDGER, paper_path
from hengji.web import models
from hengji.web.access import Here
from hengji.web.basics import anchor
from hengji.web.problems import FILE as PROBLEMS
from hengji.web.problems import names
from hengji.web.roles import Action
from hengji.web.store import blob, manifest_of

TITLES = MappingProxyType(
    {
        "basics": "基本情况",
        "indicators": "指标体系",
        "standard": "评分标准",
        "paper": "工作底稿",
        "problem": "问题与整改",
        "findings": "问题与整改",
        "table": "数据",
        "data": "数据",
        "funds": "资金",
        "survey": "问卷",
    }
)
"""What the screens are called to which findings lead, by the names of their addresses, in the order of the work."""
_FILES: tuple[tuple[str, str], ...] = (
    ("chapters/", "报告正文"),
    ("evidence.yaml", "佐证清单"),
    ("figures.yaml", "自定义的数值"),
    ("deadlines.yaml", "时限"),
    ("published.yaml", "已公布数值"),
    ("policies/", "政策"),
    ("surveys/", "问卷答卷"),
    ("papers/", "工作底稿"),
)
"""What stands in the files that are edited as they are, by how their names begin."""
_GOALS = "绩效目标申报表"


def screen_of(place: Place, dossier: Dossier) -> tuple[str, ...]:
    """The screen on which a place is edited, and which thing on it; empty where only the file itself can be."""
    leaves = names(dossier.framework.indicators)
    papers = {paper_path(leaf): leaf for leaf in leaves}
    surveys = {f"surveys/{survey.id}.yaml": survey.id for survey in dossier.surveys}
    tables = {table.path: table.name for table in reversed(dossier.tables)}
    match place.file:
        case file if file in (HEAD, GOALS):
            return ("basics",)
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
        case file if file in tables:
            return ("table", tables[file])
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


def led(finding: dict[str, Any], here: Here) -> dict[str, Any]:
    """The same with its addresses, for those who may see either: of the screen, at the field where that is known, and of the file."""
    if not here.may(Action.READ_PERSONS):
        return finding | {"screen": ""}
    screen, file, line = finding["screen"], finding["file"], finding["line"]
    title = TITLES[screen[0]] if screen else ""
    listed = file in manifest_of(here.dossier.head)
    there = {"address": address(here.dossier, file, line)} if listed else {}
    return finding | {"screen": _mending(screen, file, line, here) if screen else "", "title": title} | there


def _mending(screen: Sequence[str], file: str, line: int, here: Here) -> str:
    """The address of a screen at the row or the field that a line of a file is; empty where the line is not on the screen."""
    key = here.dossier.key
    there = reverse(screen[0], args=[key, *screen[1:]])
    if screen[0] == "funds" and line > 1 and here.may(Action.EDIT):
        return f"{reverse('funds_edit', args=[key])}?line={line}#r{line}"
    if screen[0] != "basics" or not line:
        return there
    field = anchor(blob(manifest_of(here.dossier.head).get(file, "")) or b"", file, line)
    return f"{there}#{field}" if field else ""


def next_steps(findings: Iterable[dict[str, Any]], here: Here, most: int) -> list[dict[str, Any]]:
    """What to do first: the gravest findings, those of one severity in the order of the work; each leads to where it is done."""
    ranks = [severity.value for severity in Severity]
    ranked = sorted(findings, key=lambda each: (ranks.index(each["severity"]), _rank(each["screen"])))
    return [_step(each, led(each, here)) for each in ranked[:most]]


def _rank(screen: Sequence[str]) -> int:
    order = tuple(TITLES)
    return order.index(screen[0]) if screen else len(order)


def _step(finding: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """In the words of the screen, and not of the files: what it is about, and the address of the one place to go to."""
    screen = finding["screen"]
    in_file = next((title for start, title in _FILES if finding["file"].startswith(start)), finding["place"])
    title = TITLES[screen[0]] if screen else in_file
    about = screen[1] if len(screen) > 1 else _GOALS if finding["file"] == GOALS else ""
    there = found["screen"] or found.get("address", "")
    return found | {"title": title, "about": about, "there": there}


def address(dossier: models.Dossier, file: str, line: int = 0) -> str:
    """The address of a file's text, at a line."""
    return reverse("source", args=[dossier.key, file]) + (f"#L{line}" if line else "")
