"""Scores as figures: the printed number of each indicator, and the way down from a total to a judgement."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tests.unit.scoring.evaluations import (
    BOSHAN_FIGURES,
    PROFILE,
    WEIYANG_FIGURES,
    boshan,
    boshan_papers,
    chosen,
    leaf,
    papers,
    weiyang,
    weiyang_papers,
    yangquan,
)

from hengji.model.figure import Figure, SourceKind, display
from hengji.model.indicator import Adjustment, AdjustmentKind, Applicability, Framework
from hengji.model.rubric import Discretionary
from hengji.scoring.figures import score_figures
from hengji.scoring.score import score_sheet

D = Decimal


def of_boshan() -> dict[str, Figure]:
    sheet, _ = score_sheet(boshan(), boshan_papers(), BOSHAN_FIGURES, PROFILE)
    return score_figures(sheet)


def of_weiyang() -> dict[str, Figure]:
    sheet, _ = score_sheet(weiyang(), weiyang_papers(), WEIYANG_FIGURES, PROFILE)
    return score_figures(sheet)


def test_each_indicator_has_its_score_weight_and_percentage() -> None:
    figures = of_boshan()
    assert display(figures["得分.预算执行率"]) == "1.71分"
    assert display(figures["分值.预算执行率"]) == "2.00分"
    assert display(figures["得分率.过程"]) == "81.11%"
    assert display(figures["得分.合计"]) == "85.78分"
    assert (figures["等级"].value, figures["等级.过程"].value) == ("良", "良")


def test_percentage_scores_of_yangquan_and_its_unknown_standards() -> None:
    sheet, _ = score_sheet(yangquan(), {}, {}, PROFILE)
    figures = score_figures(sheet)
    assert display(figures["得分率.政策效果"]) == "87.43%"
    assert [figures[f"等级.{score.indicator.id}"].value for score in sheet.scores] == ["优", "良", "良", "良"]
    assert figures["得分.标准分合计"].value is None
    assert figures["标准等级"].value is None
    (source,) = figures["得分.政策效果"].sources
    assert (source.kind, source.reference) == (SourceKind.PUBLISHED, "评价报告表2")


def test_awarded_and_literal_stand_beside_each_other() -> None:
    figures = of_weiyang()
    assert display(figures["得分.合计"]) == "88.50分"
    assert display(figures["得分.标准分合计"]) == "79.78分"
    assert (figures["等级"].value, figures["标准等级"].value) == ("良", "中")
    assert (display(figures["得分.资金发放及时性"]), display(figures["标准分.资金发放及时性"])) == ("4.00分", "0.00分")


def test_a_total_traces_down_to_figures_standards_and_people() -> None:
    figures = of_weiyang() | WEIYANG_FIGURES
    seen: dict[str, Figure] = {}
    open_ids = ["得分.合计", "得分.标准分合计", "等级", "标准等级"]
    while open_ids:
        figure = figures[open_ids.pop()]
        seen[figure.id] = figure
        open_ids += [name for name in figure.inputs if name not in seen]
    assert {"支出", "计划家数", "得分.数量指标", "标准分.资金使用合规性"} <= set(seen)
    rootless = [figure.id for figure in seen.values() if not figure.inputs and not figure.sources]
    assert set(rootless) <= set(WEIYANG_FIGURES)


def test_an_override_is_a_source_of_the_score_and_not_of_the_standard_score() -> None:
    figures = of_weiyang()
    texts = [source.text for source in figures["得分.档案资料完整性"].sources]
    assert texts[0] == "档案资料完整性的评分标准"
    assert texts[-1] == "评价组组长人工改分为3.5分：公布的报告如此评定"
    assert "人工改分" not in "".join(source.text for source in figures["标准分.档案资料完整性"].sources)
    kinds = [source.kind for source in figures["得分.档案资料完整性"].sources]
    assert kinds == [SourceKind.STANDARD, SourceKind.JUDGEMENT, SourceKind.JUDGEMENT]


def test_rebasing_and_adjustments_are_told_in_the_total() -> None:
    absent = replace(leaf("成本", "20", Discretionary()), applicability=Applicability.NOT_APPLICABLE, note="没有成本")
    bonus = Adjustment(AdjustmentKind.BONUS, D(2), "获省级表彰", "评审会")
    tree = Framework((leaf("产出", "80", Discretionary()), absent), adjustments=(bonus,))
    sheet, _ = score_sheet(tree, papers({"产出": chosen("60")}), {}, PROFILE)
    figures = score_figures(sheet)
    total = figures["得分.合计"]
    assert total.value == Fraction(77)
    assert total.formula == "一级指标得分之和 ÷ 适用分值80 × 100，再计加减分项"
    assert [source.text for source in total.sources] == ["加分2分：获省级表彰"]
    assert "得分率.成本" not in figures
    assert figures["分值.合计"].value == 80
    assert "标准" not in figures["得分.成本"].formula
