"""Tables as HTML: heads repeat in print, wide ones scroll inside their own frame."""

from __future__ import annotations

from hengji.model.document import Align, Chart, Orientation, RowKind, Table
from hengji.model.figure import MISSING
from hengji.reports.grid import Grid, Line, Placed, lay, shown
from hengji.reports.html.links import Page, inlines, reference
from hengji.reports.markup import NOTHING, Markup, element, text, void
from hengji.reports.numbering import caption

_ALIGNED = {Align.LEFT: "left", Align.CENTRE: "centre", Align.RIGHT: "right", Align.JUSTIFY: "justify"}
_ROWS = {RowKind.BODY: None, RowKind.SUBTOTAL: "subtotal", RowKind.TOTAL: "total"}
_MANY = 7  # columns, from which on a table keeps its first column in sight while it scrolls


def table(block: Table, page: Page) -> Markup:
    """A figure: caption and unit above, the table in a frame that scrolls, the note below."""
    grid = lay(block)
    title = caption(block, page.numbered)
    sizes = " ".join(
        name
        for name, holds in (("wide", block.orientation is Orientation.LANDSCAPE), ("many", len(grid.widths) >= _MANY))
        if holds
    )
    return element(
        "figure",
        element("figcaption", text(title)) if title else NOTHING,
        element("p", text(f"单位：{block.unit}"), class_="unit") if block.unit else NOTHING,
        element(
            "div",
            element("table", _columns(grid), _head(grid, page), _body(grid, page), class_=sizes or None),
            class_="scroll",
            tabindex=0,
            role="group",
            aria_label=title or "表格",
        ),
        element("p", text(block.note), class_="note") if block.note else NOTHING,
        class_=f"table {sizes}".strip(),
        id=f"table:{block.id}",
    )


def _columns(grid: Grid) -> Markup:
    whole = sum(grid.widths) or 1
    return element("colgroup", *(void("col", width=f"{100 * each // whole}%") for each in grid.widths))


def _head(grid: Grid, page: Page) -> Markup:
    if not grid.head:
        return NOTHING
    rows = (element("tr", *(_head_cell(placed, page) for placed in line.cells)) for line in grid.head)
    return element("thead", *rows)


def _head_cell(placed: Placed, page: Page) -> Markup:
    return element(
        "th",
        inlines(shown(placed.cell), page),
        scope="col" if placed.columns == 1 else "colgroup",
        **_spans(placed),
    )


def _body(grid: Grid, page: Page) -> Markup:
    return element("tbody", *(_row(line, page) for line in grid.body))


def _row(line: Line, page: Page) -> Markup:
    return element("tr", *(_cell(placed, len(line.cells), page) for placed in line.cells), class_=_ROWS[line.kind])


def _cell(placed: Placed, beside: int, page: Page) -> Markup:
    """The first cell of a row names it, unless it is a number or stands alone."""
    names = placed.column == 0 and placed.cell.number is None and beside > 1
    content = inlines(shown(placed.cell), page)
    if names:
        scope = "row" if placed.rows == 1 else "rowgroup"
        return element("th", content, scope=scope, class_=_ALIGNED[placed.align], **_spans(placed))
    return element("td", content, class_=_ALIGNED[placed.align], **_spans(placed))


def _spans(placed: Placed) -> dict[str, int]:
    spans = {"colspan": placed.columns, "rowspan": placed.rows}
    return {name: span for name, span in spans.items() if span > 1}


def chart_data(chart: Chart, page: Page) -> Markup:
    """The numbers behind a chart, each with its trace."""
    head = element("tr", *(element("th", text(name), scope="col") for name in ("", *(s.name for s in chart.series))))
    rows = (
        element("tr", element("th", text(category), scope="row"), *_values(chart, at, page))
        for at, category in enumerate(chart.categories)
    )
    return element(
        "div",
        element("table", element("thead", head), element("tbody", *rows)),
        class_="scroll",
        tabindex=0,
        role="group",
        aria_label=f"{chart.caption}的数据",
    )


def _values(chart: Chart, at: int, page: Page) -> list[Markup]:
    cells = []
    for series in chart.series:
        value = series.values[at] if at < len(series.values) else None
        figure = series.figures[at] if at < len(series.figures) else ""
        words = text(MISSING if value is None else f"{value:,}")
        cells.append(element("td", reference(figure, words, page), class_="right"))
    return cells
