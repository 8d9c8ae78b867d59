"""Tables: caption and unit above, heads that repeat, merged cells, widths that fill the line."""

from decimal import Decimal

from docx.table import Table as Opened
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import samples
from tests.unit.reports.docx.opened import found, instructions, of_blocks, opened, text

from hengji.model.cell_state import CellState
from hengji.model.document import Align, Cell, Document, Orientation, Row, RowKind, Table, Text
from hengji.model.profile import Layout
from hengji.reports.docx import write
from hengji.reports.docx.page import page, shares


def cell(words: str, **placed: int) -> Cell:
    return Cell((Text(words),), **placed)


def table(*body: Row, head: tuple[Row, ...] = (), widths: tuple[int, ...] = (1, 1, 1)) -> Opened:
    return opened(of_blocks(Table("表", "试表", head, body, widths))).tables[0]


def grid(shown: Opened) -> list[list[str]]:
    return [[each.text for each in row.cells] for row in shown.rows]


def test_merged_cells_cover_their_places() -> None:
    shown = table(
        Row((cell("甲", rows=2), cell("乙", columns=2))),
        Row((cell("丙"), cell("丁"))),
        Row((cell("戊", columns=3),)),
    )
    assert grid(shown) == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["戊", "戊", "戊"]]


def test_a_block_merged_both_ways_covers_its_places() -> None:
    shown = table(
        Row((cell("块", rows=2, columns=2), cell("一"))),
        Row((cell("二"),)),
        Row((cell("三"), cell("四"), cell("五"))),
    )
    assert grid(shown) == [["块", "块", "一"], ["块", "块", "二"], ["三", "四", "五"]]


def test_a_short_row_is_filled_up() -> None:
    assert grid(table(Row((cell("甲"),)), Row((cell("乙"), cell("丙"), cell("丁"))))) == [
        ["甲", "", ""],
        ["乙", "丙", "丁"],
    ]


def test_head_rows_repeat_and_no_row_is_parted(sample: Document) -> None:
    funds, roster = opened(write(sample)).tables[1:3]
    assert [bool(found(row._tr, "w:trPr/w:tblHeader")) for row in funds.rows] == [True] * 3 + [False] * 5
    assert all(found(row._tr, "w:trPr/w:cantSplit") for row in (*funds.rows, *roster.rows))


def test_a_row_as_long_as_a_page_may_be_parted() -> None:
    shown = table(Row((cell("长文" * 600), cell("短"), cell("短"))))
    assert not found(shown.rows[0]._tr, "w:trPr/w:cantSplit")


def test_a_small_table_stays_on_one_page_and_does_not_drag_what_follows() -> None:
    shown = table(*(Row((cell("甲"), cell("乙"), cell("丙"))) for _ in range(3)))
    tied = [bool(found(row._tr, ".//w:keepNext")) for row in shown.rows]
    assert tied == [True, True, False]


def test_the_head_of_the_funds_table_has_three_levels(sample: Document) -> None:
    rows = grid(opened(write(sample)).tables[1])
    assert rows[0] == ["子项目", "年初预算", *["资金到位与拨付"] * 8, "执行率（%）"]
    assert rows[1] == ["子项目", "年初预算", *["到位资金"] * 4, *["已拨付资金"] * 4, "执行率（%）"]
    assert rows[2][2:6] == ["省级", "市级", "县级", "小计"]


def test_columns_fill_the_line_exactly(sample: Document) -> None:
    layout = Layout("GB/T 9704-2012")
    tables = [block for block in sample.blocks if isinstance(block, Table)]
    for shown, block in zip(opened(write(sample)).tables[1:], tables, strict=True):
        wanted = page(layout, block.orientation).text_width
        columns = [int(width) for width in found(shown._tbl, "w:tblGrid/w:gridCol/@w:w")]
        assert sum(columns) == wanted
        assert found(shown._tbl, "w:tblPr/w:tblLayout/@w:type") == ["fixed"]
        for row in shown.rows:
            assert sum(int(width) for width in found(row._tr, "w:tc/w:tcPr/w:tcW/@w:w")) == wanted


def test_captions_count_as_fields_and_units_stand_at_the_right(sample: Document) -> None:
    document = opened(write(sample))
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert [text(paragraph._p) for paragraph in captions][:4] == [
        "表1　项目资金预算、到位及拨付情况表",
        "图1　各子项目资金到位与拨付情况",
        "图2　各子项目到位资金的层级构成",
        "表2　机构运营补助发放明细表",
    ]
    assert {instructions(paragraph._p)[0] for paragraph in captions} == {r"SEQ 表 \* ARABIC", r"SEQ 图 \* ARABIC"}
    units = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "表格单位"]
    assert units[:4] == ["单位：万元", "单位：万元", "单位：万元", "单位：元"]
    assert document.styles["表格单位"].paragraph_format.keep_with_next


def test_a_table_without_a_caption_has_no_number() -> None:
    document = opened(of_blocks(Table("表", "", (), (Row((cell("甲"),)),), (1,))))
    assert all(paragraph.style.name != "Caption" for paragraph in document.paragraphs)


def test_a_table_without_a_caption_keeps_its_distance() -> None:
    document = opened(of_blocks(Table("表", "", (), (Row((cell("甲"),)),), (1,))))
    first = document.paragraphs[0]
    assert (first.style.name, first.text) == ("表后间隔", "")
    assert found(first._p, "w:pPr/w:keepNext")


def test_numbers_stand_right_words_in_heads_and_totals_in_the_middle() -> None:
    number = Cell((Text("1.00"),), number=Decimal("1.00"))
    shown = table(
        Row((cell("一个很长很长的名称在此"), number, Cell((Text("左"),), align=Align.LEFT))),
        Row((cell("合计"), number, cell("丙")), RowKind.TOTAL),
        head=(Row((cell("一个很长很长的表头名称在此"), cell("数"), cell("文"))),),
    )
    aligned = [[str(found(each._tc, "w:p/w:pPr/w:jc/@w:val")[0]) for each in row.cells] for row in shown.rows]
    assert aligned == [["center"] * 3, ["left", "right", "left"], ["center", "right", "center"]]


def test_totals_are_bold_figures_included(sample: Document) -> None:
    total = opened(write(sample)).tables[1].rows[-1]._tr
    assert len(found(total, ".//w:sdt")) == 4
    runs = found(total, ".//w:r")
    assert len(found(total, ".//w:r[w:rPr/w:b]")) == len(runs)


def test_heads_are_shaded(sample: Document) -> None:
    head = opened(write(sample)).tables[1].rows[0]._tr
    assert set(found(head, "w:tc/w:tcPr/w:shd/@w:fill")) == {"DCE6F1"}


def test_empty_is_neither_nought_nor_not_applicable() -> None:
    row = Row((Cell(state=CellState.EMPTY), Cell(state=CellState.NOT_APPLICABLE), cell("0.00")))
    assert grid(table(row)) == [["—", "/", "0.00"]]


def test_a_cell_of_several_lines_keeps_them() -> None:
    assert grid(table(Row((cell("一\n二"),)), widths=(1,))) == [["一\n二"]]


def test_tables_have_a_name_for_those_who_cannot_see_them(sample: Document) -> None:
    shown = opened(write(sample)).tables[1]
    assert found(shown._tbl, "w:tblPr/w:tblCaption/@w:val") == ["项目资金预算、到位及拨付情况表"]
    assert found(shown._tbl, "w:tblPr/w:tblDescription/@w:val") == ["项目资金预算、到位及拨付情况表（单位：万元）"]


def test_the_note_stands_below() -> None:
    table_with_note = samples.funds_table()
    document = opened(of_blocks(table_with_note))
    assert document.paragraphs[-1].text == table_with_note.note
    assert document.paragraphs[-1].style.name == "表注"
    assert table_with_note.orientation is Orientation.LANDSCAPE


@given(st.integers(1, 20_000), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_widths_add_up_whatever_they_are(total: int, parts: list[int]) -> None:
    divided = shares(total, tuple(parts))
    assert sum(divided) == total
    assert all(abs(got * sum(parts) - total * part) <= sum(parts) for got, part in zip(divided, parts, strict=True))
