"""A table as a sheet: caption, unit, head, body, note."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from hengji.model.document import Align, Orientation, RowKind, Table
from hengji.reports.grid import Grid, Placed, lay, text_of
from hengji.reports.widths import width
from hengji.reports.xlsx.paper import BODY, HEAD, QUIET, TITLE, Paper, Properties, aligned, back, height, printed
from hengji.reports.xlsx.values import Place, Value, formula, value

_TOP = 2  # rows of caption and unit
_PORTRAIT, _LANDSCAPE = 88, 132  # half-width places that fit across a page
_MANY = 7  # columns, from which on the first one stays in sight
_ROUNDED = "此数由未舍入的数计算，与表中所印各数直接计算的结果不同，故不设公式。"
_KINDS: dict[RowKind, Properties] = {
    RowKind.BODY: {},
    RowKind.SUBTOTAL: {"bg_color": "#F6F7F9"},
    RowKind.TOTAL: {"bold": True, "bg_color": "#EEF1F5"},
}


def write_table(paper: Paper, sheet: Worksheet, table: Table, title: str) -> None:
    """Fill the sheet; numbers are numbers, sums and ratios are formulas that give the printed number."""
    grid = lay(table)
    widths = _widths(grid, table.orientation)
    last = max(len(widths) - 1, 0)
    for column, places in enumerate(widths):
        sheet.set_column(column, column, places)
    paper.merged(sheet, (0, 0, 0, last), TITLE)
    paper.text(sheet, 0, 0, title, TITLE)
    sheet.set_row(0, height([(title, sum(widths) * 0.7)]) + 6)
    if table.unit:
        paper.text(sheet, 1, last, f"单位：{table.unit}", QUIET, {"align": "right", "text_wrap": False})
    foot = _rows(paper, sheet, grid, widths)
    if table.note:
        paper.merged(sheet, (foot, 0, foot, last), QUIET)
        paper.text(sheet, foot, 0, table.note, QUIET)
        sheet.set_row(foot, height([(table.note, sum(widths))]))
    heads = _TOP + len(grid.head)
    sheet.freeze_panes(heads, 1 if len(widths) >= _MANY else 0)
    back(paper, sheet, last + 1)
    printed(sheet, _turned(table, widths), (0, max(heads - 1, 0)), (foot, last))


def _turned(table: Table, widths: list[float]) -> Orientation:
    return Orientation.LANDSCAPE if sum(widths) > _PORTRAIT * 1.3 else table.orientation


def _widths(grid: Grid, orientation: Orientation) -> list[float]:
    """Half-width places: by share of the page, but never too narrow for a number or for the words of a head."""
    page = _LANDSCAPE if orientation is Orientation.LANDSCAPE else _PORTRAIT
    whole = sum(grid.widths) or 1
    widths = [max(page * share / whole, 6.0) for share in grid.widths]
    for line in (*grid.head, *grid.body):
        for placed in line.cells:
            words = width(text_of(placed.cell))
            least = words if placed.cell.number is not None else min(words, 8)
            if placed.columns == 1:
                widths[placed.column] = max(widths[placed.column], least + 3.5)
    return [round(each, 1) for each in widths]


def _rows(paper: Paper, sheet: Worksheet, grid: Grid, widths: list[float]) -> int:
    """Write head and body; the sheet row below them."""
    first = _TOP + len(grid.head)
    values = _values(grid, first)
    for line in grid.head:
        for placed in line.cells:
            at = (_TOP + placed.row, placed.column)
            _merge(paper, sheet, placed, at, HEAD)
            paper.text(sheet, *at, text_of(placed.cell), HEAD)
    for line in grid.body:
        kind = _KINDS[line.kind]
        for placed in line.cells:
            look = (BODY, kind, aligned(placed.align))
            at = (first + placed.row, placed.column)
            _merge(paper, sheet, placed, at, *look)
            if at in values:
                _number(paper, sheet, placed, at, first, values, look)
            else:
                paper.text(sheet, *at, text_of(placed.cell), *look)
    for row, line in enumerate((*grid.head, *grid.body), start=_TOP):
        pieces = [
            (text_of(placed.cell), sum(widths[placed.column : placed.column + placed.columns]))
            for placed in line.cells
            if placed.rows == 1
        ]
        sheet.set_row(row, height(pieces))
    return first + len(grid.body)


def _merge(paper: Paper, sheet: Worksheet, placed: Placed, at: Place, *look: Properties) -> None:
    paper.merged(sheet, (*at, at[0] + placed.rows - 1, at[1] + placed.columns - 1), *look)


def _values(grid: Grid, first: int) -> dict[Place, Value]:
    """All numbers of the body by their place on the sheet."""
    found = {(first + placed.row, placed.column): value(placed.cell) for line in grid.body for placed in line.cells}
    return {place: each for place, each in found.items() if each is not None}


def _number(
    paper: Paper,
    sheet: Worksheet,
    placed: Placed,
    at: Place,
    first: int,
    values: dict[Place, Value],
    look: tuple[Properties, ...],
) -> None:
    own = values[at]
    right: Properties = {} if placed.cell.align else aligned(Align.RIGHT)
    shape = paper.format(*look, right, {"num_format": own.format, "text_wrap": False})
    calculation = placed.cell.calculation
    written = formula(calculation, at, first, values) if calculation else None
    if written:
        sheet.write_formula(*at, written, shape, float(own.number))
    else:
        sheet.write_number(*at, float(own.number), shape)
    if calculation and not written:
        sheet.write_comment(*at, _ROUNDED)
