"""The workbook inside a chart, which Word opens when a user edits the chart's data."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from hengji.model.document import Chart

SHEET = "Sheet1"
# Fixed: the same chart must give the same bytes.
MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001 - XlsxWriter wants a naive time and writes it as UTC


def workbook(chart: Chart) -> bytes:
    """One sheet: categories in column A from row 2, a series in each column from B, its name in row 1."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"created": MOMENT})
    sheet = book.add_worksheet(SHEET)
    sheet.write_column(1, 0, chart.categories)
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, float(value))  # a spreadsheet's own number; charts are drawn from it
    book.close()
    return stream.getvalue()


def categories_at(chart: Chart) -> str:
    return f"{SHEET}!{xl_range_abs(1, 0, len(chart.categories), 0)}"


def name_at(series: int) -> str:
    """Where the name of the series (0-based) stands."""
    return f"{SHEET}!{xl_range_abs(0, series + 1, 0, series + 1)}"


def values_at(chart: Chart, series: int) -> str:
    return f"{SHEET}!{xl_range_abs(1, series + 1, len(chart.categories), series + 1)}"
