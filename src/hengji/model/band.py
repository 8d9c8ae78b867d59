"""Operands, bands, grades and tiers: the parts that rubrics are made of."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from hengji.model.record import record

Operand = str


class Edge(Enum):
    """端点: whether a boundary value belongs to the band."""

    INCLUDED = "含"
    EXCLUDED = "不含"


@record
class Band:
    """档: values between ``low`` and ``high`` (None: open-ended) give ``points`` (or take them, in 分档扣分)."""

    points: Decimal
    low: Operand | None = None
    high: Operand | None = None
    low_edge: Edge = Edge.INCLUDED
    high_edge: Edge = Edge.EXCLUDED


@record
class GradePoints:
    """等次: a named level and its points."""

    name: str
    points: Decimal


@record
class QualitativeTier:
    """定性档: a tier of qualitative completion with the coefficients it allows, from ``low`` to ``high``."""

    name: str
    low: Decimal
    high: Decimal
    high_edge: Edge = Edge.EXCLUDED
