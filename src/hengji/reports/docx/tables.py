"""Tables: fixed widths that fill the line, heads that repeat, rows that stay whole, merged cells."""

from __future__ import annotations

from hengji.model.document import Align, Emphasis, RowKind, Table
from hengji.model.record import record
from hengji.reports.docx.fields import sequence
from hengji.reports.docx.measure import WHOLE_ROW, Measured, Measures
from hengji.reports.docx.runs import Inlines, paragraph, run
from hengji.reports.docx.styles import Jc, Style
from hengji.reports.docx.xml import escape
from hengji.reports.grid import Line, Placed, shown

KEEP = "<w:keepNext/>"
_JC = {Align.LEFT: Jc.LEFT, Align.CENTRE: Jc.CENTRE, Align.RIGHT: Jc.RIGHT, Align.JUSTIFY: Jc.BOTH}
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{0}"/>'


@record
class _Look:
    """How rows of a kind look. ``label`` aligns words where neither cell nor column says otherwise."""

    style: Style = Style.TABLE_TEXT
    emphasis: Emphasis = Emphasis.PLAIN
    shade: str = ""
    repeat: str = ""
    label: Align | None = None


_HEAD = _Look(Style.TABLE_HEAD, shade=_SHADE.format("DCE6F1"), repeat="<w:tblHeader/>", label=Align.CENTRE)
_BODY = {
    RowKind.BODY: _Look(),
    RowKind.SUBTOTAL: _Look(emphasis=Emphasis.STRONG, label=Align.CENTRE),
    RowKind.TOTAL: _Look(emphasis=Emphasis.STRONG, shade=_SHADE.format("F2F2F2"), label=Align.CENTRE),
}


@record
class Tables:
    """Writes the tables of one document."""

    measures: Measures
    inlines: Inlines

    def write(self, table: Table, number: str) -> str:
        """Caption, unit, table and note. ``number`` is 表1 …, "" for a table without a caption."""
        caption = captioned(table.caption, number)
        above = (paragraph(Style.CAPTION, caption, paging=KEEP) if caption else "") + unit(table.unit)
        below = paragraph(Style.NOTE, run(table.note)) if table.note else paragraph(Style.GAP, "")
        return (above or paragraph(Style.GAP, "", paging=KEEP)) + self._table(table) + below

    def _table(self, table: Table) -> str:
        measured = self.measures[id(table)]
        rows = _Rows(measured.columns, self.inlines, table.unit)
        loose = tuple(False for _ in measured.head)
        head = rows.write(measured.grid.head, tuple(_HEAD for _ in measured.head), measured.head, loose)
        looks = tuple(_BODY[line.kind] for line in measured.grid.body)
        body = rows.write(measured.grid.body, looks, measured.body, measured.tied)
        return f"<w:tbl>{_properties(table, measured)}{head}{body}</w:tbl>"


@record
class _Rows:
    """Writes the rows of one table; ``columns`` are widths in twips."""

    columns: tuple[int, ...]
    inlines: Inlines
    unit: str

    def write(
        self, lines: tuple[Line, ...], looks: tuple[_Look, ...], heights: tuple[int, ...], tied: tuple[bool, ...]
    ) -> str:
        """Rows of head or body; a tied one stays with the next."""
        written: list[str] = []
        above: dict[int, Placed] = {}  # first column → the cell that reaches down into this row
        for index, (line, look, height, stays) in enumerate(zip(lines, looks, heights, tied, strict=True)):
            above = {column: cell for column, cell in above.items() if cell.row + cell.rows > index}
            tie = KEEP if stays else ""
            cells = "".join(self._cells(line, above, look, tie))
            above |= {cell.column: cell for cell in line.cells if cell.rows > 1}
            whole = "<w:cantSplit/>" if height <= WHOLE_ROW else ""
            written.append(f"<w:tr><w:trPr>{whole}{look.repeat}</w:trPr>{cells}</w:tr>")
        return "".join(written)

    def _cells(self, line: Line, above: dict[int, Placed], look: _Look, tie: str) -> list[str]:
        """From left to right: cells that begin here, the rest of merged ones, and empty ones where a row is short."""
        begin = {cell.column: cell for cell in line.cells}
        written: list[str] = []
        at = 0
        while at < len(self.columns):
            if at in begin:
                placed = begin[at]
                written.append(self._cell(placed, look, tie))
                at += placed.columns
            elif at in above:
                written.append(self._covered(above[at], tie))
                at += above[at].columns
            else:
                written.append(_cell(self.columns[at], "", paragraph(Style.TABLE_TEXT, "")))
                at += 1
        return written

    def _cell(self, placed: Placed, look: _Look, tie: str) -> str:
        cell = placed.cell
        by_look = look.label if cell.align is None and cell.number is None else None
        content = self.inlines.write(shown(cell), look.emphasis, self.unit)
        merge = '<w:vMerge w:val="restart"/>' if placed.rows > 1 else ""
        text = paragraph(look.style, content, _JC[by_look or placed.align], tie)
        return _cell(self._across(placed), _span(placed) + merge + look.shade, text)

    def _covered(self, placed: Placed, tie: str) -> str:
        return _cell(self._across(placed), f"{_span(placed)}<w:vMerge/>", paragraph(Style.TABLE_TEXT, "", paging=tie))

    def _across(self, placed: Placed) -> int:
        return sum(self.columns[placed.column : placed.column + placed.columns])


def captioned(caption: str, number: str) -> str:
    """表 and its running number as a field, then the words; without a number only the words."""
    if not number:
        return run(caption) if caption else ""
    kind = number[0]
    return f"{run(kind)}{sequence(kind, number[1:])}{run('　' + caption)}"


def unit(name: str) -> str:
    """单位：万元, at the right above a table or chart."""
    return paragraph(Style.UNIT, run(f"单位：{name}")) if name else ""


def _properties(table: Table, measured: Measured) -> str:
    name = escape(table.caption or table.id)
    described = f"{name}（单位：{escape(table.unit)}）" if table.unit else name
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in measured.columns)
    return (
        f'<w:tblPr><w:tblStyle w:val="{Style.TABLE.value}"/><w:tblW w:w="{sum(measured.columns)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val="{name}"/><w:tblDescription w:val="{described}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _span(placed: Placed) -> str:
    return f'<w:gridSpan w:val="{placed.columns}"/>' if placed.columns > 1 else ""


def _cell(across: int, properties: str, text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{across}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
