"""A dossier to its workbook: header frozen, units in headers, choices as lists, examples as notes. Same dossier, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from hengji.model.dossier import Dossier
from hengji.model.record import record
from hengji.model.table import ColumnType, Table
from hengji.model.template import NOT_JUDGED, TO_FILL
from hengji.reports.widths import wrap
from hengji.work.workbook.data import DataSheet, cell_of, data_sheets, width_of
from hengji.work.workbook.form import Cell, Field, Sheet
from hengji.work.workbook.sheets import GUIDE, SHEETS, WORDS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOMENT = datetime(2020, 1, 1)  # noqa: DTZ001  XlsxWriter wants a naive time and writes it as UTC
_SPARE_ROWS = 500
_LONGEST_LIST = 255
_LINE_HEIGHT = 15
_MOST_LINES = 16
_PLACEHOLDERS = (TO_FILL, NOT_JUDGED, "示例")
_AFTER = "子项目"
"""The ledger stands behind this sheet."""
_GUIDE = (
    "本工作簿是评价档案的填报视图。填好后保存，运行：hengji import 档案文件夹 本工作簿",
    "",
    "一、每张表第一行是表头，不要改动或合并；表头右上角有红三角的，指上去可看填写示例。",
    "二、一行一条。删去一行就是从档案中删去这一条；整张表没有数据行的，档案中原有内容不动。",
    "三、灰色斜体是待填的内容和示例，请改写成实际内容。",
    "四、金额按表头单位填数字，不写“元”“万元”；日期写作 2024-07-12 或 2024年7月12日；不知道的留空，不要填 0。",
    "五、有下拉列表的格从列表中选；几个编号写在一格时用顿号隔开，如 E01、E02。",
    "六、指标体系一行一个末级指标，上级指标名称每行都写；上级分值由下级相加，一级合计应为 100。",
    "七、评判表先逐项写判断和理由，再写评判人；底稿的分析文字写在档案的 papers 文件夹，报告各章文字写在 chapters 文件夹。",
    "八、有一格填错，整份都不并入，程序会指出每一处的表名、单元格和改法。",
)


@record
class _Styles:
    header: Format
    required: Format
    grey: Mapping[ColumnType, Format]
    plain: Mapping[ColumnType, Format]
    title: Format
    text: Format


def workbook_of(dossier: Dossier) -> bytes:
    """The workbook that shows ``dossier``; read back it changes nothing."""
    file = BytesIO()
    book = _begun(file, "填报工作簿")
    styles = _styles(book)
    words = _Words()
    _write_guide(book.add_worksheet(GUIDE), styles)
    own = list(data_sheets(dossier))
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.name), sheet, dossier, styles, words)
        if sheet.name == _AFTER:
            for data in own[:1]:
                _write_data(book.add_worksheet(data.name), data, data.table(dossier), styles, words)
    for data in own[1:]:
        _write_data(book.add_worksheet(data.name), data, data.table(dossier), styles, words)
    words.write(book.add_worksheet(WORDS))
    book.close()
    return file.getvalue()


def blank_workbook(title: str, sheets: Iterable[DataSheet]) -> bytes:
    """Empty tables to be filled in: headers with units, choices as lists, notes."""
    file = BytesIO()
    book = _begun(file, title)
    styles, words = _styles(book), _Words()
    for sheet in sheets:
        _write_data(book.add_worksheet(sheet.name), sheet, None, styles, words)
    words.write(book.add_worksheet(WORDS))
    book.close()
    return file.getvalue()


def _begun(file: BytesIO, title: str) -> Workbook:
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MOMENT})
    return book


def _styles(book: Workbook) -> _Styles:
    formats = {
        ColumnType.DATE: {"num_format": "yyyy-mm-dd"},
        ColumnType.MONEY: {"num_format": "#,##0.00"},
        ColumnType.TEXT: {"num_format": "@"},
        ColumnType.ENUM: {"num_format": "@"},
        ColumnType.CITIZEN: {"num_format": "@"},  # a number of 18 digits would lose the last three
        ColumnType.CREDIT: {"num_format": "@"},
    }
    base = {"text_wrap": True, "valign": "top", "font_name": "宋体", "font_size": 11}
    base |= {"border": 1, "border_color": "#D0D0D0"}
    grey = {"font_color": "#808080", "italic": True}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    return _Styles(
        book.add_format(head | {"bg_color": "#E8EDF3"}),
        book.add_format(head | {"bg_color": "#C9D8EA"}),
        {kind: book.add_format(base | grey | formats.get(kind, {})) for kind in ColumnType},
        {kind: book.add_format(base | formats.get(kind, {})) for kind in ColumnType},
        book.add_format({"bold": True, "font_size": 16}),
        book.add_format({"text_wrap": True, "valign": "top", "font_size": 12}),
    )


class _Words:
    """Lists of words for drop-downs: short ones stand in the rule itself, long ones on a hidden sheet."""

    def __init__(self) -> None:
        self.lists: list[tuple[str, ...]] = []

    def source(self, words: Sequence[str]) -> list[str] | str:
        listed = tuple(words)
        if len(",".join(listed)) <= _LONGEST_LIST and not any("," in word for word in listed):
            return list(listed)
        if listed not in self.lists:
            self.lists.append(listed)
        column = xl_col_to_name(self.lists.index(listed), col_abs=True)
        return f"={WORDS}!{column}$1:{column}${len(listed)}"

    def write(self, sheet: Worksheet) -> None:
        for position, listed in enumerate(self.lists):
            for line, word in enumerate(listed):
                sheet.write_string(line, position, word)
        sheet.hide()


def _write_guide(sheet: Worksheet, styles: _Styles) -> None:
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, "填报说明", styles.title)
    for line, text in enumerate(_GUIDE, 2):
        sheet.write_string(line, 0, text, styles.text)
    _finish(sheet)


def _write_sheet(page: Worksheet, sheet: Sheet[Any], dossier: Dossier, styles: _Styles, words: _Words) -> None:
    items = sheet.take(dossier)
    last = len(items) + _SPARE_ROWS
    for position, column in enumerate(sheet.columns):
        _write_header(page, position, column.header, styles.required if column.required else styles.header)
        page.set_column(position, position, column.width, styles.plain[column.kind])
        _comment(page, position, sheet.note if position == 0 else "", _hint(column))
        if column.choices:
            _offer(page, 1, last, position, words.source(column.choices))
        elif column.refers and not isinstance(_default(sheet, column), tuple):
            _offer(page, 1, last, position, f"='{column.refers}'!$A$2:$A${_SPARE_ROWS}")
    for line, item in enumerate(items, 1):
        offered = sheet.choices(dossier, item)
        _grow(page, line, zip(sheet.cells(item), (column.width for column in sheet.columns), strict=True))
        for position, (column, cell) in enumerate(zip(sheet.columns, sheet.cells(item), strict=True)):
            _write_cell(page, line, position, cell, column.kind, styles)
            if column.field in offered:
                _offer(page, line, line, position, words.source(offered[column.field]))
    _finish(page)


def _finish(page: Worksheet) -> None:
    """The header stays in sight; printed, a sheet is as wide as a page of A4 across."""
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _default(sheet: Sheet[Any], column: Field) -> object:
    """The value of the field in some record: a tuple when it holds several."""
    hint = sheet.record.__dataclass_fields__[column.field].type
    return () if str(hint).startswith("tuple") else None


def _hint(column: Field) -> str:
    several = "；几项用顿号隔开" if column.refers and column.example.count("、") else ""
    parts = [
        "必填" if column.required else "",
        f"填“{column.refers}”表中的编号{several}" if column.refers else "",
        f"示例：{column.example}" if column.example else "",
    ]
    return "\n".join(part for part in parts if part)


def _write_data(page: Worksheet, sheet: DataSheet, table: Table | None, styles: _Styles, words: _Words) -> None:
    rows = table.rows if table is not None else ()
    refers = dict(sheet.refers)
    last = len(rows) + _SPARE_ROWS
    for position, (column, header) in enumerate(zip(sheet.columns, sheet.headers, strict=True)):
        _write_header(page, position, header, styles.required if column.required else styles.header)
        page.set_column(position, position, width_of(column), styles.plain[column.type])
        _comment(page, position, sheet.note if position == 0 else "", "必填" if column.required else "", column.note)
        if column.choices:
            _offer(page, 1, last, position, words.source(column.choices))
        elif column.name in refers:
            _offer(page, 1, last, position, f"='{refers[column.name]}'!$A$2:$A${_SPARE_ROWS}")
    for line, row in enumerate(rows, 1):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, line, position, cell_of(value, column), column.type, styles)
    _finish(page)


def _write_header(page: Worksheet, position: int, text: str, style: Format) -> None:
    page.write_string(0, position, text, style)


def _comment(page: Worksheet, position: int, *parts: str) -> None:
    text = "\n".join(part for part in parts if part)
    if text:
        page.write_comment(0, position, text, {"author": "衡绩", "color": "#EDEDED", "x_scale": 2, "font_size": 9})


def _offer(page: Worksheet, first: int, last: int, position: int, source: list[str] | str) -> None:
    """A drop-down that proposes; what else is typed is judged when the workbook is read."""
    rule = {"validate": "list", "source": source, "error_type": "warning", "error_title": "不在列表中"}
    page.data_validation(first, position, last, position, rule)


def _grow(page: Worksheet, line: int, cells: Iterable[tuple[Cell, int]]) -> None:
    """A row in which texts wrap is as high as the longest, within reason."""
    lines = max(
        sum(len(wrap(part, places - 1)) for part in cell.split("\n")) if isinstance(cell, str) else 1
        for cell, places in cells
    )
    if lines > 1:
        page.set_row(line, _LINE_HEIGHT * min(lines, _MOST_LINES))


def _write_cell(page: Worksheet, line: int, position: int, cell: Cell, kind: ColumnType, styles: _Styles) -> None:
    waiting = isinstance(cell, str) and _has_any(cell, _PLACEHOLDERS)
    style = (styles.grey if waiting else styles.plain)[kind]
    match cell:
        case None | "":
            page.write_blank(line, position, None, style)
        case int() | Decimal():
            page.write_number(line, position, cell, style)
        case date():
            page.write_datetime(line, position, cell, style)
        case _:
            page.write_string(line, position, cell, style)


def _has_any(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
