"""Reports with numbers that nobody meant: they are reviewed like any other."""

import re
from pathlib import Path

import pytest
from tests.checks.test_pages import reviewed

_REPORT = re.compile(r"```报告\.(?:md|txt)\n(.*?)```", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.mark.parametrize("number", ["0", "100", "99999999999"])
def test_a_report_is_reviewed_whatever_its_numbers_are(number: str) -> None:
    """All reports of the pages as one, each number in them the same: nothing divides by it, or looks for what is not there."""
    pages = sorted(Path(__file__).parent.glob("*.md"))
    reports = [report for page in pages for report in _REPORT.findall(page.read_text(encoding="utf-8"))]
    strange = _NUMBER.sub(number, "\n\n".join(reports))
    assert reviewed({"报告.txt": strange.encode()})
