"""The evaluation norms that ship: every value has a source, the local one wins, and nothing is missing at the top."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengji.model.ledger import FundStage
from hengji.model.profile import Profile, RollUp
from hengji.storage.packs import Norms, norms, profiles

KNOWN, FINDINGS = profiles()
IDS = sorted(KNOWN)


def resolved(profile_id: str) -> Norms:
    found, findings = norms(profile_id, KNOWN)
    assert findings == ()
    assert found is not None
    return found


def threshold(profile: Profile, name: str) -> Decimal:
    return next(each.value for each in profile.thresholds if each.name == name)


def test_all_profiles_read_without_findings() -> None:
    assert FINDINGS == ()
    assert set(IDS) == {"国家项目", "国家政策", "博山项目", "未央项目", "阳泉政策"}


@pytest.mark.parametrize("profile_id", IDS)
def test_a_resolved_profile_is_complete(profile_id: str) -> None:
    profile = resolved(profile_id).profile
    assert profile.execution is not None
    assert profile.layout is not None
    assert profile.layout.id == "GB/T 9704-2012"
    assert profile.roll_up is RollUp.ROUND_EACH
    assert len({plan.id for plan in profile.outline}) == len(profile.outline) > 0


@pytest.mark.parametrize("profile_id", IDS)
def test_every_value_says_where_it_comes_from(profile_id: str) -> None:
    profile = resolved(profile_id).profile
    assert profile.source
    assert profile.execution is not None
    assert profile.execution.source
    assert all(each.source for each in profile.thresholds)


@pytest.mark.parametrize("profile_id", IDS)
@pytest.mark.parametrize(
    ("score", "grade"),
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
def test_bands_partition_the_scale(profile_id: str, score: str, grade: str) -> None:
    bands = sorted(resolved(profile_id).profile.bands, key=lambda band: band.low, reverse=True)
    assert next(band.name for band in bands if Decimal(score) >= band.low) == grade


@pytest.mark.parametrize(
    ("profile_id", "numerator", "denominator"),
    [
        ("国家项目", FundStage.DISBURSED, FundStage.ARRIVED),
        ("博山项目", FundStage.LANDED, FundStage.ADJUSTED_BUDGET),
        ("未央项目", FundStage.DISBURSED, FundStage.INITIAL_BUDGET),
        ("阳泉政策", FundStage.DISBURSED, FundStage.ARRIVED),
    ],
)
def test_each_place_has_its_own_execution_rate(profile_id: str, numerator: FundStage, denominator: FundStage) -> None:
    execution = resolved(profile_id).profile.execution
    assert execution is not None
    assert (execution.numerator, execution.denominator) == (numerator, denominator)


def test_the_local_profile_says_where_it_spoke() -> None:
    origins = resolved("博山项目").origins
    assert origins["execution"] == "淄博市博山区财政重点项目绩效评价"
    assert origins["bands"] == "项目支出绩效评价管理办法（财预〔2020〕10号）"


def test_a_project_asks_for_sixty_points_of_output_and_benefit_and_yangquan_for_forty_of_effect() -> None:
    assert threshold(resolved("博山项目").profile, "产出与效益合计下限") == 60
    assert threshold(resolved("阳泉政策").profile, "产出与效益合计下限") == 40


def test_numbers_without_a_national_rule_say_so() -> None:
    sources = {each.name: each.source for each in resolved("国家项目").profile.thresholds}
    assert threshold(resolved("国家项目").profile, "偏差说明阈值") == Decimal("0.30")
    assert threshold(resolved("国家项目").profile, "小样本") == 30
    assert "没有规定" in sources["偏差说明阈值"]
    assert "没有规定" in sources["小样本"]
