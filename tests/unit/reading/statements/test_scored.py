"""Scores beside the formula that gives them."""

import pytest

from hengji.model.claim import Verdict
from hengji.model.reading import Span
from hengji.reading.statements.mentions import passage_of
from hengji.reading.statements.scored import scored


def verdicts(*texts: str) -> list[Verdict]:
    return [claim.verdict for claim in scored([passage_of(text, Span(0, len(text))) for text in texts])]


HEADING = "1.资金执行率（8分，得7.36分）"


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        ((f"{HEADING}。执行率92.00%，得分＝8×92.00%。",), Verdict.HELD),
        ((HEADING, "执行率92.00%，得分＝8×92.00%＝7.36分。"), Verdict.HELD),
        ((HEADING, "执行率96.00%，得分＝8×96.00%＝7.68分。"), Verdict.CONTRADICTED),
        (("满分8分，得7.63分。执行率92.00%，得分＝8分×92.00%。",), Verdict.CONTRADICTED),
    ],
)
def test_the_score_told_is_that_of_the_formula(texts: tuple[str, ...], verdict: Verdict) -> None:
    assert verdicts(*texts) == [verdict]


@pytest.mark.parametrize(
    "text",
    ["执行率96.00%，得分＝6×96.00%＝5.76分。", "执行率96.00%，得分＝8×96.00%，另扣0.32分。"],
)
def test_another_weight_or_a_further_deduction_tells_nothing(text: str) -> None:
    assert verdicts(HEADING, text) == []
