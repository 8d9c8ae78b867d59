"""Rubrics: the closed set of shapes in which a scoring standard gives points.

Each class is the data of one shape; what it means stands in ``hengji.scoring.rubrics``. ``SHAPE`` is the word that
indicators.yaml uses, ``METHOD`` the number of the method in the field's catalogue. An operand is written as text: a
number or percentage ("36", "95%"), or the id of a figure.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import ClassVar

from hengji.model.band import Band, Edge, GradePoints, Operand, QualitativeTier
from hengji.model.record import record


@record
class Element:
    """要素: one thing that is met or not, and its points."""

    text: str
    points: Decimal


@record
class Checklist:
    """要素得分: the points of each element met."""

    SHAPE: ClassVar[str] = "要素得分"
    METHOD: ClassVar[str] = "M01"
    elements: tuple[Element, ...]


@record
class MissDeductions:
    """要素扣分: ``deduction`` off for each element missed, never below 0."""

    SHAPE: ClassVar[str] = "要素扣分"
    METHOD: ClassVar[str] = "M02"
    elements: tuple[str, ...]
    deduction: Decimal


@record
class AllOrNothing:
    """一票式: all elements met gives the weight, otherwise 0."""

    SHAPE: ClassVar[str] = "一票式"
    METHOD: ClassVar[str] = "M03"
    elements: tuple[str, ...]


@record
class PartialCredit:
    """部分得分: full for all elements, ``partial`` for some, 0 for none."""

    SHAPE: ClassVar[str] = "部分得分"
    METHOD: ClassVar[str] = "M04"
    elements: tuple[str, ...]
    partial: Decimal


@record
class Ratio:
    """比例: weight × actual ÷ target, at most the weight."""

    SHAPE: ClassVar[str] = "比例"
    METHOD: ClassVar[str] = "M05"
    actual: Operand
    target: Operand = "100%"


@record
class ThresholdRatio:
    """门槛比例: the weight from the threshold on, below it weight × rate. ``edge`` None: the standard does not say."""

    SHAPE: ClassVar[str] = "门槛比例"
    METHOD: ClassVar[str] = "M06"
    actual: Operand
    threshold: Operand
    edge: Edge | None = None


@record
class Bands:
    """分档: the points of the band in which the value lies."""

    SHAPE: ClassVar[str] = "分档"
    METHOD: ClassVar[str] = "M07"
    actual: Operand
    bands: tuple[Band, ...]


@record
class BandDeductions:
    """分档扣分: the weight less the deduction of the band."""

    SHAPE: ClassVar[str] = "分档扣分"
    METHOD: ClassVar[str] = "M08"
    actual: Operand
    bands: tuple[Band, ...]


@record
class GradedJudgement:
    """等级评判: the points of the level that the evaluator judges (有效/一般/差, 优秀/良好/一般/无)."""

    SHAPE: ClassVar[str] = "等级评判"
    METHOD: ClassVar[str] = "M09"
    grades: tuple[GradePoints, ...]


@record
class DefectDeductions:
    """缺陷扣分: ``deduction`` for each defect found, 扣完为止."""

    SHAPE: ClassVar[str] = "缺陷扣分"
    METHOD: ClassVar[str] = "M10"
    deduction: Decimal


@record
class Discretionary:
    """酌情: the evaluator chooses within [0, weight] and says why; the standard is not operable and a check says so."""

    SHAPE: ClassVar[str] = "酌情"
    METHOD: ClassVar[str] = "M11"


@record
class Satisfaction:
    """满意度: weight × satisfaction rate."""

    SHAPE: ClassVar[str] = "满意度"
    METHOD: ClassVar[str] = "M12"
    actual: Operand


@record
class SurveyComposite:
    """问卷综合: weight × the composite rate of a questionnaire, from counts."""

    SHAPE: ClassVar[str] = "问卷综合"
    METHOD: ClassVar[str] = "M13"
    survey: str


@record
class Forward:
    """正向完成: weight × actual ÷ target for a target ≥, at most the weight."""

    SHAPE: ClassVar[str] = "正向完成"
    METHOD: ClassVar[str] = "M14"
    actual: Operand
    target: Operand


@record
class Inverse:
    """反向完成: weight × target ÷ actual for a target ≤; with ``upper``, linear from target (full) to upper (0)."""

    SHAPE: ClassVar[str] = "反向完成"
    METHOD: ClassVar[str] = "M15"
    actual: Operand
    target: Operand
    upper: Operand | None = None


@record
class OverFulfilment:
    """超额调减: full up to 1 + ``tolerance`` of the target, then less by ``slope`` per unit of excess, not below ``least`` × weight."""

    SHAPE: ClassVar[str] = "超额调减"
    METHOD: ClassVar[str] = "M16"
    actual: Operand
    target: Operand
    tolerance: Operand
    slope: Operand
    least: Operand = "0"


@record
class Equality:
    """等值: full when actual = target, otherwise weight × max(0, 1 − factor × |actual − target| ÷ target)."""

    SHAPE: ClassVar[str] = "等值"
    METHOD: ClassVar[str] = "M17"
    actual: Operand
    target: Operand
    factor: Operand = "1"


@record
class QualitativeTiers:
    """定性三档: weight × the coefficient that the evaluator picks within the tier."""

    SHAPE: ClassVar[str] = "定性三档"
    METHOD: ClassVar[str] = "M18"
    tiers: tuple[QualitativeTier, ...]


@record
class Interpolation:
    """插值: 0 at ``floor``, the weight at ``full``, linear between."""

    SHAPE: ClassVar[str] = "插值"
    METHOD: ClassVar[str] = "M19"
    actual: Operand
    floor: Operand
    full: Operand


@record
class StepDeductions:
    """逐级扣分: ``deduction`` for each begun ``unit`` by which actual falls short of target."""

    SHAPE: ClassVar[str] = "逐级扣分"
    METHOD: ClassVar[str] = "M20"
    actual: Operand
    target: Operand
    unit: Operand
    deduction: Decimal


@record
class OnTimeShare:
    """及时率: weight × number on time ÷ number in all."""

    SHAPE: ClassVar[str] = "及时率"
    METHOD: ClassVar[str] = "M21"
    on_time: Operand
    total: Operand


@record
class LateDays:
    """逾期扣分: ``deduction`` for each begun ``unit`` of days late."""

    SHAPE: ClassVar[str] = "逾期扣分"
    METHOD: ClassVar[str] = "M21"
    late: Operand
    unit: Operand
    deduction: Decimal


@record
class OnTime:
    """按时: the weight when nothing is late (``late`` ≤ 0 days), otherwise 0."""

    SHAPE: ClassVar[str] = "按时"
    METHOD: ClassVar[str] = "M21"
    late: Operand


@record
class CostSaving:
    """成本节约: (planned − actual) ÷ planned, then bands; a negative rate is an overspend."""

    SHAPE: ClassVar[str] = "成本节约"
    METHOD: ClassVar[str] = "M22"
    planned: Operand
    actual: Operand
    bands: tuple[Band, ...]


@record
class Accuracy:
    """准确率: weight × (1 − wrong ÷ checked)."""

    SHAPE: ClassVar[str] = "准确率"
    METHOD: ClassVar[str] = "M23"
    wrong: Operand
    checked: Operand


@record
class Coverage:
    """应补尽补率: weight × entitled and paid ÷ entitled; over-payment is counted apart and never helps."""

    SHAPE: ClassVar[str] = "应补尽补率"
    METHOD: ClassVar[str] = "M24"
    paid: Operand
    entitled: Operand


class ExpertMethod(Enum):
    """专家打分汇总方法: how the experts' scores become one."""

    MEAN = "平均"
    MEDIAN = "中位数"
    TRIMMED = "去最高最低平均"
    WEIGHTED = "加权平均"


@record
class ExpertPanel:
    """专家评分: the experts' scores put together; trimmed needs five or more."""

    SHAPE: ClassVar[str] = "专家评分"
    METHOD: ClassVar[str] = "M25"
    method: ExpertMethod


class RecipientMethod(Enum):
    """多受益单位汇总口径: how the recipients' values become one."""

    ABSOLUTE = "绝对值"
    RELATIVE = "相对值"


@record
class Recipient:
    """受益单位: its actual and target value and, for relative values, the money it got."""

    name: str
    actual: Operand
    target: Operand
    money: Operand = "1"


@record
class RecipientTotals:
    """汇总完成: absolute values are summed, relative ones weighted by money, and then scored as a ratio."""

    SHAPE: ClassVar[str] = "汇总完成"
    METHOD: ClassVar[str] = "M29"
    method: RecipientMethod
    recipients: tuple[Recipient, ...]


@record
class ChangeRate:
    """变动率: (actual − base) ÷ base, then bands."""

    SHAPE: ClassVar[str] = "变动率"
    METHOD: ClassVar[str] = "M30"
    actual: Operand
    base: Operand
    bands: tuple[Band, ...]


@record
class Stated:
    """已公布得分: only the score is known, the standard is not; nothing can be recomputed below it."""

    SHAPE: ClassVar[str] = "已公布得分"
    METHOD: ClassVar[str] = "—"
    score: Decimal
    source: str


Rubric = (
    Checklist
    | MissDeductions
    | AllOrNothing
    | PartialCredit
    | Ratio
    | ThresholdRatio
    | Bands
    | BandDeductions
    | GradedJudgement
    | DefectDeductions
    | Discretionary
    | Satisfaction
    | SurveyComposite
    | Forward
    | Inverse
    | OverFulfilment
    | Equality
    | QualitativeTiers
    | Interpolation
    | StepDeductions
    | OnTimeShare
    | LateDays
    | OnTime
    | CostSaving
    | Accuracy
    | Coverage
    | ExpertPanel
    | RecipientTotals
    | ChangeRate
    | Stated
)
