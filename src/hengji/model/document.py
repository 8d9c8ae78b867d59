"""A document: a dozen kinds of block, between those who compose or read it and those who write it.

Writers know nothing of evaluation; composers know nothing of formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import Enum

from hengji.model.cell_state import CellState
from hengji.model.figure import Figure
from hengji.model.profile import Layout
from hengji.model.record import record


class Emphasis(Enum):
    """着重: how a run of characters stands out."""

    PLAIN = "正文"
    STRONG = "加粗"
    QUIET = "次要"


@record
class Text:
    """文字: a run of characters."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


@record
class Ref:
    """数值引用: the figure ``figure`` printed as ``text``; writers keep the id so that it can be found again."""

    figure: str
    text: str
    emphasis: Emphasis = Emphasis.PLAIN


Inline = Text | Ref


class Align(Enum):
    """对齐: how a cell's content stands in its width."""

    LEFT = "左"
    CENTRE = "中"
    RIGHT = "右"
    JUSTIFY = "两端"


@record
class Heading:
    """标题: level 1 to 4; ``text`` has its number already (一、 （一） 1. （1）). ``anchor`` is unique."""

    level: int
    text: str
    anchor: str


class ParagraphStyle(Enum):
    """段落样式: what a paragraph is for; each writer knows how that looks."""

    BODY = "正文"
    LEAD = "小标题段"
    CENTRED = "居中"
    NOTE = "注"
    SIGNATURE = "落款"


@record
class Paragraph:
    """段落: inlines in one style."""

    inlines: tuple[Inline, ...]
    style: ParagraphStyle = ParagraphStyle.BODY


@record
class SumOf:
    """合计: the sum of the same column in these body rows (0-based); spreadsheets write it as a live formula."""

    rows: tuple[int, ...]


@record
class RatioOf:
    """比率: one column of this row divided by another (0-based grid columns)."""

    numerator: int
    denominator: int


Calculation = SumOf | RatioOf


@record
class Cell:
    """单元格: covers ``columns`` × ``rows`` grid places to the right and below; covered places are left out of later rows.

    ``number`` is the exact number as printed (its decimals kept), for spreadsheets and alignment.
    """

    inlines: tuple[Inline, ...] = ()
    columns: int = 1
    rows: int = 1
    align: Align | None = None
    state: CellState = CellState.FILLED
    number: Decimal | None = None
    calculation: Calculation | None = None


class RowKind(Enum):
    """行类型: what a body row adds up."""

    BODY = "明细"
    SUBTOTAL = "小计"
    TOTAL = "合计"


@record
class Row:
    """行: cells from left to right, without those that an earlier cell covers."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY


class Orientation(Enum):
    """页面方向: of the page on which a table stands."""

    PORTRAIT = "纵向"
    LANDSCAPE = "横向"


@record
class Table:
    """表: ``head`` rows repeat on each page; ``widths`` are relative, one per grid column; ``unit`` stands above, right."""

    id: str
    caption: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    widths: tuple[int, ...]
    unit: str = ""
    note: str = ""
    orientation: Orientation = Orientation.PORTRAIT


class ChartKind(Enum):
    """图类型: the forms that every format can draw."""

    BARS = "条形图"
    COLUMNS = "柱形图"
    STACKED_COLUMNS = "堆积柱形图"
    STACKED_BARS = "百分比堆积条形图"


@record
class Series:
    """数据系列: one value per category, None where there is none; ``figures`` are the ids behind the values ("" for none)."""

    name: str
    values: tuple[Decimal | None, ...]
    figures: tuple[str, ...] = ()


@record
class Chart:
    """图: drawn from numbers by each writer, native where the format has charts."""

    id: str
    caption: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""


@record
class Items:
    """列举: each item its own paragraph, with its own mark already in the text."""

    items: tuple[tuple[Inline, ...], ...]


@record
class Contents:
    """目录: down to ``depth`` levels."""

    depth: int = 2


class BreakKind(Enum):
    """分隔类型: what starts anew."""

    PAGE = "换页"


@record
class Break:
    """分隔: what follows starts anew."""

    kind: BreakKind = BreakKind.PAGE


@record
class Cover:
    """封面: title lines, label–value lines (委托单位 …), and the date at the foot."""

    title: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    date: str
    kicker: str = ""


@record
class AnnexStart:
    """附件首页: starts a new page with "附件1" at the top left and the centred title.

    Without a label it is front matter (摘要) or the report's own title, which the table of contents does not list.
    """

    label: str
    title: str
    anchor: str


Block = Heading | Paragraph | Items | Table | Chart | Contents | Break | Cover | AnnexStart


@record
class Document:
    """文档: blocks in reading order, the figures that are referred to (with all they come from), and the layout."""

    title: str
    blocks: tuple[Block, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    layout: Layout = Layout("GB/T 9704-2012")
    subject: str = ""
    author: str = ""


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The characters of inlines, one after the other."""
    return "".join(inline.text for inline in inlines)
