"""Questionnaires with a row a question and a column an option."""

import pytest

from hengji.model.claim import Claim, Relation, Verdict
from hengji.reading.tables.claims import table_claims
from hengji.reading.tables.sheet import sheet_of
from hengji.reading.text import read_text


def claims_of(text: str) -> list[Claim]:
    reading = read_text("报告.txt", text)
    found = table_claims([sheet_of(reading, grid) for grid in reading.grids()])
    return [claim for claim in found.claims if claim.relation is Relation.SURVEY]


def verdicts(text: str) -> list[Verdict]:
    return [claim.verdict for claim in claims_of(text)]


IN_FULL = """问题\t非常满意\t满意\t一般\t不满意\t满意度
借阅方便\t60\t30\t6\t4\t90.00%
开放时间\t50\t35\t10\t5\t85.00%
图书更新\t40\t40\t12\t8\t80.00%
平均\t\t\t\t\t85.00%
"""


def test_the_best_options_in_full() -> None:
    assert verdicts(IN_FULL) == [Verdict.HELD] * 4


def test_options_that_count_less_by_steps() -> None:
    rates = {"借阅方便": ("60", "30", "6", "4", "87.60%"), "开放时间": ("50", "35", "10", "5", "84.00%")}
    body = "".join("\t".join((name, *cells)) + "\n" for name, cells in rates.items())
    assert verdicts(f"问题\t很满意\t满意\t一般\t不满意\t满意度\n{body}") == [Verdict.HELD] * 2


def test_weights_that_are_printed() -> None:
    head = "问题\t满意（100%）\t基本满意（70%）\t不满意（0%）\t满意率\n"
    assert verdicts(f"{head}借阅\t70\t20\t10\t84.00%\n开放\t50\t40\t10\t78.00%\n") == [Verdict.HELD] * 2


@pytest.mark.parametrize(
    ("before", "after"), [("90.00%", "91.00%"), ("\t35\t", "\t36\t"), ("平均\t\t\t\t\t85", "平均\t\t\t\t\t86")]
)
def test_one_number_otherwise_is_found(before: str, after: str) -> None:
    assert Verdict.CONTRADICTED in verdicts(IN_FULL.replace(before, after, 1))


def test_a_table_of_other_things_says_nothing() -> None:
    assert verdicts("乡镇\t好\t差\t合计\n东镇\t6\t4\t10\n西镇\t5\t5\t10\n") == []
