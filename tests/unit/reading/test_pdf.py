"""PDF files with a text layer: paragraphs, tables and titles put together over lines and pages."""

from tests.unit.reading.pdf_files import typeset

from hengji.model.reading import Grid, Reading
from hengji.reading.pdf import read_pdf
from hengji.reading.pdf_cells import Cells, joined
from hengji.reading.pdf_tables import Frame, Framed


def read(markup: str) -> Reading:
    reading, pictures = read_pdf("报告.pdf", typeset(markup))
    assert pictures == ()
    return reading


def prose(reading: Reading) -> list[str]:
    return ["".join(reading.quote(part.span).split()) for part in reading.prose()]


def rows(reading: Reading, grid: Grid) -> list[list[str]]:
    return [["".join(reading.quote(slot.span).split()) for slot in grid.row(row)] for row in range(grid.height)]


LONG = "区交通局按季度对各养护站进行考核，考核结果与养护经费拨付挂钩，不合格的限期整改。"


def test_paragraphs_are_joined_over_lines_and_pages_and_running_lines_dropped() -> None:
    reading = read("\n\n".join(f"第{number}段。{LONG * 3}" for number in range(1, 6)))
    assert prose(reading) == [f"第{number}段。{LONG * 3}" for number in range(1, 6)]
    assert "绩效评价报告" not in reading.text
    assert len(reading.pages) > 3
    assert reading.page(0) == 1
    assert reading.page(len(reading.text) - 2) == len(reading.pages)


def test_titles_by_number() -> None:
    reading = read(f"#par(first-line-indent: 0em)[一、项目概况]\n\n（一）背景\n\n{LONG}\n\n二、得分\n\n{LONG * 3}")
    assert [(title.level, title.mark, title.text) for title in reading.titles] == [
        (1, "一、", "项目概况"),
        (2, "（一）", "背景"),
        (1, "二、", "得分"),
    ]
    assert prose(reading) == [LONG, LONG * 3]


def test_a_table_over_two_pages_with_merged_cells() -> None:
    body = ", ".join(f"[{number}], [第{number}养护站], [{number}2], [{number}3]" for number in range(1, 13))
    table = (
        "#table(columns: 4, table.header(table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[单位],"
        f" table.cell(colspan: 2)[补助], [省级], [市级]), {body}, table.cell(colspan: 2)[合计], [924], [936])"
    )
    reading = read(f"资金见表1。\n\n表1 补助资金明细表\n\n单位：万元\n\n{table}\n\n以上。")
    (grid,) = reading.grids()
    assert (grid.head, grid.height, grid.width, grid.unit) == (2, 15, 4, "万元")
    assert rows(reading, grid)[:3] == [["序号", "单位", "补助"], ["省级", "市级"], ["1", "第1养护站", "12", "13"]]
    assert rows(reading, grid)[-1] == ["合计", "924", "936"]
    assert grid.caption is not None
    assert reading.quote(grid.caption).replace(" ", "") == "表1补助资金明细表"
    assert reading.page(grid.span.start) != reading.page(grid.span.end)
    assert prose(reading) == ["资金见表1。", "以上。"]


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    head = "\n\n".join([LONG] * 2)
    standard = "养护里程达到合同约定的得满分，" * 8
    table = f"#table(columns: (60pt, 120pt, 40pt), [指标], [评分标准], [分值], [养护里程], [{standard}], [8], [及时], [按时], [6])"
    reading = read(f"{head}\n\n{table}")
    (grid,) = reading.grids()
    assert rows(reading, grid) == [["指标", "评分标准", "分值"], ["养护里程", standard, "8"], ["及时", "按时", "6"]]


def test_a_row_that_a_page_break_cuts_is_one_row_below_the_head_again_whatever_table_came_before() -> None:
    other = "#table(columns: 2, [单位], [里程], [甲站], [12], [乙站], [13])"
    standard = "养护里程达到合同约定的得满分，" * 8
    head = "table.header([指标], [评分标准], [分值])"
    table = f"#table(columns: (60pt, 120pt, 40pt), {head}, [养护里程], [{standard}], [8], [及时], [按时], [6])"
    reading = read(f"{LONG}\n\n#v(60pt)\n\n{other}\n\n#pagebreak()\n\n{LONG}\n\n{LONG}\n\n{table}")
    _, grid = reading.grids()
    assert rows(reading, grid)[1:] == [["养护里程", standard, "8"], ["及时", "按时", "6"]]


def test_a_number_that_a_narrow_cell_breaks_is_one_number() -> None:
    reading = read("#table(columns: (60pt, 34pt), [单位], [金额], [甲站], [1234567.89])")
    (grid,) = reading.grids()
    assert rows(reading, grid)[1] == ["甲站", "1234567.89"]


def test_cells_that_go_on_below_where_no_lines_part_the_rows() -> None:
    table = [
        ["指标", "分值", "得分", "原因"],
        ["养护里程完成比例", "8", "7.60", "里程只有计划的95%"],
        ["及时性", "6", "6.00", "—"],
        ["群众满意程度", "6", "5.00", "未达标"],
    ]
    body = ", ".join(f"[{cell}]" for row in table for cell in row)
    style = "#set par(first-line-indent: 0em)\n#set table(stroke: none, inset: (x: 6pt, y: 0pt), row-gutter: 0.65em)"
    reading = read(f"{style}\n{LONG}\n\n#table(columns: (66pt, 40pt, 40pt, 72pt), {body})")
    (grid,) = reading.grids()
    assert rows(reading, grid) == table


def cells(*table: tuple[str, ...]) -> Cells:
    wide = range(len(table[0]))
    framed = tuple(Framed(row, column, 1, 1) for row in range(len(table)) for column in wide)
    owners = tuple(tuple(row * len(wide) + column for column in wide) for row in range(len(table)))
    xs, ys = tuple(map(float, range(len(wide) + 1))), tuple(map(float, range(len(table) + 1)))
    return Cells(Frame(xs, ys, framed, owners), tuple(word for row in table for word in row))


def test_the_rest_of_a_cut_row_is_no_part_of_the_header_that_the_page_repeats() -> None:
    upper = cells(("指标", "分值", "得分"), ("及时", "6", "6.00"), ("养护里程", "8", "7.60"))
    lower = cells(("指标完成比例", "分值", "得分"), ("合计", "14", "13.60"))
    parted = joined(upper, upper, lower)
    assert parted is not None
    assert parted[0].row(2) == ["养护里程完成比例", "8", "7.60"]
    assert [parted[1].row(0), parted[1].row(1)] == [["指标", "分值", "得分"], ["合计", "14", "13.60"]]


def test_the_contents_begin_no_section() -> None:
    lines = "\n\n".join(
        f"{mark}、{name}#box(width: 1fr, repeat[.])- {page} -"
        for mark, name, page in (("一", "概况", 2), ("二", "得分", 3))
    )
    reading = read(f"#align(center)[目 录]\n\n{lines}\n\n#pagebreak()\n一、概况\n\n{LONG}")
    assert [title.text for title in reading.titles] == ["概况"]
    assert prose(reading) == [LONG]


def test_what_is_set_between_quotation_marks_of_another_font() -> None:
    """The marks stand in the file with blanks between them, and behind them what is set there."""
    reading = read("得分八十九分，绩效等级为“   ”#h(-1.5em)#text(size: 0.9em)[良]#h(0.6em)。其中决策类得十三分。")
    assert prose(reading)[-1] == "得分八十九分，绩效等级为“良”。其中决策类得十三分。"
