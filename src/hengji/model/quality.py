"""How a finance bureau marks the reports that others write: a sheet of items, each with points to lose."""

from __future__ import annotations

from decimal import Decimal

from hengji.model.finding import Severity
from hengji.model.record import record


@record
class QualityItem:
    """质量考核项: ``each`` finding whose code begins with one of ``codes`` costs so many points, down to none of ``points``.

    Findings slighter than ``least`` cost nothing.
    """

    name: str
    points: Decimal
    each: Decimal
    codes: tuple[str, ...]
    least: Severity = Severity.WARNING


@record
class QualitySheet:
    """质量考核表: a finding counts for the first item that names its code; what no program can judge stands in ``beyond``."""

    id: str
    title: str
    source: str
    items: tuple[QualityItem, ...]
    beyond: str = ""


@record
class QualityMark:
    """质量考核扣分: how many findings fell to an item, and the points that they cost."""

    item: QualityItem
    count: int
    lost: Decimal
