"""Every shape of standard: what it gives, how it says so, and where its formula stops to have a meaning."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from tests.unit.scoring.evaluations import (
    ARRIVAL_BANDS,
    book,
    checklist,
    chosen,
    count,
    days,
    found,
    graded,
    grades,
    judged,
    money,
    rate,
)

from hengji.model.band import Band, Edge, QualitativeTier
from hengji.model.figure import Figure, FigureKind
from hengji.model.indicator import ExpertScore, Judgement
from hengji.model.money import Rounding
from hengji.model.rubric import (
    Accuracy,
    AllOrNothing,
    BandDeductions,
    Bands,
    ChangeRate,
    Checklist,
    CostSaving,
    Coverage,
    DefectDeductions,
    Discretionary,
    Equality,
    ExpertMethod,
    ExpertPanel,
    Forward,
    GradedJudgement,
    Interpolation,
    Inverse,
    LateDays,
    MissDeductions,
    OnTime,
    OnTimeShare,
    OverFulfilment,
    PartialCredit,
    QualitativeTiers,
    Ratio,
    Recipient,
    RecipientMethod,
    RecipientTotals,
    Rubric,
    Satisfaction,
    Stated,
    StepDeductions,
    SurveyComposite,
    ThresholdRatio,
)
from hengji.model.score import Result
from hengji.scoring.rubrics import attainable, score
from hengji.scoring.shape import Findings

D = Decimal
FIGURES = book(
    money("拨付", "实际拨付", "251.28"),
    money("到位", "到位资金", "294.2"),
    rate("执行率", "预算执行率", Fraction(25128, 29420), ("拨付", "到位")),
    rate("满意率", "综合满意率", Fraction(9357, 10000)),
    rate("问卷.机构.综合满意率", "机构满意率", Fraction(19, 28)),
    count("做了", "实际完成", 35),
    count("要做", "计划完成", 36),
    count("做多了", "实际完成", 50),
    count("没有", "总数", 0),
    days("逾期", "审核逾期", 9),
    days("提前", "审核逾期", -2),
    Figure("缺数", "未取得的数", FigureKind.RATE, None, "%"),
    Figure("结论", "等级", FigureKind.TEXT, "良"),
)


def given(
    rubric: Rubric, weight: str, judgement: Judgement | None = None, rounding: Rounding = Rounding.HALF_UP
) -> Result:
    result = score(rubric, D(weight), judgement, FIGURES, rounding=rounding)
    assert isinstance(result, Result), result
    assert result.score in attainable(rubric, D(weight), rounding)
    return result


def refused(rubric: Rubric, weight: str = "10", judgement: Judgement | None = None) -> Findings:
    findings = score(rubric, D(weight), judgement, FIGURES)
    assert not isinstance(findings, Result), findings
    return findings


def code(rubric: Rubric, judgement: Judgement | None = None) -> str:
    (finding,) = refused(rubric, judgement=judgement)
    return finding.code


TIERS = QualitativeTiers(
    (
        QualitativeTier("基本达成", D("0.8"), D(1), Edge.INCLUDED),
        QualitativeTier("部分实现", D("0.6"), D("0.8")),
        QualitativeTier("较低", D(0), D("0.6")),
    )
)
SAVINGS = (Band(D(5), "10%", None), Band(D(3), "0%", "10%"), Band(D(0), None, "0%"))
LESS = (Band(D(0), "95%"), Band(D(3), "90%", "95%"), Band(D(5), "80%", "90%"), Band(D(10), None, "80%"))
HOMES = (Recipient("甲", "30", "40", "100"), Recipient("乙", "20", "10", "300"))


def tier(name: str, coefficient: str | None) -> Judgement:
    return Judgement("评价组", grade=name, coefficient=None if coefficient is None else D(coefficient))


def experts(*scores: str, weights: tuple[str, ...] = ()) -> Judgement:
    shares = weights or ("1",) * len(scores)
    pairs = zip(scores, shares, strict=True)
    return Judgement("评审会", experts=tuple(ExpertScore("专家", D(points), D(share)) for points, share in pairs))


TWO = ("有目标", "相关")
GIVEN: tuple[tuple[Rubric, str, Judgement | None, str, str], ...] = (
    (checklist("2", "2", "1"), "5", judged("缺缺符"), "1", "“要素1”不符合，扣2分"),
    (checklist("2"), "3", judged("符"), "2", "（标准共列2分），得2分，扣1分"),
    (checklist("4", "4"), "6", judged("符符"), "6", "以分值为限，得6分"),
    (MissDeductions(TWO, D(1)), "2", judged("缺符"), "1", "“有目标”不符合，扣1分（现场查阅），得1分，扣1分"),
    (MissDeductions(TWO, D(2)), "3", judged("缺缺"), "0", "扣完为止"),
    (AllOrNothing(TWO), "8", judged("符符"), "8", "2项要素全部符合，得8分"),
    (AllOrNothing(TWO), "8", judged("符缺"), "0", "有一项不符合即不得分，得0分，扣8分"),
    (PartialCredit(TWO, D(2)), "4", judged("符符"), "4", "全部符合"),
    (PartialCredit(TWO, D(2)), "4", judged("缺符"), "2", "要素部分符合"),
    (PartialCredit(TWO, D(2)), "4", judged("缺缺"), "0", "要素全部不符合"),
    (
        Ratio("执行率"),
        "2",
        None,
        "1.71",
        "预算执行率 = 251.28万元 ÷ 294.20万元 = 85.41%，2分×85.41%，得1.71分，扣0.29分",
    ),
    (Ratio("做了", "要做"), "8", None, "7.78", "实际完成35家 ÷ 计划完成36家 = 97.22%"),
    (Ratio("做多了", "36"), "8", None, "8", "以分值为限，得8分"),
    (ThresholdRatio("执行率", "85%", Edge.INCLUDED), "3", None, "3", "≥85%，得3分"),
    (ThresholdRatio("执行率", "95%"), "3", None, "2.56", "未达95%，3分×85.41%"),
    (ThresholdRatio("95%", "95%", Edge.INCLUDED), "3", None, "3", "≥95%"),
    (ThresholdRatio("95%", "95%", Edge.EXCLUDED), "3", None, "2.85", "未达95%"),
    (Bands("95%", ARRIVAL_BANDS), "4", None, "3", "在“≥90%且<100%”档"),
    (Bands("90%", ARRIVAL_BANDS), "4", None, "3", "扣1分"),
    (Bands("120%", ARRIVAL_BANDS), "4", None, "4", "在“≥100%”档"),
    (Bands("79.99%", ARRIVAL_BANDS), "4", None, "0", "在“<80%”档"),
    (BandDeductions("93.57%", LESS), "10", None, "7", "得7分，扣3分"),
    (BandDeductions("12%", LESS), "10", None, "0", "得0分，扣10分"),
    (grades(有效="4", 一般="2", 差="0"), "4", graded("一般"), "2", "评定为“一般”（查阅资料并访谈），得2分，扣2分"),
    (
        DefectDeductions(D(1)),
        "4",
        found("重复", "有误"),
        "2",
        "发现2处不符合（1. 重复；2. 有误），每次扣1分，得2分，扣2分",
    ),
    (DefectDeductions(D(3)), "4", found("重复", "有误"), "0", "扣完为止"),
    (DefectDeductions(D(1)), "4", found(), "4", "未发现不符合之处"),
    (Discretionary(), "5", chosen("4.5"), "4.5", "酌情评定（查阅资料并访谈）"),
    (Satisfaction("满意率"), "5", None, "4.68", "综合满意率93.57%"),
    (SurveyComposite("机构"), "5", None, "3.39", "机构满意率67.86%"),
    (Forward("做了", "要做"), "8", None, "7.78", "97.22%"),
    (Forward("0", "0"), "8", None, "8", "0，达到目标≥0"),
    (Forward("-1", "-2"), "8", None, "8", "达到目标≥-2"),
    (Inverse("0", "5"), "8", None, "8", "不超过目标≤5"),
    (Inverse("0", "0"), "8", None, "8", "不超过目标≤0"),
    (Inverse("3", "0"), "8", None, "0", "得0分，扣8分"),
    (Inverse("10", "5"), "8", None, "4", "目标 ÷ 实际 = 50.00%"),
    (Inverse("7", "5", "13"), "8", None, "6", "自目标至上限13按直线递减"),
    (Inverse("20", "5", "13"), "8", None, "0", "扣完为止"),
    (OverFulfilment("18", "36", "30%", "0.5"), "10", None, "5", "50.00%"),
    (OverFulfilment("40", "36", "30%", "0.5"), "10", None, "10", "在130.00%以内"),
    (OverFulfilment("54", "36", "0.3", "0.5"), "10", None, "9", "超出130.00%"),
    (OverFulfilment("360", "36", "30%", "1", "60%"), "10", None, "6", "10分×60.00%"),
    (Equality("100%", "100%"), "5", None, "5", "等于目标100%"),
    (Equality("90%", "100%", "2"), "5", None, "4", "偏差10.00%"),
    (Equality("200%", "100%", "2"), "5", None, "0", "得0分"),
    (Equality("1", "0"), "5", None, "0", "不等即不得分"),
    (TIERS, "10", tier("基本达成", "0.9"), "9", "10分×0.9"),
    (TIERS, "10", tier("部分实现", "0.6"), "6", "评定为“部分实现”"),
    (Interpolation("77.5%", "60%", "95%"), "8", None, "4", "按直线插值，8分×50.00%"),
    (Interpolation("50%", "60%", "95%"), "8", None, "0", "得0分"),
    (Interpolation("3", "10", "2"), "8", None, "7", "87.50%"),
    (StepDeductions("97.5%", "100%", "1%", D("0.5")), "5", None, "3.5", "每低1%计1次，计3次，每次扣0.5分"),
    (StepDeductions("100%", "100%", "1%", D("0.5")), "5", None, "5", "达到100%"),
    (OnTimeShare("做了", "要做"), "8", None, "7.78", "97.22%"),
    (LateDays("逾期", "5", D(1)), "4", None, "2", "审核逾期9天，每逾期5天计1次，计2次"),
    (LateDays("提前", "5", D(1)), "4", None, "4", "没有逾期"),
    (OnTime("逾期"), "4", None, "0", "逾期即不得分，得0分，扣4分"),
    (OnTime("提前"), "4", None, "4", "没有逾期"),
    (CostSaving("100", "95", SAVINGS), "5", None, "3", "成本节约率 = （100 − 95）÷ 100 = 5.00%"),
    (CostSaving("100", "101", SAVINGS), "5", None, "0", "-1.00%，超支"),
    (CostSaving("到位", "拨付", SAVINGS), "5", None, "5", "14.59%"),
    (Accuracy("1", "41"), "10", None, "9.76", "准确率97.56%"),
    (Coverage("35", "36"), "6", None, "5.83", "97.22%"),
    (Coverage("40", "36"), "6", None, "6", "多付部分另计，不抵少付"),
    (ExpertPanel(ExpertMethod.MEAN), "10", experts("8", "9", "9"), "8.67", "3位专家评分8～9分，标准差0.58，取平均"),
    (ExpertPanel(ExpertMethod.MEDIAN), "10", experts("8", "9", "9.5", "10"), "9.25", "取中位数"),
    (ExpertPanel(ExpertMethod.TRIMMED), "10", experts("0", "8", "9", "9", "10"), "8.67", "取去最高最低平均"),
    (ExpertPanel(ExpertMethod.WEIGHTED), "10", experts("8", "10", weights=("3", "1")), "8.5", "取加权平均"),
    (ExpertPanel(ExpertMethod.MEAN), "10", experts("8"), "8", "标准差0"),
    (RecipientTotals(RecipientMethod.ABSOLUTE, HOMES), "10", None, "10", "2个受益单位相加，完成率 = 100.00%"),
    (RecipientTotals(RecipientMethod.RELATIVE, HOMES), "10", None, "10", "按资金加权，完成率 = 128.57%"),
    (ChangeRate("110", "100", SAVINGS), "5", None, "5", "变动率 = （110 − 100）÷ 100 = 10.00%"),
    (ChangeRate("99", "100", SAVINGS), "5", None, "0", "-1.00%"),
    (Stated(D("18.5"), "表2"), "20", None, "18.5", "已公布得分，来源：表2"),
)


@pytest.mark.parametrize(
    ("rubric", "weight", "judgement", "points", "told"), GIVEN, ids=lambda each: getattr(each, "SHAPE", "")
)
def test_what_the_standard_gives(
    rubric: Rubric, weight: str, judgement: Judgement | None, points: str, told: str
) -> None:
    result = given(rubric, weight, judgement)
    assert result.score == D(points)
    assert told in result.reason
    assert result.reason.count(f"得{points}分") >= 1


@pytest.mark.parametrize(("scores", "points"), [("9 8.02 8.01 7", "8.02"), ("10 7 8.1", "8.1")])
def test_the_middle_of_expert_scores_is_exact(scores: str, points: str) -> None:
    """Half of 8.01 and 8.02 is 8.015 and is rounded up; as a binary float it is less."""
    assert given(ExpertPanel(ExpertMethod.MEDIAN), "10", experts(*scores.split())).score == D(points)


def test_every_shape_is_scored_above() -> None:
    assert {type(case[0]) for case in GIVEN} == set(get_args(Rubric))


REFUSED: tuple[tuple[Rubric, Judgement | None, str], ...] = (
    (checklist("5", "5"), None, "R204"),
    (checklist("5", "5"), judged(""), "R204"),
    (checklist("5", "5"), judged("符"), "R205"),
    (MissDeductions(TWO, D(1)), judged("符"), "R205"),
    (AllOrNothing(TWO), judged("符符符"), "R205"),
    (PartialCredit(TWO, D(1)), judged("符"), "R205"),
    (Ratio("35", "0"), None, "R206"),
    (Ratio("35", "-3"), None, "R206"),
    (ThresholdRatio("95%", "95%"), None, "R206"),
    (Bands("85%", (Band(D(3), "90%"), Band(D(0), None, "80%"))), None, "R206"),
    (Bands("90%", (Band(D(3), "90%"), Band(D(0), None, "95%"))), None, "R206"),
    (BandDeductions("85%", (Band(D(0), "90%"),)), None, "R206"),
    (GradedJudgement(()), graded(""), "R204"),
    (grades(好="10", 差="0"), graded("中"), "R205"),
    (Discretionary(), Judgement("评价组", "理由"), "R204"),
    (Discretionary(), Judgement("评价组", score=D(3)), "R204"),
    (Discretionary(), chosen("11"), "R205"),
    (Forward("-1", "0"), None, "R206"),
    (Inverse("3", "-1"), None, "R206"),
    (Inverse("3", "2", "1"), None, "R206"),
    (OverFulfilment("3", "0", "30%", "1"), None, "R206"),
    (TIERS, tier("", None), "R204"),
    (TIERS, tier("部分实现", None), "R204"),
    (TIERS, tier("部分实现", "0.8"), "R205"),
    (TIERS, tier("很好", "0.8"), "R205"),
    (Interpolation("3", "2", "2"), None, "R206"),
    (StepDeductions("3", "5", "0", D(1)), None, "R206"),
    (LateDays("3", "0", D(1)), None, "R206"),
    (OnTimeShare("0", "没有"), None, "R206"),
    (OnTimeShare("37", "36"), None, "R206"),
    (CostSaving("0", "0", SAVINGS), None, "R206"),
    (CostSaving("100", "50", (Band(D(5), None, "10%"),)), None, "R206"),
    (Accuracy("42", "41"), None, "R206"),
    (Accuracy("0", "0"), None, "R206"),
    (Coverage("0", "0"), None, "R206"),
    (ExpertPanel(ExpertMethod.MEAN), Judgement("评审会"), "R204"),
    (ExpertPanel(ExpertMethod.MEAN), experts("11"), "R205"),
    (ExpertPanel(ExpertMethod.TRIMMED), experts("8", "9", "10", "7"), "R205"),
    (ExpertPanel(ExpertMethod.WEIGHTED), experts("8", "9", weights=("0", "0")), "R205"),
    (RecipientTotals(RecipientMethod.ABSOLUTE, (Recipient("甲", "0", "0"),)), None, "R206"),
    (RecipientTotals(RecipientMethod.ABSOLUTE, ()), None, "R206"),
    (ChangeRate("1", "0", SAVINGS), None, "R206"),
    (Ratio("", "36"), None, "R108"),
    (Ratio("缺数"), None, "R202"),
    (Ratio("结论"), None, "R203"),
    (Satisfaction("88.5"), None, "R203"),
    (SurveyComposite("老人"), None, "R201"),
    (Ratio("拨付", "做了"), None, "R203"),
    (Ratio("执行率", "95"), None, "R203"),
)


@pytest.mark.parametrize(("rubric", "judgement", "expected"), REFUSED, ids=lambda each: getattr(each, "SHAPE", ""))
def test_where_there_is_no_score_there_is_a_finding(rubric: Rubric, judgement: Judgement | None, expected: str) -> None:
    assert code(rubric, judgement) == expected


def test_a_fixed_tier_needs_no_coefficient() -> None:
    fixed = QualitativeTiers((QualitativeTier("达成", D("0.9"), D("0.9"), Edge.INCLUDED),))
    assert given(fixed, "10", tier("达成", None)).score == 9


def test_an_unknown_figure_is_told_with_the_nearest_ones() -> None:
    (finding,) = refused(Ratio("预算执行率"))
    assert (finding.found, finding.expected) == ("没有编号为“预算执行率”的数值", "执行率")


def test_all_that_is_missing_is_told_at_once() -> None:
    assert [finding.code for finding in refused(OverFulfilment("无甲", "无乙", "无丙", "缺数"))] == ["R201"] * 3 + [
        "R202"
    ]


def test_a_bare_number_beside_money_is_in_its_unit() -> None:
    assert given(Ratio("拨付", "251.28"), "10").score == 10
    assert "÷ 502.56万元 = 50.00%" in given(Ratio("拨付", "502.56"), "10").reason


def test_full_width_digits_and_separators_are_numbers() -> None:
    assert given(Ratio("９５％", "１００％"), "10").score == D("9.5")
    assert given(Ratio("1,000", "2,000"), "10").score == 5


def test_the_figures_that_were_read_are_named_once() -> None:
    assert given(Ratio("做了", "要做"), "8").inputs == ("做了", "要做")
    assert given(Equality("做了", "做了"), "8").inputs == ("做了",)


def test_scores_are_rounded_half_up_once_or_cut_off() -> None:
    half = Ratio("6.675", "10")
    assert given(half, "1").exact == Fraction(6675, 10000)
    assert (given(half, "1").score, given(half, "1", rounding=Rounding.DOWN).score) == (D("0.67"), D("0.66"))
    assert given(Ratio("0.5", "100"), "1").score == D("0.01")


def test_the_attainable_set_is_told_in_short() -> None:
    assert str(attainable(AllOrNothing(TWO), D(8))) == "0、8分"
    assert str(attainable(ThresholdRatio("执行率", "95%"), D(3))) == "3、0～2.85分"
    assert str(attainable(ThresholdRatio("执行率", "做了"), D(3))) == "0～3分"
    assert str(attainable(DefectDeductions(D("0.1")), D(4))) == "0、0.1、0.2、…、4分"
    assert str(attainable(DefectDeductions(D(3)), D(4))) == "0、1、4分"
    assert str(attainable(DefectDeductions(D(0)), D(4))) == "4分"
    assert attainable(Checklist(()), D(4)).points == (D(0),)
