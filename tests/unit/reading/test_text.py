"""Text as converters leave it: what becomes a title, a paragraph, a table, and where exactly each stands."""

import pytest

from hengji.model.cell_state import CellState
from hengji.model.reading import Grid, Prose, Reading, Title
from hengji.reading.text import read_text


def read(text: str) -> Reading:
    return read_text("报告.txt", text)


def titles(reading: Reading) -> list[tuple[int, str, str]]:
    return [(title.level, title.mark, title.text) for title in reading.titles]


def prose(reading: Reading) -> list[str]:
    return [reading.quote(part.span) for part in reading.prose()]


def rows(reading: Reading, grid: Grid) -> list[list[str]]:
    return [[reading.quote(slot.span) for slot in grid.row(row)] for row in range(grid.height)]


def only_grid(reading: Reading) -> Grid:
    (grid,) = reading.grids()
    return grid


def test_numbers_of_one_kind_have_one_level() -> None:
    text = "第一部分 概况\n一、项目\n（一）背景\n1. 立项\n（1）依据\n①文件\n第二部分 结论\n一、得分\n"
    assert titles(read(text)) == [
        (1, "第一部分", "概况"),
        (2, "一、", "项目"),
        (3, "（一）", "背景"),
        (4, "1.", "立项"),
        (5, "（1）", "依据"),
        (6, "①", "文件"),
        (1, "第二部分", "结论"),
        (2, "一、", "得分"),
    ]


def test_levels_leave_no_gap_where_a_kind_is_not_used() -> None:
    assert titles(read("1. 概况\n1.1 背景\n1.1.1 起因\n2. 得分\n")) == [
        (1, "1.", "概况"),
        (2, "1.1", "背景"),
        (3, "1.1.1", "起因"),
        (1, "2.", "得分"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1. 成立工作组。由三人组成。",
        "（1）拨付补助资金；",
        "1.10 万元为结余",
        "①道路养护项目，完成养护 12 公里，支出 36 万元。",
        "2. 项目主管部门、实施单位和评价机构就评价方案多次沟通并最终确定，据此开展现场评价和数据复核工作，形成评价初步结论",
    ],
)
def test_items_and_sentences_are_no_titles(line: str) -> None:
    assert titles(read(line + "\n")) == []
    assert prose(read(line + "\n")) == [line]


def test_numbers_without_a_stop_are_those_of_titles_where_they_count_on() -> None:
    assert titles(read("1 项目概况\n1.1 背景\n建了6座渡口。\n2 评价结论\n得分88分。\n3 建议\n加强养护。\n")) == [
        (1, "1", "项目概况"),
        (2, "1.1", "背景"),
        (1, "2", "评价结论"),
        (1, "3", "建议"),
    ]
    assert titles(read("一、渡口名单\n1 青石渡口\n2 白沙渡口\n3 新河渡口\n")) == [(1, "一、", "渡口名单")]
    assert not titles(read("12 青石渡口\n7 白沙渡口\n31 新河渡口\n"))


def test_usual_names_of_chapters_are_titles_where_no_title_has_a_number() -> None:
    text = "基本情况\n项目背景\n建了6座渡口。\n评价结论\n得分88分。\n存在问题\n养护不到位。\n"
    assert titles(read(text)) == [(1, "", "基本情况"), (2, "", "项目背景"), (1, "", "评价结论"), (1, "", "存在问题")]
    assert titles(read("一、概况\n基本情况\n评价结论\n存在问题\n")) == [(1, "一、", "概况")]


def test_a_numbered_line_that_goes_on_overleaf_is_no_title() -> None:
    text = "④2022 年管护补助项目，完成管护林地 2\n\n处，未完成 1 处，支出 18 万元。\n"
    assert prose(read(text)) == [text.strip()]


def test_the_contents_begin_no_section() -> None:
    text = "目 录\n\n摘要.....\t- 2 -\n一、概况.....\t- 4 -\n（一）背景......- 5 -\n\n摘要\n\n本项目得分 80 分。\n\n一、概况\n\n正文。\n"
    reading = read(text)
    listed = [part.text for part in reading.parts if isinstance(part, Title) and part.listed]
    assert listed == ["目 录", "摘要", "概况", "背景"]
    assert titles(reading) == [(1, "", "摘要"), (1, "一、", "概况")]


def test_contents_with_tabs_are_no_table() -> None:
    reading = read("目 录\n\n一、概况\t3\n（一）背景\t3\n二、得分\t12\n\n一、概况\n\n正文。\n")
    assert list(reading.grids()) == []
    assert titles(reading) == [(1, "一、", "概况")]


def test_contents_without_page_numbers_end_where_their_first_title_comes_again() -> None:
    reading = read("目录\n一、概况\n二、得分\n一、概况\n正文。\n二、得分\n得 90 分。\n")
    assert titles(reading) == [(1, "一、", "概况"), (1, "二、", "得分")]


def test_markdown_titles() -> None:
    assert titles(read("# 一、概况\n\n## （一）背景\n\n**2. 立项**\n")) == [
        (1, "一、", "概况"),
        (2, "（一）", "背景"),
        (3, "2.", "立项"),
    ]


def test_a_line_of_hashes_is_no_title() -> None:
    text = "# 一、概况\n\n####################\n\n渠道12公里。\n\n########## 说明\n\n管护到户。\n"
    assert titles(read(text)) == [(1, "一、", "概况")]


def test_a_sentence_that_a_page_broke_is_one_paragraph() -> None:
    text = "区交通局于 2022 年 3 月组织验收，养护里程符合合同约定，资\n\n- 7 -\n\n金按进度支付。\n\n另一段。\n"
    reading = read(text)
    assert prose(reading) == [text[: text.index("。") + 1], "另一段。"]


def test_lines_of_one_width_are_joined() -> None:
    lines = [
        "区交通局负责全区县乡道路日常养护工作的组织实施和监督检",
        "查并按季度对各养护站进行考核考核结果与养护经费拨付挂钩考",
    ]
    text = "\n".join(lines * 8) + "\n核不合格的限期整改。\n"
    assert prose(read(text)) == [text.strip()]


def test_cover_lines_stay_apart() -> None:
    text = "2022 年县乡道路养护补助资金\n绩效评价报告\n委托单位：某区财政局\n主管部门：某区交通局\n2023 年 6 月\n"
    assert prose(read(text)) == text.splitlines()


def test_a_table_with_caption_and_unit() -> None:
    text = (
        "资金见下表：\n\n表3：养护资金明细表\n\n金额单位：万元\n\n单位\t合计\t省级\n甲站\t12\t8\n乙站\t\t4\n\n以上。\n"
    )
    reading = read(text)
    grid = only_grid(reading)
    assert grid.caption is not None
    assert reading.quote(grid.caption) == "表3：养护资金明细表"
    assert (grid.unit, grid.head, grid.height, grid.width) == ("万元", 1, 3, 3)
    assert rows(reading, grid) == [["单位", "合计", "省级"], ["甲站", "12", "8"], ["乙站", "", "4"]]
    assert prose(reading) == ["资金见下表：", "以上。"]
    blank = grid.at(2, 1)
    assert blank is not None
    assert blank.state is CellState.EMPTY


@pytest.mark.parametrize(
    "above",
    ["单位：万元\n\n表3 资金", "表3 资金（单位：万元）", "表3 资金\n（万元）", "表3 资金\n金额单位：人民币 万元"],
)
def test_the_unit_stands_around_the_caption(above: str) -> None:
    reading = read(f"正文。\n\n{above}\n\n单位\t金额\n甲站\t12\n")
    grid = only_grid(reading)
    assert grid.unit in {"万元", "人民币万元"}
    assert grid.caption is not None
    assert reading.quote(grid.caption).startswith("表3 资金")
    assert prose(reading) == ["正文。"]


def test_a_row_that_only_names_the_unit_is_no_row() -> None:
    grid = only_grid(read("\t\t单位：万元\n单位\t省级\t市级\n甲站\t12\t3\n"))
    assert (grid.unit, grid.height, grid.head) == ("万元", 2, 1)


def test_a_caption_in_a_row_of_its_own() -> None:
    reading = read(
        "表4 资金明细表\t\t\n\t\t单位：万元\n单位\t省级\t市级\n甲站\t12\t3\n\n单位\t省级\t市级\n乙站\t7\t2\n"
    )
    grid = only_grid(reading)
    assert grid.caption is not None
    assert reading.quote(grid.caption) == "表4 资金明细表"
    assert (grid.unit, grid.height, grid.head) == ("万元", 3, 1)


def test_two_header_rows() -> None:
    text = "单位\t预算\t\t支出\t\n\t省级\t市级\t省级\t市级\n甲站\t3\t4\t3\t4\n"
    assert only_grid(read(text)).head == 2


def test_a_form_has_no_header_row() -> None:
    assert only_grid(read("指标名称\t及时率\n指标解释\t是否及时\n评价得分\t2 分\n")).head == 0


def test_pieces_on_two_pages_are_one_table_and_the_repeated_header_is_left_out() -> None:
    text = "序号\t单位\t金额\n1\t甲站\t12\n\n- 9 -\n\n序号\t单位\t金额\n2\t乙站\t14\n"
    reading = read(text)
    grid = only_grid(reading)
    assert rows(reading, grid) == [["序号", "单位", "金额"], ["1", "甲站", "12"], ["2", "乙站", "14"]]
    assert grid.span.end == len(text) - 1


def test_a_piece_that_begins_with_a_blank_goes_on() -> None:
    reading = read("一级\t二级\t分值\n过程\t资金\t4\n\n\t管理\t6\n产出\t数量\t8\n")
    assert only_grid(reading).height == 4


def test_tables_with_headers_of_their_own_stay_apart() -> None:
    assert len(list(read("单位\t金额\n甲站\t12\n\n指标\t分值\n数量\t8\n").grids())) == 2


def test_a_piece_moved_by_one_column_is_moved_back() -> None:
    reading = read("问题\t选项\t份数\n问题1\t满意\t7\n\n\t问题2\t满意\t5\n\t\t一般\t2\n")
    grid = only_grid(reading)
    assert rows(reading, grid)[2:] == [["问题2", "满意", "5"], ["", "一般", "2"]]
    assert [slot.column for slot in grid.row(2)] == [0, 1, 2]


def test_a_row_that_a_merged_cell_left_without_its_first_cells_is_moved_back() -> None:
    text = "一级\t分值\t二级\t分值\t得分\t说明\n决策\t9\t立项\t4\t4\t齐全\n目标\t5\t4.5\t未量化\n产出\t6\t数量\t6\t6\t完成\n"
    reading = read(text)
    assert rows(reading, only_grid(reading))[2] == ["", "", "目标", "5", "4.5", "未量化"]


def test_a_short_row_that_fits_as_it_stands_stays() -> None:
    reading = read("一级\t二级\t得分\t说明\n决策\t立项\t4\t齐全\n产出\t数量\t6\n")
    assert rows(reading, only_grid(reading))[2] == ["产出", "数量", "6"]


def test_heads_that_a_merged_head_left_in_a_row_of_their_own_stand_below_it() -> None:
    text = "一级\t二级\t分值\t各项目得分\n甲项目\t乙项目\n决策\t立项\t4\t4\t3\n目标\t5\t4.5\t5\n产出\t数量\t6\t6\t5.5\n"
    reading = read(text)
    grid = only_grid(reading)
    assert grid.head == 2
    assert [(slot.column, reading.text[slot.span.start : slot.span.end]) for slot in grid.row(1)] == [
        (3, "甲项目"),
        (4, "乙项目"),
    ]
    assert rows(reading, grid)[2:4] == [["决策", "立项", "4", "4", "3"], ["", "目标", "5", "4.5", "5"]]


def test_ruled_lines_within_a_table_are_left_out() -> None:
    assert only_grid(read("单位\t金额\n---\t---\n甲站\t12\n")).height == 2


def test_a_pipe_table() -> None:
    reading = read("| 单位 | 金额 |\n|---|---:|\n| 甲站 | 12 |\n")
    grid = only_grid(reading)
    assert rows(reading, grid) == [["单位", "金额"], ["甲站", "12"]]
    assert grid.head == 1


HTML = """前言说明。
<table border="1"><thead><tr><th rowspan="2">单位</th><th colspan="2">补助</th></tr>
<tr><th>省级</th><th>市级</th></tr></thead>
<tbody><tr><td><p>甲站</p></td><td style="x">12</td><td>&nbsp;</td></tr></tbody></table>
<p>表后说明。</p>
"""


def test_an_html_table_in_text() -> None:
    reading = read(HTML)
    grid = only_grid(reading)
    assert rows(reading, grid) == [["单位", "补助"], ["省级", "市级"], ["甲站", "12", ""]]
    assert (grid.head, grid.height, grid.width) == (2, 3, 3)
    over = grid.at(1, 0)
    assert over is not None
    assert reading.quote(over.span) == "单位"
    assert prose(reading) == ["前言说明。", "表后说明。"]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td>甲站</td><td>12</td></tr></table>"
    reading = read(f"评价分析\t<p>经查阅。</p> {inner} <p>表后。</p>\n评价得分\t5 分\n")
    outer, nested = reading.grids()
    assert rows(reading, outer) == [["评价分析", "经查阅。"], ["评价得分", "5 分"]]
    assert rows(reading, nested) == [["甲站", "12"]]
    assert prose(reading) == ["表后。"]


def test_a_table_that_is_never_closed_is_text() -> None:
    reading = read("说明。\n<table><tr><td>甲站\n后文。\n")
    assert list(reading.grids()) == []


def test_form_feeds_part_pages_and_running_lines_are_dropped() -> None:
    pages = [f"道路养护绩效评价报告\n第{n}段正文到此结束。\n- {n} -\n" for n in range(1, 5)]
    reading = read("\f".join(pages))
    assert prose(reading) == [f"第{n}段正文到此结束。" for n in range(1, 5)]
    assert reading.page(reading.text.index("第3段")) == 3


def test_no_part_has_blanks_at_its_ends_and_parts_come_in_order() -> None:
    reading = read("  一、 概况  \n\n　　正文 1。 \n\n 甲 \t 乙 \n 1 \t 2 \n")
    for part in reading.parts:
        words = reading.quote(part.span)
        assert isinstance(part, Grid) or words == words.strip()
        if isinstance(part, Grid):
            assert [reading.quote(slot.span) for slot in part.slots] == ["甲", "乙", "1", "2"]
    starts = [part.span.start for part in reading.parts]
    assert starts == sorted(starts)
    assert [type(part) for part in reading.parts] == [Title, Prose, Grid]


@pytest.mark.parametrize(
    "above",
    ["现场核查情况表（学校）\u3000\u3000\u3000\u3000金额单位：万元", "支出构成如下（单位：万元）："],
)
def test_the_unit_stands_behind_the_caption_or_ends_the_paragraph_before(above: str) -> None:
    grid = only_grid(read(f"一、资金\n{above}\n类别\t预算\t支出\n校舍\t30.00\t28.50\n设备\t12.00\t11.20\n"))
    assert grid.unit == "万元"


def test_a_list_of_annexes_is_one_paragraph_and_no_headings() -> None:
    reading = read("六、建议\n1.补记台账。\n附件：1.评分表\n2.问卷统计表\n3.核查情况表\n\n附件1\n评分表\n")
    assert [title for title in titles(reading) if title[1] in {"2.", "3."}] == []
    assert prose(reading)[1] == "附件：1.评分表\n2.问卷统计表\n3.核查情况表"
