"""Standards that are printed badly: told, and still evaluated where they can be; impossible ones are errors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.scoring.evaluations import ARRIVAL_BANDS, checklist, grades
from tests.unit.scoring.test_shapes import LESS, SAVINGS, TIERS, TWO

from hengji.model.band import Band, Edge, QualitativeTier
from hengji.model.finding import Place, Severity
from hengji.model.rubric import (
    AllOrNothing,
    BandDeductions,
    Bands,
    ChangeRate,
    CostSaving,
    DefectDeductions,
    Discretionary,
    Equality,
    ExpertMethod,
    ExpertPanel,
    GradedJudgement,
    Interpolation,
    Inverse,
    LateDays,
    MissDeductions,
    OverFulfilment,
    PartialCredit,
    QualitativeTiers,
    Ratio,
    RecipientMethod,
    RecipientTotals,
    Rubric,
    Stated,
    StepDeductions,
    ThresholdRatio,
)
from hengji.scoring.faults import FAULTS
from hengji.scoring.rubrics import faults, printed_points

D = Decimal
IN, OUT = Edge.INCLUDED, Edge.EXCLUDED


def bands(*each: tuple[str, str | None, str | None, Edge, Edge]) -> Bands:
    return Bands("95%", tuple(Band(D(points), low, high, below, above) for points, low, high, below, above in each))


SOUND: tuple[tuple[Rubric, str], ...] = (
    (checklist("3", "3"), "6"),
    (MissDeductions(TWO, D(1)), "2"),
    (MissDeductions(TWO, D(3)), "4"),
    (AllOrNothing(TWO), "8"),
    (PartialCredit(TWO, D(2)), "4"),
    (Ratio("35", "36"), "8"),
    (ThresholdRatio("甲", "100%", IN), "8"),
    (Bands("95%", ARRIVAL_BANDS), "4"),
    (bands(("4", "60%", "100%", IN, IN), ("0", "0%", "60%", IN, OUT)), "4"),
    (BandDeductions("95%", LESS), "10"),
    (Bands("甲", (Band(D(4), "乙"), Band(D(0), None, "乙"))), "4"),
    (grades(好="4", 差="0"), "4"),
    (DefectDeductions(D(1)), "4"),
    (TIERS, "10"),
    (Interpolation("甲", "60%", "95%"), "8"),
    (CostSaving("100", "90", SAVINGS), "5"),
    (ChangeRate("100", "90", SAVINGS), "5"),
    (ExpertPanel(ExpertMethod.MEAN), "5"),
    (Stated(D(3), "表2"), "4"),
)


@pytest.mark.parametrize(("rubric", "weight"), SOUND, ids=lambda each: getattr(each, "SHAPE", each))
def test_a_sound_standard_has_no_faults(rubric: Rubric, weight: str) -> None:
    assert faults(rubric, D(weight)) == ()


FAULTY: tuple[tuple[Rubric, str, str, str], ...] = (
    (checklist("2"), "3", "R101", "合计（最高）2分，分值3分"),
    (checklist("2", "0", "1"), "3", "R108", "“要素2”的分数是0"),
    (MissDeductions(TWO, D(1)), "3", "R101", "全部不符合仍得1分"),
    (MissDeductions(TWO, D(5)), "3", "R107", "每次扣5分，分值只有3分"),
    (MissDeductions((), D(1)), "3", "R108", "没有列出要素"),
    (AllOrNothing(()), "3", "R108", "没有列出要素"),
    (PartialCredit(TWO, D(4)), "4", "R101", "部分符合得4分"),
    (PartialCredit(("一项",), D(2)), "4", "R106", "不存在“部分符合”"),
    (Ratio("35", "0"), "8", "R108", "目标写作0"),
    (ThresholdRatio("甲", "100%"), "3", "R104", "恰为100%时"),
    (ThresholdRatio("甲", "95%", IN), "3", "R105", "达到95%得3分，稍低只得2.85分"),
    (Bands("甲", ()), "0.01", "R108", "没有列出档次"),
    (bands(("4", "90%", None, IN, OUT), ("0", None, "80%", IN, OUT)), "4", "R102", "80%与90%之间没有档"),
    (bands(("4", "80%", None, IN, OUT), ("0", None, "90%", IN, OUT)), "4", "R103", "与前一档重叠"),
    (bands(("4", "80%", None, OUT, OUT), ("0", None, "80%", IN, OUT)), "4", "R104", "恰为80%时没有归属"),
    (bands(("4", "80%", None, IN, OUT), ("0", None, "80%", IN, IN)), "4", "R104", "恰为80%时同属两档"),
    (bands(("4", "80%", None, IN, OUT)), "4", "R102", "小于80%的数值没有档"),
    (bands(("4", "0%", "90%", IN, OUT)), "4", "R102", "不小于90%的数值没有档"),
    (bands(("4", "0%", "100%", IN, OUT)), "4", "R102", "不小于100%的数值没有档"),
    (bands(("4", "0%", "100%", OUT, IN)), "4", "R102", "不大于0%的数值没有档"),
    (bands(("4", None, None, IN, OUT), ("0", "100%", "90%", IN, OUT)), "4", "R108", "没有任何数值"),
    (
        bands(("0", "90%", None, IN, OUT), ("4", "80%", "90%", IN, OUT), ("2", None, "80%", IN, OUT)),
        "4",
        "R109",
        "2、4、0",
    ),
    (Bands("甲", (Band(D(4), "0"), Band(D(-1), None, "0"))), "4", "R108", "-1分"),
    (BandDeductions("甲", (Band(D(1), None, None),)), "4", "R108", "每一档都扣分"),
    (BandDeductions("甲", (Band(D(0), "0"), Band(D(9), None, "0"))), "4", "R107", "每次扣9分"),
    (GradedJudgement(()), "0.01", "R108", "没有列出等次"),
    (GradedJudgement((*grades(好="4").grades, *grades(好="4").grades)), "4", "R108", "列了2次"),
    (grades(好="4", 差="-1"), "4", "R108", "分数是-1"),
    (grades(好="3", 差="0"), "4", "R101", "3分，分值4分"),
    (DefectDeductions(D(0)), "4", "R108", "每次扣0分"),
    (Discretionary(), "5", "R106", "没有尺度"),
    (Inverse("甲", "5", "4"), "5", "R108", "上限4不大于目标5"),
    (OverFulfilment("甲", "5", "-1", "1"), "5", "R108", "容许幅度写作-1"),
    (OverFulfilment("甲", "5", "0", "1", "2"), "5", "R108", "最低比例写作2"),
    (Equality("甲", "5", "0"), "5", "R108", "偏差系数写作0"),
    (QualitativeTiers(()), "5", "R108", "没有列出档次"),
    (
        QualitativeTiers((QualitativeTier("好", D("0.5"), D("1.2")), QualitativeTier("差", D(0), D("0.5")))),
        "5",
        "R108",
        "到1.2",
    ),
    (
        QualitativeTiers((QualitativeTier("好", D("0.8"), D(1), IN), QualitativeTier("差", D(0), D("0.5")))),
        "5",
        "R102",
        "0.5与0.8之间",
    ),
    (Interpolation("甲", "5", "5"), "5", "R108", "同为5"),
    (StepDeductions("甲", "5", "0", D(1)), "5", "R108", "扣分单位写作0"),
    (LateDays("甲", "1", D(6)), "5", "R107", "每次扣6分"),
    (CostSaving("0", "甲", SAVINGS), "5", "R108", "计划成本写作0"),
    (CostSaving("1", "甲", (Band(D(5), "0%"),)), "5", "R102", "小于0%的数值没有档"),
    (ChangeRate("甲", "0", SAVINGS), "5", "R108", "基期数写作0"),
    (ChangeRate("甲", "1", (Band(D(5), None, "100%", IN, IN),)), "5", "R102", "大于100%的数值没有档"),
    (RecipientTotals(RecipientMethod.ABSOLUTE, ()), "5", "R108", "没有列出受益单位"),
    (Stated(D(6), "表2"), "5", "R108", "已公布得分6分"),
    (Stated(D(4), ""), "5", "R106", "没有写明来源"),
    (AllOrNothing(TWO), "0", "R108", "分值为0分"),
)


@pytest.mark.parametrize(("rubric", "weight", "code", "told"), FAULTY, ids=lambda each: getattr(each, "SHAPE", each))
def test_a_fault_of_the_standard_is_told_where_it_stands(rubric: Rubric, weight: str, code: str, told: str) -> None:
    place = Place("indicators.yaml", item="甲")
    found = [finding for finding in faults(rubric, D(weight), place) if finding.code == code]
    assert [finding.place for finding in found] == [place] * len(found)
    assert any(told in finding.found for finding in found)


def test_points_that_differ_from_the_weight_are_no_error_but_the_impossible_is() -> None:
    assert {finding.severity for finding in faults(checklist("2"), D(3))} == {Severity.WARNING}
    assert {finding.severity for finding in faults(AllOrNothing(()), D(3))} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("rubric", "points"),
    [
        (checklist("1.5", "1.5", "1", "1"), "5"),
        (grades(好="4", 差="0"), "4"),
        (Bands("甲", ARRIVAL_BANDS), "4"),
        (Ratio("甲"), None),
        (DefectDeductions(D(1)), None),
        (Stated(D(1), "表"), None),
    ],
    ids=lambda each: getattr(each, "SHAPE", each),
)
def test_the_printed_points_add_up(rubric: Rubric, points: str | None) -> None:
    assert printed_points(rubric) == (None if points is None else D(points))


def test_each_fault_has_its_own_code_and_says_why_and_what_to_do() -> None:
    assert len({fault.code for fault in FAULTS}) == len(FAULTS)
    assert all(fault.title and fault.why and fault.remedy for fault in FAULTS)
