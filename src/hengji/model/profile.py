"""What differs by place and kind of evaluation: data with a source, never code."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from hengji.model.ledger import FundStage
from hengji.model.record import record


class RollUp(Enum):
    """得分汇总口径: where scores are rounded, or cut, on the way up."""

    ROUND_EACH = "逐项舍入"
    ROUND_TOTAL = "合计舍入"
    TRUNCATE = "逐项截尾"


@record
class GradeBand:
    """评价等级: the grade from ``low`` points up."""

    name: str
    low: Decimal


@record
class ChapterPlan:
    """提纲条目: ``id`` names the function that composes it or the file under chapters/ that holds it."""

    id: str
    title: str
    level: int = 1


@record
class ExecutionBase:
    """预算执行率口径: which stage is divided by which, and who says so."""

    numerator: FundStage
    denominator: FundStage
    source: str


@record
class Threshold:
    """阈值: a local parameter with its source."""

    name: str
    value: Decimal
    source: str


@record
class Layout:
    """版式: millimetres, points and font names; the default is GB/T 9704-2012."""

    id: str
    top: Decimal = Decimal(37)
    bottom: Decimal = Decimal(35)
    left: Decimal = Decimal(28)
    right: Decimal = Decimal(26)
    line_pitch: Decimal = Decimal("28.95")
    lines_per_page: int = 22
    characters_per_line: int = 28
    body_size: Decimal = Decimal(16)
    title_size: Decimal = Decimal(22)
    table_size: Decimal = Decimal("10.5")
    title_font: str = "方正小标宋简体"
    body_font: str = "仿宋_GB2312"
    heading1_font: str = "黑体"
    heading2_font: str = "楷体_GB2312"
    table_font: str = "宋体"
    latin_font: str = "Times New Roman"


@record
class Profile:
    """评价规范: ``extends`` names the more general profile whose values hold where this one is silent."""

    id: str
    title: str
    source: str
    extends: str = ""
    bands: tuple[GradeBand, ...] = ()
    roll_up: RollUp | None = None
    execution: ExecutionBase | None = None
    outline: tuple[ChapterPlan, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    silenced: tuple[str, ...] = ()
    layout: Layout | None = None

    def threshold(self, name: str) -> Threshold:
        """The threshold of that name; KeyError when no profile of the chain has it, which is a defect of the packs."""
        found = {threshold.name: threshold for threshold in self.thresholds}
        return found[name]
