"""Long reports of other fields and styles that hold, as converters leave them: nothing in them is called wrong."""

from pathlib import Path

import pytest
from tests.checks.test_pages import reviewed, said

from hengji.model.finding import Severity

REPORTS = sorted((Path(__file__).parent / "whole").glob("*.*"))
FACTS = ("a", "n", "d", "w", "t", "p", "f")
"""Families of checks that find contradictions; the others may find a standard without a scale or a part left out."""


@pytest.mark.parametrize("report", REPORTS, ids=[report.stem for report in REPORTS])
def test_nothing_is_called_wrong(report: Path) -> None:
    findings = reviewed({report.name: report.read_bytes()})
    assert [said(finding) for finding in findings if finding.severity is Severity.ERROR] == []
    likely = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert [said(finding) for finding in likely if finding.code.startswith(FACTS)] == []
