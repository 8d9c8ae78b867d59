"""Summaries of scores: the row of the total, and its rate."""

from hengji.model.claim import Claim, Verdict
from hengji.reading.tables.points import claims
from hengji.reading.tables.sheet import sheet_of
from hengji.reading.text import read_text

TABLE = """一级指标\t分值\t得分\t扣分\t得分率
决策\t20\t18.0\t2.0\t90.00%
过程\t30\t24.0\t6.0\t80.00%
产出\t50\t47.5\t2.5\t95.00%
合计\t100\t89.5\t10.5\t89.50%
"""


def found(text: str) -> list[Claim]:
    reading = read_text("报告.txt", text)
    return [claim for grid in reading.grids() for claim in claims(sheet_of(reading, grid))]


def wrong(text: str) -> list[str]:
    return [claim.about for claim in found(text) if claim.verdict is Verdict.CONTRADICTED]


def test_weights_and_deductions_add_up_and_the_rate_is_that_of_the_total() -> None:
    assert [claim.about for claim in found(TABLE)] == ["分值的合计", "扣分的合计", "合计的得分率"]
    assert wrong(TABLE) == []


def test_a_weight_otherwise() -> None:
    assert wrong(TABLE.replace("\t30\t", "\t35\t")) == ["分值的合计"]


def test_a_deduction_otherwise() -> None:
    assert wrong(TABLE.replace("\t10.5\t", "\t11.5\t")) == ["扣分的合计"]


def test_the_rate_of_the_total_otherwise() -> None:
    assert wrong(TABLE.replace("89.50%", "85.90%")) == ["合计的得分率"]


def test_weights_of_several_levels_are_not_added() -> None:
    levels = "一级指标\t分值\t二级指标\t分值\t三级指标\t分值\t得分\n决策\t20\t立项\t10\t依据\t4\t4\n\t\t\t\t程序\t6\t6\n合计\t100\t\t100\t\t100\t90\n"
    assert found(levels) == []


def test_a_table_without_a_total_asserts_nothing() -> None:
    assert found(TABLE.rsplit("合计", 1)[0]) == []
