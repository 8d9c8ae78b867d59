"""Headers as people write them."""

import pytest

from hengji.engines.intake.layout import Cells, find_layout, likely
from hengji.model.table import Column, ColumnType

TEXT, COUNT, MONEY = ColumnType.TEXT, ColumnType.COUNT, ColumnType.MONEY
COLUMNS = (Column("机构", TEXT), Column("人数", COUNT), Column("金额", MONEY, "元"))
TIERS = (
    Column("机构", TEXT),
    Column("省级补助资金一般公共预算", MONEY),
    Column("省级补助资金福彩公益金", MONEY),
    Column("市级/福彩公益金", MONEY),
)


def places(columns: tuple[Column, ...], rows: list[Cells]) -> dict[str, tuple[int, str]]:
    layout = find_layout(columns, rows, {})
    assert layout is not None
    return {match.column.name: (match.position, match.unit) for match in layout.matches}


@pytest.mark.parametrize("titles", [0, 1, 5, 11])
def test_a_header_is_found_under_title_rows_and_blank_rows(titles: int) -> None:
    above: list[Cells] = [("某区发放表", None, None), (None, None, None)] * titles
    rows = [*above[: 2 * titles], ("机构", "人数", "金额"), ("北山", 1, 2)]
    layout = find_layout(COLUMNS, rows, {})
    assert layout is not None
    assert layout.body == 2 * titles + 1


def test_merged_headers_over_two_lines_are_joined() -> None:
    rows: list[Cells] = [
        ("机构", "省级补助资金", None, "市级", None),
        (None, "一般公共预算", "福彩公益金（万元）", "一般公共预算", "福彩公益金"),
        ("北山", 1, 2, 3, 4),
    ]
    assert places(TIERS, rows) == {
        "机构": (0, ""),
        "省级补助资金一般公共预算": (1, ""),
        "省级补助资金福彩公益金": (2, "万元"),
        "市级/福彩公益金": (4, ""),
    }


def test_a_data_row_is_never_taken_for_a_second_line_of_the_header() -> None:
    rows: list[Cells] = [("机构", "人数", "金额"), ("人数", 1, 2)]
    layout = find_layout(COLUMNS, rows, {})
    assert layout is not None
    assert layout.lines == (0,)


@pytest.mark.parametrize("line", ["单位：万元", "金额单位: 万元", "单位：人民币万元"])
def test_a_unit_above_the_table_holds_for_amounts_without_one(line: str) -> None:
    rows: list[Cells] = [("发放表", None, line), ("机构", "人数", "金额"), ("北山", 1, 2)]
    assert places(COLUMNS, rows)["金额"] == (2, "万元")
    rows[1] = ("机构", "人数", "金额（元）")
    assert places(COLUMNS, rows)["金额"] == (2, "元")


def test_names_are_compared_without_blanks_line_breaks_and_width() -> None:
    assert set(places(COLUMNS, [("机 构", "人\n数", "金额(元)")])) == {"机构", "人数", "金额"}


def test_two_columns_of_one_name_are_told() -> None:
    layout = find_layout(COLUMNS, [("机构", "金额", "人数", "金额（元）")], {})
    assert layout is not None
    assert layout.twice == {"金额": (1, 3)}


def test_a_mapping_goes_before_names_and_settles_which_of_two_it_is() -> None:
    rows: list[Cells] = [("机构", "金额", "人数", "实发数（万元）")]
    layout = find_layout(COLUMNS, rows, {"实发数（万元）": "金额"})
    assert layout is not None
    assert [(match.position, match.unit) for match in layout.matches if match.column.name == "金额"] == [(3, "万元")]


def test_headers_that_nobody_claims_are_proposed_for_what_is_missing() -> None:
    layout = find_layout(COLUMNS, [("机构", "补助金额", "备注", "人数")], {})
    assert layout is not None
    assert likely(layout, COLUMNS) == {"补助金额": "金额"}
