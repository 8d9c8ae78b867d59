"""What findings cost on a quality sheet."""

from decimal import Decimal

from hengji.model.finding import Finding, Place, Severity
from hengji.model.quality import QualityItem, QualitySheet
from hengji.storage.packs import quality_sheets
from hengji.work.quality import lost, marks

SHEET = QualitySheet(
    "试",
    "试",
    "试",
    (
        QualityItem("签章", Decimal(2), Decimal("0.4"), ("o85",)),
        QualityItem("提纲", Decimal(2), Decimal(1), ("o8", "w9"), Severity.NOTE),
    ),
)


def finding(code: str, severity: Severity) -> Finding:
    return Finding(code, severity, Place("报告.docx"), "试")


def test_a_finding_costs_under_the_first_item_that_names_its_code() -> None:
    found = marks(SHEET, [finding("o850", Severity.ERROR), finding("o860", Severity.WARNING)])
    assert [(mark.count, mark.lost) for mark in found] == [(1, Decimal("0.4")), (1, Decimal(1))]
    assert lost(found) == Decimal("1.4")


def test_no_item_loses_more_than_its_points() -> None:
    found = marks(SHEET, [finding("w950", Severity.NOTE)] * 5)
    assert [(mark.count, mark.lost) for mark in found] == [(0, Decimal(0)), (5, Decimal(2))]


def test_what_is_too_slight_for_its_item_costs_nothing_anywhere() -> None:
    assert lost(marks(SHEET, [finding("o850", Severity.NOTE)])) == 0


def test_the_sheets_of_the_packs_are_read_without_fault() -> None:
    known, faults = quality_sheets()
    assert faults == ()
    assert sum(item.points for item in known["通用"].items) == 40
