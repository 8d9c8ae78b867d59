"""Where in the workbench that is mended which stands somewhere in the files of a dossier."""

from __future__ import annotations

from django.urls import reverse

from hengji.model.finding import Finding
from hengji.web.models import Dossier
from hengji.web.navigation import SCREENS

_SCREENS = (
    ("findings.yaml", "findings"),
    ("indicators.yaml", "indicators"),
    ("papers/", "scoring"),
    ("data/tables.yaml", "data"),
    ("funds.csv", "funds"),
    ("surveys/", "surveys"),
)
"""The screens of files, by the beginning of their paths."""


def screen_of(place: str) -> str:
    """The screen on which a file is edited; empty where only the file itself can be."""
    return next((name for start, name in _SCREENS if place.startswith(start) and name in dict(SCREENS)), "")


def told(finding: Finding) -> dict[str, str | int]:
    """A finding for a list, with the place at which it is mended."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "file": finding.place.file,
        "line": finding.place.line or 0,
        "found": finding.found,
        "expected": finding.expected,
        "do": finding.remedy,
        "computation": finding.computation,
    }


def address(dossier: Dossier, file: str, line: int = 0) -> str:
    """The address of a file's text, at a line."""
    return reverse("source", args=[dossier.key, file]) + (f"#L{line}" if line else "")
