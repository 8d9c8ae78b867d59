"""The indicator system: a tree with weights, and what is decided about its leaves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from hengji.model.record import record
from hengji.model.rubric import Rubric


class Applicability(Enum):
    """适用性: an indicator that does not apply is left out and the rest re-based to 100 (折算)."""

    APPLICABLE = "适用"
    NOT_APPLICABLE = "不适用"


class Dimension(Enum):
    """指标类别: of a level-1 indicator, whatever it is called."""

    DECISION = "决策"
    PROCESS = "过程"
    OUTPUT = "产出"
    BENEFIT = "效益"
    POLICY = "政策"
    NONE = ""


@record
class Indicator:
    """指标: a leaf has a ``rubric``; a node has ``children`` whose weights add up to its own.

    ``id`` is unique in the tree; ``criteria`` is the printed scoring standard, word for word as the plan has it.
    """

    id: str
    name: str
    weight: Decimal
    dimension: Dimension = Dimension.NONE
    explanation: str = ""
    criteria: str = ""
    basis: str = ""
    rubric: Rubric | None = None
    applicability: Applicability = Applicability.APPLICABLE
    note: str = ""
    children: tuple[Indicator, ...] = ()


class AdjustmentKind(Enum):
    """总分调整: what an adjustment does to the total."""

    BONUS = "加分"
    PENALTY = "减分"
    VETO = "一票否决"


@record
class Adjustment:
    """加减分项: points on or off the total, or a veto that sets the grade to the lowest."""

    kind: AdjustmentKind
    points: Decimal
    reason: str
    by: str


class WeightMethod(Enum):
    """权重确定方法: how the weights were found."""

    DIRECT = "直接赋权"
    AHP = "层次分析法"
    ENTROPY = "熵权法"
    DELPHI = "德尔菲法"
    COMBINED = "组合赋权"


@record
class Framework:
    """指标体系: level-1 indicators and how the weights were found."""

    indicators: tuple[Indicator, ...] = ()
    weight_method: WeightMethod = WeightMethod.DIRECT
    weight_basis: str = ""
    adjustments: tuple[Adjustment, ...] = ()


class Verdict(Enum):
    """要素判断: whether an element is met."""

    MET = "符合"
    MISSED = "不符合"


@record
class ElementVerdict:
    """要素评判: one element judged, with the reason."""

    verdict: Verdict
    reason: str
    evidence: tuple[str, ...] = ()


@record
class Defect:
    """缺陷: one thing found wrong, each with its evidence."""

    text: str
    evidence: tuple[str, ...] = ()


@record
class ExpertScore:
    """专家评分: one expert's score; experts stand by role or number."""

    expert: str
    score: Decimal
    weight: Decimal = Decimal(1)


@record
class Judgement:
    """评判: what a named person decided, in the form that the rubric's shape asks for."""

    by: str
    reason: str = ""
    on: date | None = None
    elements: tuple[ElementVerdict, ...] = ()
    grade: str = ""
    coefficient: Decimal | None = None
    defects: tuple[Defect, ...] = ()
    score: Decimal | None = None
    experts: tuple[ExpertScore, ...] = ()


@record
class Override:
    """人工改分: the awarded score where it is not what the standard gives; printed in the report."""

    score: Decimal
    reason: str
    by: str


class SigningStep(Enum):
    """签字环节: in the order in which a working paper is signed."""

    PREPARED = "编制"
    CHECKED = "复核"
    APPROVED = "批准"


@record
class Signature:
    """签字: who signed for a step and when; ``digest`` is the sha256 of the paper as it was signed, without its signatures."""

    step: SigningStep
    by: str
    on: date
    digest: str


@record
class WorkingPaper:
    """工作底稿: one per leaf; ``analysis`` is Markdown with bound figures {{ … }} and evidence references [证:id].

    ``prepared_by`` … ``approved_by`` are filled in by hand; ``signatures`` are given in the workbench and hold for what was signed.
    """

    indicator: str
    index_no: str
    prepared_by: str = ""
    prepared_on: date | None = None
    checked_by: str = ""
    approved_by: str = ""
    evidence: tuple[str, ...] = ()
    judgement: Judgement | None = None
    override: Override | None = None
    analysis: str = ""
    signatures: tuple[Signature, ...] = ()
