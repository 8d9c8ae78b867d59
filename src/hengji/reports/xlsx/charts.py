"""A chart as a sheet: its numbers, and a native chart drawn from them that users can edit."""

from __future__ import annotations

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from hengji.model.document import Chart, ChartKind, Orientation
from hengji.model.figure import MISSING
from hengji.reports.drawing import PAPER, in_words
from hengji.reports.markup import printable
from hengji.reports.widths import width
from hengji.reports.xlsx.paper import BODY, HEAD, QUIET, TITLE, Paper, back, height, printed
from hengji.reports.xlsx.values import number_format

_HEAD = 2  # the sheet row of the head
_KINDS = {
    ChartKind.BARS: {"type": "bar"},
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.STACKED_COLUMNS: {"type": "column", "subtype": "stacked"},
    ChartKind.STACKED_BARS: {"type": "bar", "subtype": "percent_stacked"},
}
_FONT = {"name": "宋体", "size": 10}
_HIDDEN = {"visible": False}
_COLUMNS = 6  # at least so many, so that the chart has room above the columns that print
_PIXELS = 20  # of a row, nearly


def write_chart(paper: Paper, sheet: Worksheet, chart: Chart, title: str) -> None:
    """Fill the sheet: numbers above, the chart below."""
    last = len(chart.series)
    _numbers(paper, sheet, chart, title, last)
    foot = _HEAD + len(chart.categories) + 1
    if chart.note:
        paper.text(sheet, foot, 0, chart.note, QUIET, {"text_wrap": False})
    tall = _tall(chart)
    if chart.categories and chart.series:
        options = {"description": printable(in_words(chart)), "object_position": 2}
        sheet.insert_chart(foot + 1, 0, _native(paper, sheet, chart, tall), options)
    sheet.freeze_panes(_HEAD + 1, 1)
    columns = len(_widths(chart))
    back(paper, sheet, columns)
    printed(sheet, Orientation.PORTRAIT, (0, _HEAD), (foot + 2 + tall // _PIXELS, columns - 1))


def _numbers(paper: Paper, sheet: Worksheet, chart: Chart, title: str, last: int) -> None:
    for column, places in enumerate(_widths(chart)):
        sheet.set_column(column, column, places)
    paper.merged(sheet, (0, 0, 0, last), TITLE)
    paper.text(sheet, 0, 0, title, TITLE)
    sheet.set_row(0, height([(title, 40 + 14 * last)]) + 6)
    if chart.unit:
        paper.text(sheet, 1, last, f"单位：{chart.unit}", QUIET, {"align": "right", "text_wrap": False})
    for column, name in enumerate(("", *(series.name for series in chart.series))):
        paper.text(sheet, _HEAD, column, name, HEAD)
    for at, category in enumerate(chart.categories):
        row = _HEAD + 1 + at
        paper.text(sheet, row, 0, category, BODY)
        for column, series in enumerate(chart.series, start=1):
            number = series.values[at] if at < len(series.values) else None
            if number is None:
                paper.text(sheet, row, column, MISSING, BODY, {"align": "right"})
            else:
                shape = paper.format(BODY, {"num_format": number_format(number), "align": "right"})
                sheet.write_number(row, column, float(number), shape)


def _widths(chart: Chart) -> list[int]:
    """Half-width places of the categories' column and of those of the series."""
    widest = max([12, *map(width, chart.categories)])
    return [min(widest + 2, 44)] + [14] * max(len(chart.series), _COLUMNS - 1)


def _across(chart: Chart) -> int:
    """Pixels of all columns."""
    return sum(7 * places + 5 for places in _widths(chart))


def _tall(chart: Chart) -> int:
    if chart.kind in (ChartKind.COLUMNS, ChartKind.STACKED_COLUMNS):
        return 400
    bars = len(chart.series) if chart.kind is ChartKind.BARS else 1
    return 110 + len(chart.categories) * (18 + 16 * bars)


def _native(paper: Paper, sheet: Worksheet, chart: Chart, tall: int) -> NativeChart:
    native = paper.book.add_chart(dict(_KINDS[chart.kind]))
    first, last = _HEAD + 1, _HEAD + len(chart.categories)
    for column in range(1, len(chart.series) + 1):
        colour = PAPER.series[(column - 1) % len(PAPER.series)]
        inside = chart.kind in (ChartKind.STACKED_COLUMNS, ChartKind.STACKED_BARS)
        native.add_series({
            "name": [sheet.name, _HEAD, column],
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
            "fill": {"color": colour.fill},
            "gap": 60,
            "data_labels": {
                "value": True,
                "position": "center" if inside else "outside_end",
                "font": _FONT | ({"color": colour.ink} if inside else {}),
            },
        })  # fmt: skip
    names = {"num_font": _FONT, "line": {"color": "#808080"}, "label_position": "low", "major_gridlines": _HIDDEN}
    if chart.kind in (ChartKind.BARS, ChartKind.STACKED_BARS):
        native.set_y_axis({**names, "reverse": True})  # otherwise the first category stands at the foot
        native.set_x_axis({**_HIDDEN, "major_gridlines": _HIDDEN})
    else:
        native.set_x_axis(names)
        native.set_y_axis({**_HIDDEN, "major_gridlines": _HIDDEN})
    native.set_legend({"none": True} if len(chart.series) == 1 else {"position": "top", "font": _FONT})
    native.set_title({"none": True})
    native.set_size({"width": _across(chart), "height": tall})
    return native
