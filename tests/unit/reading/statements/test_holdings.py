"""What is owned, owed, and left of it."""

import pytest

from hengji.model.claim import Verdict
from hengji.model.reading import Span
from hengji.reading.statements.holdings import holdings
from hengji.reading.statements.mentions import passage_of


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in holdings(passage_of(text, Span(0, len(text))))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("年末资产总额820.50万元，负债总额120.30万元，净资产700.20万元。", Verdict.HELD),
        ("资产总计8.2亿元，负债1.2亿元，净资产70,200万元。", Verdict.HELD),
        ("年末资产总额820.50万元，负债总额120.30万元，净资产702.00万元。", Verdict.CONTRADICTED),
    ],
)
def test_net_assets_are_what_is_not_owed(text: str, verdict: Verdict) -> None:
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "固定资产总额820.50万元，负债总额120.30万元，净资产900.00万元。",
        "年初资产总额800万元，年末资产总额820万元，负债总额120万元，净资产680万元。",
        "年末资产总额820万元，负债总额120万元，年初净资产680万元。",
    ],
)
def test_assets_of_one_kind_or_another_time_tell_nothing(text: str) -> None:
    assert verdicts(text) == []
