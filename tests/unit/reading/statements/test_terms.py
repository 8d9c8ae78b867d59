"""Terms kept or missed by so many days."""

import pytest

from hengji.model.claim import Verdict
from hengji.model.reading import Span
from hengji.reading.statements.mentions import passage_of
from hengji.reading.statements.terms import terms


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in terms(passage_of(text, Span(0, len(text))))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("名单公示5天，比规定的7天少2天。", Verdict.HELD),
        ("名单公示5天，比规定的7天少3天。", Verdict.CONTRADICTED),
        ("审核用时26个工作日，比规定的20个工作日超6个工作日。", Verdict.HELD),
        ("审核用时26个工作日，比规定的20个工作日超出9个工作日。", Verdict.CONTRADICTED),
        ("工期80天，比合同工期90天提前10天。", Verdict.HELD),
    ],
)
def test_days_off_the_term_are_its_difference(text: str, verdict: Verdict) -> None:
    assert verdicts(text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "审核用时约26天，比规定的20天多5天。",
        "审核用时26天，比规定的20个工作日多4天。",
        "名单公示5天。意见反馈比规定的7天少3天。",
    ],
)
def test_days_of_another_kind_or_sentence_tell_nothing(text: str) -> None:
    assert verdicts(text) == []
