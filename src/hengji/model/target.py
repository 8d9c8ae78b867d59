"""The goal form (绩效目标申报表) as data."""

from __future__ import annotations

from decimal import Decimal

from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record


@record
class TargetIndicator:
    """绩效目标指标: levels 1–4, comparison ``operator`` (≥ ≤ = > < 定性), ``value`` as declared, ``unit``/kind (标准件)."""

    level1: str
    level2: str
    level3: str
    name: str
    operator: str
    value: str
    unit: str
    horizon: str = "年度"


@record
class TierRate:
    """分级标准: what one tier pays for one unit."""

    tier: Tier
    rate: Money


@record
class BudgetLine:
    """测算明细: ``quantity`` × ``unit_rate`` (or the sum of ``tiers``) = ``amount``; ``share`` is the part the budget bears."""

    name: str
    quantity: Decimal
    unit: str
    amount: Money
    unit_rate: Money | None = None
    tiers: tuple[TierRate, ...] = ()
    share: Decimal = Decimal(1)
    basis: str = ""


@record
class FundRow:
    """资金明细: one stage of the declaration by where the money comes from."""

    stage: str
    step: str
    total: Money
    own: Money
    upper: Money


@record
class GoalForm:
    """绩效目标申报表: what a unit declares before the year begins."""

    project: str
    code: str
    unit: str
    year: int
    attribute: str
    category: str
    function_code: str
    goal_long_term: str
    goal_annual: str
    budget: Money
    start: str = ""
    end: str = ""
    office: str = ""
    summary: str = ""
    basis: tuple[str, ...] = ()
    flags: dict[str, str] | None = None
    lines: tuple[BudgetLine, ...] = ()
    funds: tuple[FundRow, ...] = ()
    indicators: tuple[TargetIndicator, ...] = ()
