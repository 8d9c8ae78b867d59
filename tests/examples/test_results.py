"""What the three evaluations come to, and how that differs from what was published."""

import pytest

from hengji.model.evaluation import Evaluation
from hengji.model.figure import display
from hengji.model.finding import Severity
from tests.examples.conftest import evaluation_of


def scores(evaluation: Evaluation) -> list[str]:
    return [f"{score.awarded:f}" for score in evaluation.sheet.scores]


def shown(name: str, figure: str, unit: str = "") -> str:
    return display(evaluation_of(name).figures[figure], unit)


def test_no_example_has_an_error(evaluation: Evaluation) -> None:
    errors = [finding for finding in evaluation.findings if finding.severity is Severity.ERROR]
    assert [f"{error.code} {error.place} {error.message}" for error in errors] == []


def test_yangquan_is_good_and_nothing_is_invented_below_level_one() -> None:
    evaluation = evaluation_of("yangquan-2022")
    sheet = evaluation.sheet
    assert (f"{sheet.total:f}", sheet.grade) == ("86.39", "良")
    assert scores(evaluation) == ["18.50", "24.92", "34.97", "8.00"]
    assert (sheet.literal_total, sheet.literal_grade) == (None, "")
    assert all(score.children == () for score in sheet.scores)
    rates = [shown("yangquan-2022", f"得分率.{score.indicator.id}") for score in sheet.scores]
    assert rates == ["92.50%", "83.07%", "87.43%", "80.00%"]


def test_yangquan_funds_at_both_cut_off_dates() -> None:
    figures = {
        "资金.年初预算": "626.00万元",
        "资金.到位": "567.00万元",
        "资金.拨付@年末": "359.00万元",
        "资金.拨付": "541.50万元",
        "资金.到位.省级": "306.00万元",
        "资金.到位.市级": "167.00万元",
        "资金.到位.区级": "94.00万元",
        "资金.拨付.区级": "68.50万元",
        "资金.未到位": "59.00万元",
        "资金.结余": "25.50万元",
    }
    assert {key: shown("yangquan-2022", key) for key in figures} == figures


def test_boshan_is_good_by_award_and_by_standard() -> None:
    evaluation = evaluation_of("boshan-2021")
    sheet = evaluation.sheet
    assert (f"{sheet.total:f}", sheet.grade) == ("85.78", "良")
    assert (f"{sheet.literal_total:f}", sheet.literal_grade) == ("85.78", "良")
    assert scores(evaluation) == ["10.00", "22.71", "25.00", "28.07"]
    leaves = [leaf for top in sheet.scores for node in top.children for leaf in (node.children or (node,))]
    assert len(leaves) == len(evaluation.dossier.papers) == 23


@pytest.mark.parametrize(
    ("figure", "unit", "value"),
    [
        ("资金.年初预算", "", "568.20万元"),
        ("资金.到位", "", "251.28万元"),
        ("资金.落实", "", "214.61万元"),
        ("资金.未落实", "", "36.67万元"),
        ("资金.预算执行率", "", "85.41%"),
        ("补助.运营补助2020.应补", "元", "108,100.00元"),
        ("补助.运营补助2020.应补.省级", "元", "65,400.00元"),
        ("补助.一次性建设补助.应补.省级", "元", "486,000.00元"),
        ("补助.一次性建设补助.应补.市级", "元", "216,000.00元"),
        ("补助.一次性建设补助.应补.区级", "元", "108,000.00元"),
        ("补助.幸福院奖补2021.应补", "元", "26,000.00元"),
        ("问卷.机构满意度.综合满意率", "", "67.86%"),
        ("问卷.老人满意度.综合满意率", "", "93.57%"),
        ("得分.机构满意度", "", "3.39分"),
        ("得分.老人满意度", "", "4.68分"),
        ("目标.预算合计", "", "568.20万元"),
    ],
)
def test_boshan_figures(figure: str, unit: str, value: str) -> None:
    assert shown("boshan-2021", figure, unit) == value


def test_weiyang_flips_its_grade_by_four_indicators() -> None:
    evaluation = evaluation_of("weiyang-2020")
    sheet = evaluation.sheet
    assert (f"{sheet.total:f}", sheet.grade) == ("88.50", "良")
    assert (f"{sheet.literal_total:f}", sheet.literal_grade) == ("79.78", "中")
    assert scores(evaluation) == ["16.00", "20.00", "22.50", "30.00"]
    flips = {flip.indicator.name: (f"{flip.awarded:f}", f"{flip.literal:f}") for flip in sheet.flips}
    assert flips == {
        "补助机构完成数": ("8.00", "7.78"),
        "资金发放及时性": ("4.00", "0.00"),
        "档案资料完整性": ("3.50", "0.00"),
        "资金使用合规性": ("3.00", "2.00"),
    }


@pytest.mark.parametrize(
    ("figure", "unit", "value"),
    [
        ("资金.到位", "", "295.43万元"),
        ("资金.拨付", "", "294.33万元"),
        ("资金.结余", "", "1.10万元"),
        ("资金.到位.省级", "", "74.90万元"),
        ("资金.到位.市级", "", "202.53万元"),
        ("资金.到位.区级", "", "18.00万元"),
    ],
)
def test_weiyang_figures(figure: str, unit: str, value: str) -> None:
    assert shown("weiyang-2020", figure, unit) == value


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("boshan-2021", "决策得分为8分"),
        ("boshan-2021", "过程得分为24.71分"),
        ("boshan-2021", "养老机构满意度得分为6.79分"),
        ("boshan-2021", "综合满意率为67.88%"),
        ("weiyang-2020", "床位数为681张"),
        ("weiyang-2020", "机构数为6家"),
        ("weiyang-2020", "为25.10万元"),
    ],
)
def test_differences_from_what_was_published_are_findings(name: str, said: str) -> None:
    differences = [finding.message for finding in evaluation_of(name).findings if finding.code == "t701"]
    assert any(said in message for message in differences), differences
