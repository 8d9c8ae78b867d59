"""What moves on and when: first in, first out, claw-backs, and the faults of a ledger."""

from datetime import date

from hengji.funds.balances import WHOLE, Scope, budget_stage, check_totals, positions, rests_of
from hengji.funds.figures import fund_figures
from hengji.funds.holdings import check_movements, holdings
from hengji.funds.reading import read_ledger
from hengji.model.ledger import FundStage, Ledger
from hengji.model.money import Money
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Tier

BASE = ExecutionBase(FundStage.DISBURSED, FundStage.ARRIVED, "测试口径")


def ledger_of(table: str) -> Ledger:
    """One row a line: date stage programme tier amount in yuan."""
    rows = "".join(f"{','.join(line.split())}\n" for line in table.strip().splitlines())
    ledger, found = read_ledger("funds.csv", f"日期,环节,项目,层级,金额（元）\n{rows}".encode())
    assert found == ()
    return ledger


def moved(ledger: Ledger, cutoff: date | None = None) -> list[tuple[int, int, bool]]:
    """Yuan, days, and whether it went on."""
    return [(held.amount // 100, held.days, held.went is not None) for held in holdings(ledger, cutoff)]


def test_a_payment_in_part_answers_for_the_oldest_money() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 6000
        2021-02-01 到位 甲 省级 4000
        2021-02-11 拨付 甲 省级 7000
    """)
    assert moved(ledger, date(2021, 3, 1)) == [(6000, 41, True), (1000, 10, True), (3000, 28, False)]


def test_tiers_and_sub_projects_do_not_pay_for_each_other() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 6000
        2021-01-01 到位 甲 市级 6000
        2021-01-01 到位 乙 省级 6000
        2021-01-02 拨付 甲 省级 6000
        2021-01-09 拨付 甲 市级 6000
    """)
    assert moved(ledger) == [(6000, 1, True), (6000, 8, True), (6000, 8, False)]


def test_money_taken_back_comes_off_the_latest() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 6000
        2021-02-01 到位 甲 省级 4000
        2021-03-01 到位 甲 省级 -5000
        2021-03-11 拨付 甲 省级 5000
    """)
    assert moved(ledger) == [(5000, 69, True)]
    assert check_movements(ledger) == ()


def test_more_taken_back_than_was_there() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 6000
        2021-03-01 到位 甲 省级 -6500
    """)
    found = check_movements(ledger)
    assert [(finding.code, finding.place.line) for finding in found] == [("F201", 3)]
    assert "累计为-0.05万元" in found[0].found


def test_more_paid_than_had_come_and_paid_before_it_came() -> None:
    ledger = ledger_of("""
        2021-01-01 下达 甲 省级 6000
        2021-02-01 到位 甲 省级 6000
        2021-01-20 拨付 甲 省级 6500
    """)
    found = check_movements(ledger)
    assert [(finding.code, finding.place.line) for finding in found] == [("F203", 4), ("F202", 4)]
    assert found[0].found == "2021年1月20日拨付的资金到2021年2月1日才到位"
    assert "多0.05万元" in found[1].found


def test_the_adjusted_budget_holds_from_the_day_it_is_made() -> None:
    ledger = ledger_of("""
        2021-01-01 年初预算 甲 省级 9000
        2021-06-01 调整预算 甲 省级 5000
        2021-07-01 到位 甲 省级 4000
    """)
    assert budget_stage(ledger, date(2021, 5, 31)) is FundStage.INITIAL_BUDGET
    assert budget_stage(ledger, None) is FundStage.ADJUSTED_BUDGET
    figures, found = fund_figures(ledger, (), (), BASE)
    assert figures["资金.未到位"].value == Money.yuan(1000)
    assert figures["资金.未到位"].formula == "调整预算－到位"
    assert figures["资金.拨付"].value is None
    assert found == ()


def test_totals_inside_totals_count_once() -> None:
    ledger = ledger_of("""
        2021-12-31 拨付 甲 合计 3000
        2021-12-31 拨付 甲、乙 合计 5000
        2021-12-31 拨付 甲 省级 1000
        2021-12-31 拨付 丙 省级 2000
    """)
    disbursed = positions(ledger, None)[FundStage.DISBURSED]
    assert disbursed[WHOLE].amount == Money.yuan(7000)
    assert disbursed[Scope("丙")].amount == Money.yuan(2000)
    assert disbursed[Scope("甲")].amount is None  # a part of the 5000 may be for it
    assert disbursed[Scope(tier=Tier.PROVINCE)].amount is None


def test_a_total_made_up_of_its_parts_adds_nothing() -> None:
    ledger = ledger_of("""
        2021-12-31 拨付 甲 合计 3000
        2021-12-31 拨付 甲、乙 合计 5000
        2021-12-31 拨付 乙 省级 2000
    """)
    disbursed = positions(ledger, None)[FundStage.DISBURSED]
    assert disbursed[WHOLE].amount == Money.yuan(5000)
    assert disbursed[Scope("乙")].amount == Money.yuan(2000)
    assert [rest.amount for rest in rests_of(ledger, FundStage.DISBURSED, None)] == [Money.yuan(3000)]
    assert check_totals(ledger) == ()


def test_of_two_totals_of_one_group_the_later_holds() -> None:
    ledger = ledger_of("""
        2021-12-31 拨付 甲 合计 5000
        2021-06-30 拨付 甲 合计 3000
        2021-12-31 到位 甲 省级 9000
    """)
    days = (date(2021, 6, 29), date(2021, 6, 30), None)
    assert [positions(ledger, day)[FundStage.DISBURSED][WHOLE].amount for day in days] == [0, 300_000, 500_000]


def test_entries_that_make_up_a_total_agree_with_it() -> None:
    ledger = ledger_of("""
        2021-12-31 拨付 甲 合计 5000
        2021-12-31 拨付 甲 省级 5000
    """)
    assert check_totals(ledger) == ()


def test_a_rate_over_nothing_is_not_made_for_a_part() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 5000
        2021-01-02 拨付 甲 省级 5000
        2021-01-02 到位 乙 市级 0
    """)
    figures, _ = fund_figures(ledger, (), (), BASE)
    assert figures["资金.预算执行率.甲"].value == 1
    assert figures["资金.拨付.乙"].value == 0
    assert "资金.预算执行率.乙" not in figures


def test_totals_that_cut_through_each_other() -> None:
    ledger = ledger_of("""
        2021-12-31 拨付 甲、乙 合计 3000
        2021-12-31 拨付 乙、丙 合计 5000
    """)
    found = check_totals(ledger)
    assert [(finding.code, finding.place.line) for finding in found] == [("F205", 3)]
    assert positions(ledger, None)[FundStage.DISBURSED][WHOLE].amount == Money.yuan(3000)


def test_a_rate_over_nothing_is_left_out_with_a_reason() -> None:
    ledger = ledger_of("""
        2021-01-01 年初预算 甲 省级 9000
        2021-01-01 到位 甲 省级 0
    """)
    figures, found = fund_figures(ledger, (), (), BASE)
    assert figures["资金.预算执行率"].value is None
    assert figures["资金.到位率"].value == 0
    assert "F207" in [finding.code for finding in found]


def test_a_rate_that_one_sub_project_leaves_unknown_names_it() -> None:
    ledger = ledger_of("""
        2021-01-01 到位 甲 省级 9000
        2021-02-01 拨付 甲 省级 9000
        2021-02-01 拨付 乙 省级 5000
    """)
    _, found = fund_figures(ledger, (), (), BASE)
    said = [finding.found for finding in found if finding.code == "F207"]
    assert said == ["预算执行率无法计算：“乙”没有“到位”分录"]


def test_an_empty_ledger_has_totals_without_values_and_no_faults() -> None:
    figures, found = fund_figures(Ledger(), (), (), BASE)
    assert found == ()
    assert figures["资金.到位"].value is None
    assert figures["资金.预算执行率"].value is None
