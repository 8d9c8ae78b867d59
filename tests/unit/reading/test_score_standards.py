"""Printed standards, and the shape of the house that each says."""

from decimal import Decimal

import pytest

from hengji.model.finding import Confidence
from hengji.model.reading import Span
from hengji.model.rubric import (
    AllOrNothing,
    BandDeductions,
    Bands,
    Checklist,
    DefectDeductions,
    Discretionary,
    GradedJudgement,
    Ratio,
    Satisfaction,
    StepDeductions,
    ThresholdRatio,
)
from hengji.model.scorecard import Manner, Standard, Wording
from hengji.reading.folding import fold
from hengji.reading.scores.standards import standard_of


def standard(text: str, weight: int) -> Standard:
    span = Span(0, len(text))
    folded = fold(text, span)
    return standard_of(folded, Wording((span,), folded.text), Decimal(weight))


@pytest.mark.parametrize(
    ("text", "weight", "shape"),
    [
        ("①书屋有登记簿得2分；②登记逐本记录得1分，否则0分。", 3, Checklist),
        ("①有登记簿（1分）；②逐本记录（2分）。", 3, Checklist),
        ("①有登记簿；②逐本记录。每项1分，共2分；有一项不符合扣1分。", 2, Checklist),
        ("①有登记簿；②逐本记录；③按月盘点；④账实相符。各占1/4权重分，得分为各项之和。", 4, Checklist),
        ("书屋登记簿齐全得3分，否则0分。", 3, Checklist),
        ("书屋是否全部开放得满分，否则不得分。", 6, AllOrNothing),
        ("每出现一处登记缺漏扣1分，扣完为止。", 5, DefectDeductions),
        ("登记规范得5分，发现一处不规范扣0.5分，扣完为止。", 5, DefectDeductions),
        ("得分=开放率×分值", 5, Ratio),
        ("指标得分=指标分值*（实际开放数/应开放数*100%）。", 5, Ratio),
        ("开放率100%得满分，未达到的按比例得分。", 5, Ratio),
        ("得分=满意度*5分。", 5, Satisfaction),
        ("开放率达到95%得满分；低于95%，得分=分值×开放率。", 5, ThresholdRatio),
        ("开放率≥90%得5分，80%（含）-90%得3分，80%以下不得分。", 5, Bands),
        ("满意度90%以上（含90%）得满分；80%（含）-90%扣2分；80%以下不得分。", 5, BandDeductions),
        ("开放率每降低1个百分点扣0.5分，扣完为止。", 5, StepDeductions),
        ("“好”得5分，“一般”得3分，“差”得0分。", 5, GradedJudgement),
        ("全部符合得4分；部分符合得2分；全部不符合得0分。", 4, GradedJudgement),
        ("根据开放情况酌情扣分。", 5, Discretionary),
        ("全年开放得满分，否则视情况酌情扣分。", 5, Discretionary),
    ],
)
def test_a_shape_is_recognised(text: str, weight: int, shape: type) -> None:
    assert isinstance(standard(text, weight).rubric, shape)


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("对书屋开放情况进行评价。", Manner.SILENT),
        ("书屋在年内开放得满分；", Manner.ONE_SIDED),
        ("根据情况酌情得分。", Manner.DISCRETIONARY),
        ("满分5分，按附件计分办法计算得分。", Manner.UNREAD),
    ],
)
def test_what_gives_no_rule_is_said_so(text: str, manner: Manner) -> None:
    assert standard(text, 5).manner is manner


def test_the_points_of_criteria_are_theirs() -> None:
    read = standard("1.有登记簿得1.5分，否则0分；2.逐本记录得1.5分，否则0分；3.按月盘点得1分，否则0分。", 4)
    assert [each.points for each in read.criteria] == [Decimal("1.5"), Decimal("1.5"), Decimal(1)]


def test_a_threshold_that_nobody_assigns_has_no_edge() -> None:
    rubric = standard("开放率超过95%，得满分；低于95%，得分=分值*开放率。", 5).rubric
    assert isinstance(rubric, ThresholdRatio)
    assert rubric.edge is None


def test_levels_are_only_likely_to_be_all_there_are() -> None:
    assert standard("“好”得5分，“一般”得3分，“差”得0分。", 5).confidence is Confidence.LIKELY


def test_the_subject_of_bands_is_what_stands_before_them() -> None:
    assert standard("开放率≥90%得5分，80%（含）-90%得3分，80%以下不得分。", 5).subject == "开放率"
