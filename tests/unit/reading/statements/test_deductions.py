"""Points taken off for each of several."""

import pytest

from hengji.model.claim import Verdict
from hengji.model.reading import Span
from hengji.reading.statements.deductions import deductions
from hengji.reading.statements.mentions import passage_of


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in deductions(passage_of(text, Span(0, len(text))))]


@pytest.mark.parametrize(
    "text",
    [
        "有3台路灯没有登记，每台扣1分，扣3分。",
        "有3台路灯没有登记，扣3分，每台扣1分。",
        "共4处不符合规定，每处扣0.5分，扣2分，得3分。",
        "每台扣2分，有3台路灯没有登记，共扣6分。",
    ],
)
def test_what_was_taken_off_is_so_many_times_as_much(text: str) -> None:
    assert Verdict.CONTRADICTED not in verdicts(text)


def test_another_number_is_found() -> None:
    assert verdicts("有3台路灯没有登记，每台扣1分，扣2分。") == [Verdict.CONTRADICTED]


def test_points_are_exact() -> None:
    """扣1分 is no rounded 1.5."""
    assert verdicts("共3处不符合规定，每处扣0.5分，扣1分，得5分。") == [Verdict.CONTRADICTED]


def test_no_more_is_taken_off_than_there_is() -> None:
    assert verdicts("本项3分。有5台路灯没有登记，每台扣1分，扣3分。") == []


def test_what_is_counted_must_be_what_is_taken_off_for() -> None:
    assert verdicts("检查了8条道路，每台扣1分，扣2分。") == []


def test_a_rule_alone_takes_nothing_off() -> None:
    assert verdicts("每有1台路灯没有登记扣1分，扣完为止。") == []
