"""Weiyang's funds table out of ledger rows. Payments are published by month: they stand on its last day."""

from datetime import date

import pytest

from hengji.funds.figures import fund_figures
from hengji.funds.reading import read_ledger
from hengji.model.figure import Figures, display
from hengji.model.finding import Finding
from hengji.model.ledger import FundStage
from hengji.model.period import CutOff
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Programme

LEDGER = """日期,环节,项目,层级,金额（万元）,资金来源,文号,付款方,收款方
2020-12-31,年初预算,建设补助2020,市级,43,,,,
2020-12-31,年初预算,建设补助2020,区级,18,,,,
2020-12-31,年初预算,运营补助2019,市级,151.47,,,,
2020-12-31,年初预算,核酸检测,市级,8.06,,,,
2020-12-31,年初预算,省级建设补助2019,省级,74.9,,,,
2020-12-31,到位,建设补助2020,市级,43,,,区财政局,区民政局
2020-12-31,到位,建设补助2020,区级,18,,,区财政局,区民政局
2020-01-14,到位,运营补助2019,市级,93,,未财函〔2020〕18号,区财政局,区民政局
2020-12-31,到位,运营补助2019,市级,58.47,,,区财政局,区民政局
2020-12-28,到位,核酸检测,市级,8.06,,市财函〔2020〕2652号,区财政局,区民政局
2020-07-16,下达,省级建设补助2019,省级,74.9,社会福利补助资金,,市财政局,区财政局
2020-08-21,到位,省级建设补助2019,省级,74.9,社会福利补助资金,,区财政局,区民政局
2021-07-31,拨付,建设补助2020,市级,43,,,区民政局,养老机构
2021-07-31,拨付,建设补助2020,区级,18,,,区民政局,养老机构
2021-07-31,拨付,运营补助2019,市级,151.47,,,区民政局,养老机构
2021-07-31,拨付,核酸检测,市级,8.06,,,区民政局,养老机构
2021-07-31,拨付,省级建设补助2019,省级,73.8,社会福利补助资金,,区民政局,养老机构
"""
BASE = ExecutionBase(FundStage.DISBURSED, FundStage.INITIAL_BUDGET, "指标评分标准")
Result = tuple[Figures, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def result() -> Result:
    ledger, found = read_ledger("funds.csv", LEDGER.encode("gb18030"))
    assert found == ()
    names = ("建设补助2020", "运营补助2019", "核酸检测", "省级建设补助2019")
    return fund_figures(ledger, [Programme(name, name) for name in names], (), BASE)


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("资金.到位", "295.43万元"),
        ("资金.拨付", "294.33万元"),
        ("资金.结余", "1.10万元"),
        ("资金.到位.省级", "74.90万元"),
        ("资金.到位.市级", "202.53万元"),
        ("资金.到位.区级", "18.00万元"),
        ("资金.到位.建设补助2020", "61.00万元"),
        ("资金.拨付.省级建设补助2019", "73.80万元"),
        ("资金.结余.省级建设补助2019.省级", "1.10万元"),
        ("资金.预算执行率", "99.63%"),
        ("资金.预算执行率.省级建设补助2019", "98.53%"),
        ("资金.到位率", "100.00%"),
        ("资金.下达.省级建设补助2019", "74.90万元"),
        ("资金.滞留天数.到位.省级建设补助2019", "36天"),
    ],
)
def test_the_funds_table_comes_out_of_the_rows(result: Result, figure: str, printed: str) -> None:
    figures, _ = result
    assert display(figures[figure]) == printed


def test_a_stage_recorded_for_one_sub_project_only_has_no_total(result: Result) -> None:
    figures, found = result
    assert figures["资金.下达"].value is None
    assert figures["资金.下达.市级"].value is None
    assert [(finding.code, finding.place.item) for finding in found] == [
        ("F208", "建设补助2020"),
        ("F208", "运营补助2019"),
        ("F208", "核酸检测"),
    ]


def test_a_stage_that_nobody_recorded_is_not_zero(result: Result) -> None:
    figures, _ = result
    assert figures["资金.落实"].value is None
    assert figures["资金.未落实"].value is None
    assert "资金.落实.省级" not in figures


def test_at_the_end_of_2020_everything_was_still_held() -> None:
    ledger, _ = read_ledger("funds.csv", LEDGER.encode())
    figures, _ = fund_figures(ledger, (), [CutOff("2020年末", date(2020, 12, 31))], BASE)
    assert display(figures["资金.拨付@2020年末"]) == "0.00万元"
    assert display(figures["资金.结余@2020年末"]) == "295.43万元"
    assert display(figures["资金.滞留天数.拨付.省级建设补助2019"]) == "132天"
