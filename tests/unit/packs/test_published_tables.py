"""The published tables are cases of the schemes, and come out to the fen."""

from __future__ import annotations

from fractions import Fraction

from hengji.engines.reference import calculate
from hengji.model.money import Money
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.outcome import Outcome
from hengji.storage.policy_packs import policy_source


def published(name: str, place: int = 0) -> Outcome:
    """The outcome of a case; the published one stands first."""
    source = policy_source(name)
    assert source is not None
    policy, _ = read_policy(source)
    assert policy is not None
    empty = {each.name: Table(each.name, each.columns, ()) for each in policy.tables.values()}
    outcome, findings = calculate(policy, empty | dict(policy.cases[place].tables))
    assert findings == ()
    return outcome


def due(outcome: Outcome) -> dict[str, Money]:
    return {tier.value: amount for tier, amount in outcome.totals.items()}


def test_boshan_2020_operation_thirteen_six_and_twenty_one_residents() -> None:
    outcome = published("zb-2")
    by_class = {1000: 0, 1850: 0, 4000: 0}
    for row in outcome.rows[:-1]:
        by_class[row.total // 100] += row.total
    assert by_class == {1000: Money.yuan(13_000), 1850: Money.yuan(11_100), 4000: Money.yuan(84_000)}
    assert outcome.total == Money.yuan(108_100)
    assert due(outcome) == {"省级": Money.yuan(65_400), "市级": Money.yuan(36_300), "区级": Money.yuan(6_400)}


def test_boshan_the_forty_first_resident_is_refused_with_the_clause() -> None:
    last = published("zb-2").rows[40]
    assert [reason.code for reason in last.reasons] == ["zb-2.入住老年人.年满六十周岁"]
    assert "鲁民〔2016〕44号" in last.reasons[0].source
    assert last.total == 0


def test_boshan_2021_operation_paid_amounts_stay_below_a_full_year() -> None:
    ceilings = published("zb-3").recipients
    paid = {
        "康寿源生态养老中心": 12_640, "源泉长寿山医养健康园": 533_170, "陶琉大观园老年公寓": 90_240,
        "珑山社区老年公寓": 39_520, "博山老年人养护院": 699_380, "北山老年养护中心": 28_880, "逸乐老年养护院": 56_880,
    }  # fmt: skip
    assert sum(paid.values()) == 1_460_710
    shares = {name: Fraction(Money.yuan(amount), sum(ceilings[name].values())) for name, amount in paid.items()}
    assert all(Fraction(79, 100) <= share <= Fraction(94, 100) for share in shares.values())


def test_boshan_2021_operation_seventy_nine_person_months_of_moderate_disability() -> None:
    assert published("zb-3", 1).total == Money.yuan(12_640)


def test_boshan_happiness_homes_and_beds() -> None:
    assert published("zb-4").total == Money.yuan(26_000)
    assert due(published("zb-5")) == {
        "省级": Money.yuan(486_000),
        "市级": Money.yuan(216_000),
        "区级": Money.yuan(108_000),
    }


def test_boshan_retrofit_stays_below_purchases_and_earmarked_money() -> None:
    outcome = published("zb-1")
    assert outcome.rows[0].values["采购支出"] == Money.yuan(109_388)
    assert outcome.total == Money.yuan(108_000)


def test_boshan_goal_form_adds_up() -> None:
    outcome = published("zb-f")
    lines = {name: sum(tiers.values()) for name, tiers in outcome.recipients.items()}
    assert list(lines.values()) == [Money.wan(amount) for amount in ("260", "55", "150", "42", "9.6", "30", "21.6")]
    assert due(outcome)["区级"] == Money.wan(77)
    assert due(outcome)["省级"] + due(outcome)["市级"] == Money.wan("491.2")


def test_yangquan_halves_of_the_six_provincial_stations() -> None:
    outcome = published("yq-1")
    province = [Money.wan(amount) for amount in (46, 72, 43, 64, 46, 35)]
    for row, whole in zip(outcome.rows, province, strict=True):
        assert list(row.due.values()) == [whole, whole.share(Fraction(1, 2)), whole.share(Fraction(1, 2))]


def test_yangquan_the_small_city_station_has_a_district_share_that_was_never_printed() -> None:
    assert due(published("yq-3")) == {"市级": Money.wan(14), "区级": Money.wan(21)}


def test_weiyang_nine_cells_of_person_times() -> None:
    outcome = published("xa-2")
    cells = [469_350, 212_500, 250_880, 153_100, 31_040, 5_400, 293_120, 81_900, 17_400]
    assert [row.total for row in outcome.rows] == [Money.yuan(cell) for cell in cells]
    assert outcome.total == Money.yuan(1_514_690)


def test_weiyang_tests_and_beds() -> None:
    assert published("xa-3").total == Money.yuan(80_625)
    assert due(published("xa-1")) == {"市级": Money.wan(43), "区级": Money.wan(43)}
    assert [row.total for row in published("xa-4").rows] == [Money.wan(144), Money.wan("3.6"), 0]
