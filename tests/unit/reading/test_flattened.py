"""Tables put down with two blanks between cells: which lines make one, and which cells of it are blank."""

from hengji.reading.text import read_text


def cells(text: str) -> list[list[str]]:
    reading = read_text("报告.txt", text)
    (grid,) = reading.grids()
    return [[reading.quote(slot.span) for slot in grid.row(row)] for row in range(grid.height)]


def test_a_cell_left_blank_leaves_two_blanks_more() -> None:
    text = "资金  用途  项目数  安排（万元）\n渡口资金  修缮  3  80.00\n  灯具  12  9.60\n合计    15  89.60\n"
    assert cells(text) == [
        ["资金", "用途", "项目数", "安排（万元）"],
        ["渡口资金", "修缮", "3", "80.00"],
        ["", "灯具", "12", "9.60"],
        ["合计", "", "15", "89.60"],
    ]


def test_a_page_number_and_the_head_again_part_no_table() -> None:
    head = "序号  渡口  下达数  支出数\n"
    text = f"{head}1  东渡  6.00  5.80\n2  南渡  6.00  6.00\n第 3 页 共 9 页\n{head}3  西渡  6.00  4.50\n"
    assert [row[1] for row in cells(text)] == ["渡口", "东渡", "南渡", "西渡"]


def test_words_in_the_last_column_may_be_a_sentence() -> None:
    text = "指标  分值  扣分  原因\n产出数量  12  0.8  灯具没有装完；台账缺失。\n产出质量  10  1.2  3处返工\n产出成本  6  0  无\n"
    assert cells(text)[1] == ["产出数量", "12", "0.8", "灯具没有装完；台账缺失。"]


def test_lines_that_only_happen_to_have_blanks_are_paragraphs() -> None:
    reading = read_text("报告.txt", "核查时间：4月10日  地点：东渡  人员：2人\n灯具完好。\n台账齐全。\n")
    assert [reading.quote(part.span)[:4] for part in reading.prose()] == ["核查时间", "灯具完好", "台账齐全"]
    assert not list(reading.grids())
