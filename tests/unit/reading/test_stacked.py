"""Tables whose cells stand each on a line of its own."""

import pytest

from hengji.model.reading import Reading
from hengji.reading.stacked import stacked
from hengji.reading.text import read_text


def rows(words: str) -> list[list[list[str]]]:
    """The cells of each table among the words, “·” for one that a cell above spans."""
    lines = words.split("|")
    return [[["·" if cell is None else lines[cell] for cell in row] for row in table.rows] for table in stacked(lines)]


def grids(reading: Reading) -> list[tuple[int, int]]:
    return [(grid.height, grid.width) for grid in reading.grids()]


def test_names_before_values() -> None:
    assert rows("表4 得分|指标|分值|得分|决策|15|13.00|过程|25|20.80|合计|40|33.80|（二）过程") == [
        [["指标", "分值", "得分"], ["决策", "15", "13.00"], ["过程", "25", "20.80"], ["合计", "40", "33.80"]]
    ]


def test_cells_on_the_left_span_rows() -> None:
    words = "附表|一级|二级|分值|得分|决策|立项|5|4|目标|5|5|过程|执行|10|9|合计|20|18"
    assert rows(words) == [
        [
            ["一级", "二级", "分值", "得分"],
            ["决策", "立项", "5", "4"],
            ["·", "目标", "5", "5"],
            ["过程", "执行", "10", "9"],
            ["合计", "·", "20", "18"],
        ]
    ]


def test_rows_that_are_numbered() -> None:
    assert rows("序号|渠道|村|金额|1|东渠|柳村|120|2|西渠|槐村|80|以上为全部渠道，资金已经付清。") == [
        [["序号", "渠道", "村", "金额"], ["1", "东渠", "柳村", "120"], ["2", "西渠", "槐村", "80"]]
    ]


def test_the_total_of_numbered_rows() -> None:
    (table,) = rows("序号|渠道|长度|金额|1|东渠|3.2|120|2|西渠|2.5|80|合计|5.7|200")
    assert table[-1] == ["合计", "·", "5.7", "200"]


def test_a_mean_has_its_place_under_the_rates() -> None:
    (table,) = rows("附件2|内容|满意|一般|满意率|环境|90|10|90%|服务|80|20|80%|平均|85%")
    assert table[-1] == ["平均", "·", "·", "85%"]


@pytest.mark.parametrize(
    "words",
    [
        "镇|项目数|备注|甲镇|14|已完工|乙镇|12|丙镇|11|已完工",
        "指标|分值|得分|决策|15|过程|25|20.80|合计|40|33.80",
        "一、概况|1|二、结论|3|三、问题|5",
        "绩效评价报告|青石县财政局|2023年5月",
        "另一列的名称|指标|分值|得分|决策|15|13.00|过程|25|20.80|合计|40|33.80",
    ],
)
def test_what_is_not_wholly_understood_is_no_table(words: str) -> None:
    assert rows(words) == []


def test_whole_numbers_among_cells_are_no_page_numbers() -> None:
    reading = read_text(
        "报告.txt", "表1 得分\n指标\n分值\n得分\n决策\n15\n13\n过程\n25\n20\n合计\n40\n33\n\n二、结论\n"
    )
    assert grids(reading) == [(4, 3)]


def test_a_table_goes_on_behind_the_end_of_a_page() -> None:
    cells = "表1 得分\n指标\n分值\n得分\n决策\n15\n13\n\n— 6 —\n\n指标\n分值\n得分\n过程\n25\n20\n合计\n40\n33\n\n二、结论\n"
    assert grids(read_text("报告.txt", cells)) == [(4, 3)]


def test_page_numbers_between_paragraphs_are_left_out() -> None:
    reading = read_text("报告.txt", "项目已经完工，资金已经付清。\n12\n各镇都已经验收，没有遗留问题。\n")
    assert grids(reading) == []
    assert all("12" not in reading.quote(part.span) for part in reading.parts)
