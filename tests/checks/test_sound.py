"""Reports of several fields that hold: no check may find fault with their names, dates, wording and logic."""

from pathlib import Path

import pytest
from tests.checks.test_pages import reviewed, said

REPORTS = sorted((Path(__file__).parent / "sound").glob("*.txt"))
FAMILIES = ("n", "d", "w", "f")


@pytest.mark.parametrize("report", REPORTS, ids=[report.stem for report in REPORTS])
def test_a_report_that_holds(report: Path) -> None:
    findings = reviewed({report.name: report.read_bytes()})
    assert [said(finding) for finding in findings if finding.code.startswith(FAMILIES)] == []
