"""Several changes in a row, and means of rates in a row."""

import pytest

from hengji.model.claim import Verdict
from hengji.model.reading import Span
from hengji.reading.statements.mentions import passage_of
from hengji.reading.statements.rows import rows


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in rows(passage_of(text, Span(0, len(text))))]


@pytest.mark.parametrize(
    "text",
    [
        "2021年至2023年分别支出800万元、880万元、924万元，后两年分别比上年增长10%、5%。",
        "2021年支出800万元，2022年支出880万元，2023年支出924万元，后两年分别增加80万元、44万元。",
        "上年甲、乙两镇分别支出100万元、80万元，本年分别支出110万元、72万元，分别增长10%、下降10%。",
        "甲镇由100万元增加到110万元，乙镇由80万元增加到90万元，分别增长10%、12.5%。",
        "三次招标节约率分别为5.2%、6.1%、4.3%，平均节约率5.2%。",
    ],
)
def test_what_is_told_in_rows_holds(text: str) -> None:
    found = verdicts(text)
    assert found
    assert Verdict.CONTRADICTED not in found


@pytest.mark.parametrize(
    "text",
    [
        "2021年至2023年分别支出800万元、880万元、924万元，后两年分别比上年增长10%、6%。",
        "上年甲、乙两镇分别支出100万元、80万元，本年分别支出110万元、90万元，分别增加10万元、20万元。",
        "三次招标节约率分别为5.2%、6.1%、4.3%，平均节约率6.5%。",
        "三次招标节约率分别为5.2%、6.1%、4.3%，简单平均节约率5.6%。",
    ],
)
def test_one_that_differs_is_found(text: str) -> None:
    assert Verdict.CONTRADICTED in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "全年预算950万元，2022年、2023年分别支出880万元、924万元，分别比上年增长10%、5%。",
        "三次招标节约率分别为5.2%、6.1%、4.3%，平均节约率5.6%。",
        "甲、乙两镇分别支出100万元、80万元，分别增长10%、5%。",
    ],
)
def test_what_could_be_true_is_let_be(text: str) -> None:
    """The first year's base is not told, and a mean may be weighed."""
    assert verdicts(text) == []
