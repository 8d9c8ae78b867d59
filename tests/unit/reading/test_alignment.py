"""Tables without lines: words that stand under each other in columns."""

from tests.unit.reading.pdf_files import typeset

from hengji.model.reading import Grid, Reading
from hengji.reading.pdf import read_pdf
from hengji.reading.text import read_text


def rows(reading: Reading, grid: Grid) -> list[list[str]]:
    return [[reading.quote(slot.span) for slot in grid.row(number)] for number in range(grid.height)]


TABLE = """表1  管护站资金（单位：万元）

站点        预算        支出      执行率
东站      120.50      118.00     97.93%
西站       80.00       72.00     90.00%
合计      200.50      190.00     94.76%

以上资金均已支付。
"""


def test_columns_that_blanks_keep_apart_are_a_table() -> None:
    reading = read_text("报告.txt", TABLE)
    (grid,) = reading.grids()
    assert rows(reading, grid)[0] == ["站点", "预算", "支出", "执行率"]
    assert rows(reading, grid)[-1] == ["合计", "200.50", "190.00", "94.76%"]
    assert grid.unit == "万元"


def test_a_blank_cell_is_known_by_its_place() -> None:
    reading = read_text(
        "报告.txt",
        "题目      满意    不满意    满意度\n"
        "及时        90        10    90.00%\n"
        "态度        80        20    80.00%\n"
        "平均                        85.00%\n",
    )
    (grid,) = reading.grids()
    assert rows(reading, grid)[-1] == ["平均", "", "", "85.00%"]


def test_cells_may_be_blank_in_each_row_where_the_others_stand_under_their_names() -> None:
    reading = read_text(
        "报告.txt",
        "项目        指标        分值    得分    说明\n"
        "管护        到岗率      12      11.4\n"
        "            巡护率      10       8.0    两站缺记录\n",
    )
    (grid,) = reading.grids()
    assert rows(reading, grid)[1:] == [["管护", "到岗率", "12", "11.4", ""], ["", "巡护率", "10", "8.0", "两站缺记录"]]


def test_full_width_blanks_part_columns_too() -> None:
    reading = read_text(
        "报告.txt", "站点　　预算　　支出\n东站　　１２０　　１１８\n西站　　８０　　７２\n合计　　２００　　１９０\n"
    )
    (grid,) = reading.grids()
    assert (grid.height, grid.width) == (4, 3)


def test_running_text_with_wide_blanks_is_no_table() -> None:
    reading = read_text("报告.txt", "组长    某甲    高级工程师\n组员    某乙    会计师\n组员    某丙    工程师\n")
    assert list(reading.grids()) == []
    reading = read_text(
        "报告.txt", "资金  120 万元  已经支付。\n其中  80 万元  用于西站。\n还有  40 万元  没有支付。\n"
    )
    assert list(reading.grids()) == []


def test_the_rest_of_a_table_that_a_wrapped_line_cuts_is_no_table() -> None:
    reading = read_text("报告.txt", "东站    120    118    2\n西站    80    72    8\n合计    240    210    30\n")
    assert list(reading.grids()) == []


def test_lines_of_the_contents_are_no_table() -> None:
    reading = read_text(
        "报告.txt", "目  录\n一、概况      第1章      1\n二、得分      第2章      3\n三、问题      第3章      5\n"
    )
    assert list(reading.grids()) == []


def test_a_pdf_table_with_flat_lines_only() -> None:
    body = ", ".join(f"[{each}]" for row in (("东站", "120.50", "97.93%"), ("西站", "80.00", "90.00%")) for each in row)
    table = (
        "#table(columns: 3, stroke: none, align: (left, right, right), table.hline(), [站点], [支出], [执行率],"
        f" table.hline(), {body}, [合计], [200.50], [94.76%], table.hline())"
    )
    reading, _ = read_pdf("报告.pdf", typeset(f"资金支出见表1。\n\n表1 各站支出\n\n{table}\n\n以上。"))
    (grid,) = reading.grids()
    assert rows(reading, grid) == [
        ["站点", "支出", "执行率"],
        ["东站", "120.50", "97.93%"],
        ["西站", "80.00", "90.00%"],
        ["合计", "200.50", "94.76%"],
    ]


def test_a_pdf_table_without_lines_whose_names_go_on_below() -> None:
    body = ", ".join(
        f"[{each}]"
        for row in (
            ("过程", "边沟清淤的及时性", "30", "25.5"),
            ("", "档案", "20", "18.0"),
            ("产出", "路面修补", "50", "46.0"),
        )
        for each in row
    )
    table = (
        "#set par(first-line-indent: 0em)\n#table(columns: (40pt, 60pt, 40pt, 40pt), stroke: none, row-gutter: 6pt,"
        f" [一级], [二级], [分值], [得分], {body})"
    )
    reading, _ = read_pdf("报告.pdf", typeset(table))
    (grid,) = reading.grids()
    assert rows(reading, grid) == [
        ["一级", "二级", "分值", "得分"],
        ["过程", "边沟清淤的及时性", "30", "25.5"],
        ["", "档案", "20", "18.0"],
        ["产出", "路面修补", "50", "46.0"],
    ]


def test_rows_that_are_numbered_are_a_table_of_words_too() -> None:
    reading = read_text(
        "报告.txt",
        "序号    水库    所在县    状态\n1    东水库    东县    已验收\n2    西水库    西县    在建\n3    南水库    南县    已验收\n",
    )
    (grid,) = reading.grids()
    assert rows(reading, grid)[2] == ["2", "西水库", "西县", "在建"]
