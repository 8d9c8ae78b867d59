"""Boshan's table 11 out of ledger rows: what the district paid out is not what the homes received."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from hengji.funds.figures import fund_figures
from hengji.funds.holdings import flows, holdings
from hengji.funds.reading import read_ledger
from hengji.model.deadline import TermUnit
from hengji.model.figure import Figure, Figures, display
from hengji.model.ledger import FundStage, Ledger
from hengji.model.money import Money, round_to
from hengji.model.period import CutOff
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Programme, Tier

STEP = "{day},{stage},{programme},{tier},{amount},{source},{payer},{payee}\n"
HEADER = "日期,环节,项目,层级,金额（元）,资金来源,付款方,收款方\n"
# programme, tier, amount in yuan, source, day of payment, day on which the home had it
MONEY = (
    ("适老化改造", "中央", "108000", "彩票公益金", "2021-12-17", "2021-12-17"),
    ("运营补助2020", "省级", "11000", "一般公共预算", "2021-01-04", "2021-01-20"),
    ("运营补助2020", "省级", "54400", "福彩公益金", "2021-01-04", "2021-01-20"),
    ("运营补助2020", "市级", "36300", "", "2021-01-04", ""),
    ("运营补助2020", "区级", "6400", "", "2021-01-04", ""),
    ("运营奖补2021", "省级", "837,620", "", "2021-08-20", "2021-08-20"),
    ("运营奖补2021", "省级", "623,090", "", "2021-08-25", "2021-09-09"),
    ("幸福院奖补2021", "省级", "24000", "", "2021-08-26", "2021-08-26"),
    ("幸福院奖补2021", "市级", "2000", "", "2021-08-26", "2021-08-26"),
    ("一次性建设补助", "省级", "239000", "一般公共预算", "2021-01-04", "2021-01-20"),
    ("一次性建设补助", "省级", "247000", "福彩公益金", "2021-01-04", "2021-01-20"),
    ("一次性建设补助", "市级", "216000", "", "2021-01-04", ""),
    ("一次性建设补助", "区级", "108000", "", "2021-01-04", ""),
)
THROUGH_THE_STREET = ("运营补助2020", "一次性建设补助")
CUTOFFS = (CutOff("年末", date(2021, 12, 31)),)
BASE = ExecutionBase(FundStage.LANDED, FundStage.ADJUSTED_BUDGET, "评价方案")


def rows() -> str:
    text = HEADER + "2021-01-01,年初预算,,合计,5682000,,,\n"
    for programme, tier, amount, source, paid, landed in MONEY:
        street = programme in THROUGH_THE_STREET
        steps = [("调整预算", paid, "", ""), ("到位", paid, "", "区财政局")]
        steps.append(("拨付", paid, "区财政局", "城西街道" if street else "养老机构"))
        if landed:
            steps.append(("落实", landed, "城西街道" if street else "区财政局", "养老机构"))
        for stage, day, payer, payee in steps:
            text += STEP.format(
                day=day,
                stage=stage,
                programme=programme,
                tier=tier,
                amount=f'"{amount}"',
                source=source,
                payer=payer,
                payee=payee,
            )
    return text


def value(figure: Figure) -> Fraction:
    assert isinstance(figure.value, Fraction)
    return figure.value


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    read, found = read_ledger("funds.csv", rows().encode())
    assert found == ()
    return read


@pytest.fixture(scope="module")
def figures(ledger: Ledger) -> Figures:
    names = dict.fromkeys(programme for programme, *_ in MONEY)
    made, found = fund_figures(ledger, [Programme(name, name) for name in names], CUTOFFS, BASE)
    assert [finding.code for finding in found] == ["F206"]  # the initial budget is known only in total
    return made


@pytest.mark.parametrize(
    ("figure", "yuan"),
    [
        ("资金.年初预算", 5_682_000),
        ("资金.调整预算", 2_512_810),
        ("资金.到位", 2_512_810),
        ("资金.拨付", 2_512_810),
        ("资金.落实", 2_146_110),
        ("资金.未落实", 366_700),
        ("资金.未到位", 0),
        ("资金.结余", 0),
        ("资金.拨付.运营补助2020", 108_100),
        ("资金.落实.运营补助2020", 65_400),
        ("资金.未落实.运营补助2020", 42_700),
        ("资金.未落实.一次性建设补助", 324_000),
        ("资金.未落实.一次性建设补助.市级", 216_000),
        ("资金.落实.一次性建设补助.区级", 0),
        ("资金.拨付.运营奖补2021", 1_460_710),
        ("资金.未落实.省级", 0),
        ("资金.拨付.中央", 108_000),
    ],
)
def test_table_11_comes_out_of_the_rows(figures: Figures, figure: str, yuan: int) -> None:
    assert figures[figure].value == Money.yuan(yuan)


def test_what_went_through_the_street_and_what_went_straight(figures: Figures) -> None:
    through = sum((value(figures[f"资金.拨付.{name}"]) for name in THROUGH_THE_STREET), Fraction(0))
    landed = sum((value(figures[f"资金.落实.{name}"]) for name in THROUGH_THE_STREET), Fraction(0))
    assert through == Money.yuan(918_100)
    assert landed == Money.yuan(551_400)
    assert value(figures["资金.拨付"]) - through == Money.yuan(1_594_710)
    assert round_to(landed / through * 100, 2) == Decimal("60.06")


def test_the_rates_with_their_three_denominators(figures: Figures) -> None:
    printed = {name: display(figures[f"资金.{name}"]) for name in ("预算执行率", "执行率按到位", "执行率按年初预算")}
    assert printed == {"预算执行率": "85.41%", "执行率按到位": "85.41%", "执行率按年初预算": "37.77%"}
    assert figures["资金.预算执行率"].formula == "落实÷调整预算×100%"
    assert figures["资金.预算执行率"].inputs == ("资金.落实", "资金.调整预算")
    assert figures["资金.预算执行率"].sources[0].reference == "评价方案"


def test_who_paid_whom(ledger: Ledger) -> None:
    paid = {(flow.stage.value, flow.payer, flow.payee): flow.amount for flow in flows(ledger, CUTOFFS[0].date)}
    assert paid["拨付", "区财政局", "城西街道"] == Money.yuan(918_100)
    assert paid["落实", "城西街道", "养老机构"] == Money.yuan(551_400)
    assert paid["拨付", "区财政局", "养老机构"] == Money.yuan(1_594_710)


def test_what_the_street_still_holds_and_since_when(ledger: Ledger, figures: Figures) -> None:
    waiting = [holding for holding in holdings(ledger, CUTOFFS[0].date) if holding.went is None]
    assert sum(holding.amount for holding in waiting) == Money.yuan(366_700)
    assert {holding.came.tier for holding in waiting} == {Tier.CITY, Tier.DISTRICT}
    assert {holding.days for holding in waiting} == {361}
    assert figures["资金.滞留天数.落实"].value == 361
    assert figures["资金.滞留天数.落实.运营补助2020.省级"].value == 16
    provincial = next(holding for holding in holdings(ledger, None) if holding.days == 16)
    assert provincial.late(10, TermUnit.WORKING_DAYS) == 2
