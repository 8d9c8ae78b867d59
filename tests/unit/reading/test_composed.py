"""Our own documents as reports."""

from hengji.model.cell_state import CellState
from hengji.model.document import (
    AnnexStart,
    Cell,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Text,
)
from hengji.reading.composed import read_document


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def cells(*texts: str) -> Row:
    return Row(tuple(Cell(words(text)) for text in texts))


DOCUMENT = Document(
    "养护资金绩效评价报告",
    (
        Cover(("养护资金", "绩效评价报告"), (("委托单位", "某区财政局"),), "2023年6月"),
        Contents(),
        Heading(1, "一、概况", "a"),
        Heading(2, "（一）资金", "b"),
        Paragraph(words("资金见表1。")),
        Items((words("1. 甲站；"), words("2. 乙站。"))),
        Table(
            "t1",
            "表1 资金明细",
            (Row((Cell(words("单位"), rows=2), Cell(words("补助"), columns=2))), cells("省级", "市级")),
            (
                cells("甲站", "12", "13"),
                Row((Cell(words("乙站")), Cell(state=CellState.EMPTY), Cell(state=CellState.NOT_APPLICABLE))),
            ),
            (1, 1, 1),
            "万元",
            "注：不含自筹。",
        ),
        AnnexStart("附件1", "工作底稿", "c"),
    ),
)


def test_a_document_is_read_as_its_files_would_be() -> None:
    reading = read_document("报告", DOCUMENT)
    assert [(title.level, title.mark, title.text) for title in reading.titles] == [
        (1, "一、", "概况"),
        (2, "（一）", "资金"),
        (1, "附件1", ""),
        (1, "", "工作底稿"),
    ]
    (grid,) = reading.grids()
    assert (grid.unit, grid.head, grid.height, grid.width) == ("万元", 2, 4, 3)
    assert grid.caption is not None
    assert reading.quote(grid.caption) == "表1 资金明细"
    assert [reading.quote(slot.span) for slot in grid.row(3)] == ["乙站", "", "/"]
    assert [slot.state for slot in grid.row(3)] == [CellState.FILLED, CellState.EMPTY, CellState.NOT_APPLICABLE]
    assert [reading.quote(part.span) for part in reading.prose()] == [
        "养护资金",
        "绩效评价报告",
        "委托单位：某区财政局",
        "2023年6月",
        "资金见表1。",
        "1. 甲站；",
        "2. 乙站。",
        "注：不含自筹。",
    ]
