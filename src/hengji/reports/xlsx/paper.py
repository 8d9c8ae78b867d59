"""What all sheets share: the workbook with its formats, how text is written, how a sheet prints."""

from __future__ import annotations

from dataclasses import field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hengji.model.document import Align, Orientation
from hengji.model.record import record
from hengji.reports.widths import width
from hengji.reports.xlsx.names import CONTENTS
from hengji.reports.xlsx.values import fitted, looks_like_formula

_A4 = 9
_LINE = 15.6  # points: the height of a line of text
_TALLEST = 409.0  # points: a row cannot be higher
_ALIGNED = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}

TITLE = {"bold": True, "font_size": 14, "align": "center", "text_wrap": True}
HEAD = {
    "bold": True,
    "align": "center",
    "text_wrap": True,
    "border": 1,
    "border_color": "#808080",
    "bg_color": "#EEF1F5",
}
BODY = {"text_wrap": True, "border": 1, "border_color": "#808080"}
QUIET = {"font_color": "#5B6470", "text_wrap": True}
LINK = {"font_color": "#1F5FA8", "underline": 1, "border": 1, "border_color": "#808080", "text_wrap": True}

Properties = dict[str, object]


def aligned(align: Align) -> Properties:
    """Left and right keep a little distance from the border."""
    return {"align": _ALIGNED[align], "indent": 0 if align is Align.CENTRE else 1}


@record
class Paper:
    """A workbook being written; equal formats are made once."""

    book: Workbook
    _formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def format(self, *properties: Properties) -> Format:
        merged: Properties = {"valign": "vcenter"}
        for each in properties:
            merged |= each
        key = tuple(sorted(merged.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(merged)
        return self._formats[key]

    def text(self, sheet: Worksheet, row: int, column: int, words: str, *properties: Properties) -> None:
        """Words as text, whatever they begin with: what looks like a formula also keeps the mark of a text."""
        guard: Properties = {"quote_prefix": True} if looks_like_formula(words) else {}
        look = self.format(*properties, guard)
        if words:
            sheet.write_string(row, column, fitted(words), look)
        else:
            sheet.write_blank(row, column, None, look)

    def merged(self, sheet: Worksheet, area: tuple[int, int, int, int], *properties: Properties) -> None:
        """Join first row, first column … last row, last column; a single cell has nothing to join."""
        if area[:2] != area[2:]:
            sheet.merge_range(*area, "", self.format(*properties))


def back(paper: Paper, sheet: Worksheet, column: int) -> None:
    """The way back to the list of sheets, to the right of what prints."""
    sheet.write_url(
        0, column, f"internal:'{CONTENTS}'!A1", paper.format({"font_color": "#1F5FA8", "underline": 1}), "返回目录"
    )
    sheet.set_column(column, column, 10)


def printed(sheet: Worksheet, orientation: Orientation, heads: tuple[int, int], last: tuple[int, int]) -> None:
    """A4, one page across, head rows on each page, page numbers at the foot; ``last`` is the last row and column."""
    sheet.set_paper(_A4)
    if orientation is Orientation.LANDSCAPE:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*heads)
    sheet.print_area(0, 0, *last)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")


def height(pieces: list[tuple[str, float]]) -> float:
    """Points that a row needs for its texts, each with the width of its cell in half-width places."""
    most = max((_lines(words, room) for words, room in pieces), default=1)
    return min(_LINE * most + 3, _TALLEST)


def _lines(words: str, room: float) -> int:
    return sum(max(-(-width(line) // max(int(room) - 1, 1)), 1) for line in words.split("\n"))
