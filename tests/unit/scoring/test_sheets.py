"""Score sheets: three published evaluations come out as published, and as their printed standards would have them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.unit.scoring.evaluations import (
    BOSHAN_FIGURES,
    NATIONAL,
    PROFILE,
    WEIYANG_FIGURES,
    book,
    boshan,
    boshan_papers,
    checklist,
    chosen,
    count,
    judged,
    leaf,
    node,
    papers,
    weiyang,
    weiyang_papers,
    yangquan,
)

from hengji.model.finding import Severity
from hengji.model.indicator import Adjustment, AdjustmentKind, Applicability, Framework, Indicator, Override
from hengji.model.profile import RollUp
from hengji.model.rubric import AllOrNothing, Discretionary, Ratio, Stated
from hengji.model.score import ScoreSheet
from hengji.scoring.score import grade_of, leaves, percentage, score_sheet
from hengji.scoring.shape import Findings

D = Decimal


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


def level1(sheet: ScoreSheet) -> list[str]:
    return [str(score.awarded.normalize()) for score in sheet.scores]


def single(*leaves_: Indicator) -> Framework:
    return Framework(leaves_)


def test_weiyang_as_awarded_and_by_its_own_standards() -> None:
    sheet, findings = score_sheet(weiyang(), weiyang_papers(), WEIYANG_FIGURES, PROFILE)
    assert (sheet.total, sheet.grade) == (D("88.50"), "良")
    assert (sheet.literal_total, sheet.literal_grade) == (D("79.78"), "中")
    assert level1(sheet) == ["16", "2E+1", "22.5", "3E+1"]
    assert {flip.indicator.id: (flip.awarded, flip.literal) for flip in sheet.flips} == {
        "补助机构完成数": (D(8), D("7.78")),
        "资金发放及时性": (D(4), D(0)),
        "档案资料完整性": (D("3.5"), D(0)),
        "资金使用合规性": (D(3), D(2)),
    }
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    assert codes(findings).count("R306") == 4
    (flip,) = [finding for finding in findings if finding.code == "R308"]
    assert "88.50分为“良”" in flip.found
    assert "79.78分为“中”" in flip.found


def test_an_override_is_told_with_standard_range_award_reason_and_person() -> None:
    _, findings = score_sheet(weiyang(), weiyang_papers(), WEIYANG_FIGURES, PROFILE)
    late = next(finding for finding in findings if finding.code == "R306" and finding.place.item == "资金发放及时性")
    assert late.severity is Severity.WARNING
    assert late.place.file == "papers/资金发放及时性.md"
    for word in ("标准得分0分", "可得0、8分", "评定4分", "公布的报告如此评定", "评价组组长"):
        assert word in late.found


def test_weiyang_reasons_show_the_computation() -> None:
    sheet, _ = score_sheet(weiyang(), weiyang_papers(), WEIYANG_FIGURES, PROFILE)
    reasons = {leaf_.indicator.id: leaf_.reason for leaf_ in leaves(sheet.scores)}
    assert reasons["资金使用率"] == "资金使用率 = 294.33万元 ÷ 295.43万元 = 99.63%，>95%，得3分"
    assert "实际补贴单位35家 ÷ 计划补贴单位36家 = 97.22%，8分×97.22%，得7.78分，扣0.22分" in reasons["补助机构完成数"]
    assert reasons["资金到位率"] == "资金到位率100.00%，在“≥100%”档，得4分"
    assert "“要素1”不符合，扣2分（现场查阅）" in reasons["绩效指标明确性"]


def test_boshan_comes_out_as_published() -> None:
    sheet, findings = score_sheet(boshan(), boshan_papers(), BOSHAN_FIGURES, PROFILE)
    assert (sheet.total, sheet.grade) == (D("85.78"), "良")
    assert [score.awarded for score in sheet.scores] == [D(10), D("22.71"), D(25), D("28.07")]
    assert sheet.literal_total == sheet.total
    assert sheet.flips == ()
    assert findings == ()
    assert sum(1 for _ in leaves(sheet.scores)) == 23
    by_name = {leaf_.indicator.id: leaf_.awarded for leaf_ in leaves(sheet.scores)}
    assert (by_name["预算执行率"], by_name["养老机构满意度"], by_name["老人满意度"]) == (
        D("1.71"),
        D("3.39"),
        D("4.68"),
    )


def test_yangquan_is_graded_but_cannot_be_scored_again() -> None:
    sheet, findings = score_sheet(yangquan(), {}, {}, PROFILE)
    assert (sheet.total, sheet.grade) == (D("86.39"), "良")
    assert (sheet.literal_total, sheet.literal_grade) == (None, "")
    assert [str(percentage(score)) for score in sheet.scores] == ["92.50", "83.07", "87.43", "80.00"]
    assert [grade_of(percentage(score) or D(0), NATIONAL) for score in sheet.scores] == ["优", "良", "良", "良"]
    assert codes(findings) == ["R313"]


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_bands_take_in_their_lower_end(total: str, grade: str) -> None:
    assert grade_of(D(total), NATIONAL) == grade


HALF = Discretionary()


@pytest.mark.parametrize(
    ("policy", "parent", "total"),
    [
        (RollUp.ROUND_EACH, "6.68", "6.68"),
        (RollUp.ROUND_TOTAL, "6.67", "6.67"),
        (RollUp.TRUNCATE, "6.66", "6.66"),
    ],
)
def test_the_profile_says_where_scores_are_rounded(policy: RollUp, parent: str, total: str) -> None:
    # 50 × 667 ÷ 10000 = 3.335: rounded 3.34, cut off 3.33; twice that is exactly 6.67
    shares = book(count("做", "已做", 667), count("要", "要做", 10_000))
    tree = Framework((node("甲", "100", leaf("乙", "50", Ratio("做", "要")), leaf("丙", "50", Ratio("做", "要"))),))
    sheet, _ = score_sheet(tree, {}, shares, replace(PROFILE, roll_up=policy))
    assert (str(sheet.scores[0].awarded), str(sheet.total)) == (parent, total)
    assert sheet.scores[0].exact == Fraction(667, 100)


def test_weights_that_do_not_add_up_are_errors_in_their_place() -> None:
    tree = Framework((node("甲", "60", leaf("乙", "50", HALF), leaf("丙", "5", HALF)), leaf("丁", "30", HALF)))
    _, findings = score_sheet(tree, papers({"乙": chosen("50"), "丙": chosen("5"), "丁": chosen("30")}), {}, PROFILE)
    wrong = [finding for finding in findings if finding.code == "R301"]
    assert [(finding.place.item, finding.severity) for finding in wrong] == [
        ("一级指标", Severity.ERROR),
        ("甲", Severity.ERROR),
    ]
    assert "合计90分，相差10分" in wrong[0].found
    assert "分值60分，下级分值合计55分" in wrong[1].found


def test_a_score_that_the_standard_cannot_give_is_refused() -> None:
    rubric = AllOrNothing(("完整",))
    tree = single(leaf("档案", "100", rubric))
    claim = replace(judged("缺"), score=D(50))
    sheet, findings = score_sheet(tree, papers({"档案": claim}), {}, PROFILE)
    assert sheet.total == 0
    (refused,) = [finding for finding in findings if finding.code == "R304"]
    assert refused.severity is Severity.ERROR
    assert "评50分，不在可得分集之内（可得0、100分）" in refused.found


def test_a_score_that_contradicts_its_own_verdicts_is_refused() -> None:
    claim = replace(judged("缺"), score=D(100))
    sheet, findings = score_sheet(
        single(leaf("档案", "100", AllOrNothing(("完整",)))), papers({"档案": claim}), {}, PROFILE
    )
    assert sheet.total == 0
    assert "与所作评判不符" in findings[0].found


def test_a_claim_that_agrees_is_no_fault() -> None:
    claim = replace(judged("符"), score=D(100))
    sheet, findings = score_sheet(
        single(leaf("档案", "100", AllOrNothing(("完整",)))), papers({"档案": claim}), {}, PROFILE
    )
    assert (sheet.total, findings) == (D(100), ())


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (Override(D(101), "理由", "组长"), "0～100分"),
        (Override(D(-1), "理由", "组长"), "0～100分"),
        (Override(D("50.123"), "理由", "组长"), "至多两位小数"),
        (Override(D(50), " ", "组长"), "改分的理由"),
        (Override(D(50), "理由", ""), "决定人的职务"),
    ],
)
def test_an_override_out_of_range_or_unfounded_is_refused(override: Override, expected: str) -> None:
    tree = single(leaf("档案", "100", AllOrNothing(("完整",))))
    sheet, findings = score_sheet(tree, papers({"档案": judged("缺")}, {"档案": override}), {}, PROFILE)
    assert sheet.total == 0
    assert sheet.flips == ()
    assert [(finding.code, finding.severity, finding.expected) for finding in findings] == [
        ("R305", Severity.ERROR, expected)
    ]


def test_an_override_that_changes_nothing_is_noted() -> None:
    tree = single(leaf("档案", "100", AllOrNothing(("完整",))))
    override = {"档案": Override(D(0), "理由", "组长")}
    sheet, findings = score_sheet(tree, papers({"档案": judged("缺")}, override), {}, PROFILE)
    assert sheet.flips == ()
    assert codes(findings) == ["R307"]


def test_an_override_stands_where_the_standard_gives_nothing() -> None:
    tree = single(leaf("完成", "100", Ratio("没有的", "100%")))
    override = {"完成": Override(D(90), "系统数据缺失，按台账认定", "组长")}
    sheet, findings = score_sheet(tree, papers({}, override), {}, PROFILE)
    assert (sheet.total, sheet.literal_total) == (D(90), None)
    assert codes(findings) == ["R201", "R306"]
    assert "标准得分无法重算" in findings[1].found


def test_what_is_not_judged_counts_nothing_and_says_so() -> None:
    sheet, findings = score_sheet(single(leaf("档案", "100", AllOrNothing(("完整",)))), {}, {}, PROFILE)
    assert (sheet.total, sheet.literal_total) == (0, None)
    assert codes(findings) == ["R204"]
    assert sheet.scores[0].reason == "未能得分：没有评判"


def inapplicable(indicator: Indicator, note: str) -> Indicator:
    return replace(indicator, applicability=Applicability.NOT_APPLICABLE, note=note)


def test_what_does_not_apply_is_left_out_and_the_rest_is_rebased() -> None:
    tree = Framework(
        (
            node("产出", "60", leaf("数量", "40", HALF), inapplicable(leaf("成本", "20", HALF), "没有成本目标")),
            leaf("效益", "40", HALF),
        )
    )
    sheet, findings = score_sheet(tree, papers({"数量": chosen("30"), "效益": chosen("35")}), {}, PROFILE)
    assert (sheet.base, sheet.subtotal, sheet.total) == (D(80), D(65), D("81.25"))
    assert sheet.scores[0].weight == D(40)
    assert sheet.literal_total == D("81.25")
    assert codes(findings) == ["R106", "R106", "R309"]
    assert percentage(sheet.scores[0].children[1]) is None


def test_a_whole_branch_may_not_apply() -> None:
    branch = inapplicable(node("效益", "50", leaf("社会", "25", HALF), leaf("生态", "25", HALF)), "")
    sheet, findings = score_sheet(
        Framework((leaf("产出", "50", HALF), branch)), papers({"产出": chosen("45")}), {}, PROFILE
    )
    assert sheet.total == D(90)
    assert sum(1 for _ in leaves(sheet.scores)) == 3
    assert "R310" in codes(findings)


def test_when_nothing_applies_there_is_no_total() -> None:
    sheet, findings = score_sheet(single(inapplicable(leaf("产出", "100", HALF), "未实施")), {}, {}, PROFILE)
    assert sheet.total == 0
    assert "全部指标都不适用" in findings[-1].found


def adjustment(kind: AdjustmentKind, points: str, reason: str = "获省级表彰") -> Adjustment:
    return Adjustment(kind, D(points), reason, "评审会")


@pytest.mark.parametrize(
    ("adjustments", "total", "grade"),
    [
        ((adjustment(AdjustmentKind.BONUS, "3"),), "91.00", "优"),
        ((adjustment(AdjustmentKind.BONUS, "30"),), "100.00", "优"),
        ((adjustment(AdjustmentKind.PENALTY, "8.01"),), "79.99", "中"),
        ((adjustment(AdjustmentKind.PENALTY, "99"),), "0.00", "差"),
        ((adjustment(AdjustmentKind.VETO, "0", "截留资金"),), "88.00", "差"),
    ],
)
def test_points_on_and_off_and_a_veto(adjustments: tuple[Adjustment, ...], total: str, grade: str) -> None:
    tree = Framework((leaf("甲", "100", HALF),), adjustments=adjustments)
    sheet, _ = score_sheet(tree, papers({"甲": chosen("88")}), {}, PROFILE)
    assert (str(sheet.total), sheet.grade, sheet.literal_grade) == (total, grade, grade)
    assert sheet.subtotal == D(88)


@pytest.mark.parametrize(
    "bad",
    [
        adjustment(AdjustmentKind.BONUS, "-3"),
        adjustment(AdjustmentKind.PENALTY, "3", ""),
        adjustment(AdjustmentKind.VETO, "0", " "),
    ],
)
def test_an_adjustment_without_points_or_reason_does_not_count(bad: Adjustment) -> None:
    tree = Framework((leaf("甲", "100", HALF),), adjustments=(bad,))
    sheet, findings = score_sheet(tree, papers({"甲": chosen("88")}), {}, PROFILE)
    assert (sheet.total, sheet.grade, sheet.adjustments) == (D(88), "良", ())
    assert "R311" in codes(findings)


def test_faults_of_the_tree_come_all_at_once() -> None:
    tree = Framework(
        (
            replace(node("甲", "50", leaf("乙", "50", HALF)), rubric=HALF),
            Indicator("乙", "乙", D(50)),
            leaf("合计", "0", checklist("1")),
        )
    )
    _, findings = score_sheet(tree, papers({"乙": chosen("5"), "已": chosen("5")}), {}, PROFILE)
    told = "\n".join(finding.found for finding in findings)
    for words in (
        "用了2次",
        "有下级指标又有评分标准",
        "末级指标没有评分标准",
        "已用于总分",
        "没有末级指标“已”",
        "分值为0分",
    ):
        assert words in told


def test_an_empty_framework_and_a_profile_without_grades() -> None:
    sheet, findings = score_sheet(Framework(), {}, {}, replace(PROFILE, bands=()))
    assert (sheet.total, sheet.grade) == (0, "")
    assert codes(findings) == ["R302", "R312"]


def test_a_stated_score_above_its_weight_is_an_error() -> None:
    _, findings = score_sheet(single(leaf("甲", "100", Stated(D(101), ""))), {}, {}, PROFILE)
    assert codes(findings) == ["R108", "R106", "R313"]
