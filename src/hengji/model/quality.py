"""How a finance bureau marks the reports that others write: a sheet of items, each with points to lose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hengji.model.finding import Severity


@dataclass(frozen=True, slots=True)
class QualityItem:
    """质量考核项: ``each`` finding whose code begins with one of ``codes`` costs so many points, down to none of ``points``.

    Findings slighter than ``least`` cost nothing.
    """

    name: str
    points: Decimal
    each: Decimal
    codes: tuple[str, ...]
    least: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class QualitySheet:
    """质量考核表: a finding counts for the first item that names its code; what no program can judge stands in ``beyond``."""

    id: str
    title: str
    source: str
    items: tuple[QualityItem, ...]
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class QualityMark:
    """质量考核扣分: how many findings fell to an item, and the points that they cost."""

    item: QualityItem
    count: int
    lost: Decimal
