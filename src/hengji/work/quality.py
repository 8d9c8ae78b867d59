"""What the findings of a review cost on a quality sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from hengji.model.finding import Finding, Severity
from hengji.model.quality import QualityItem, QualityMark, QualitySheet

_ORDER = list(Severity)


def marks(sheet: QualitySheet, findings: Iterable[Finding]) -> tuple[QualityMark, ...]:
    """Each item with what fell to it; no item loses more than its points."""
    counts = Counter(item for finding in findings if (item := _item(sheet, finding)) is not None)
    return tuple(QualityMark(item, counts[item], min(item.points, item.each * counts[item])) for item in sheet.items)


def _item(sheet: QualitySheet, finding: Finding) -> QualityItem | None:
    """The first item that names the finding's code, unless the finding is too slight for it."""
    named = next((item for item in sheet.items if finding.code.startswith(item.codes)), None)
    return named if named is not None and _ORDER.index(finding.severity) <= _ORDER.index(named.least) else None


def lost(marked: Iterable[QualityMark]) -> Decimal:
    """The points lost over all items."""
    return sum((mark.lost for mark in marked), Decimal(0))
