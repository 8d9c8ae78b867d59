"""Files to grids: the cells of a csv or a sheet as they stand, each with its place."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hengji.model.cells import Raw
from hengji.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CODE_FILE = "T001"
CODE_MERGED = "T002"
CODE_FORMULA = "T003"


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of raw cells with the 1-based line (or sheet row) of each; ``sheet`` is empty for csv."""

    path: str
    rows: tuple[tuple[Raw, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""

    def place(self, row: int, column: int, item: str = "") -> Place:
        """Where the cell stands: line of a csv, or sheet and cell of a workbook."""
        line = self.lines[row]
        if self.sheet:
            return Place(self.path, line, None, self.sheet, f"{column_letters(column)}{line}", item)
        return Place(self.path, line, None, item=item)


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_grid(path: str, content: bytes, sheet: str = "") -> tuple[Grid | None, tuple[Finding, ...]]:
    """The cells of a csv (UTF-8 or GB18030) or of one sheet of a workbook (the first when ``sheet`` is empty)."""
    if path.endswith(".xlsx"):
        return _read_sheet(path, content, sheet)
    if path.endswith(".csv"):
        return _read_csv(path, content)
    return None, (_unreadable(path, "不支持的文件格式", "csv 或 xlsx", "另存为 csv 或 xlsx"),)


def _unreadable(path: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding(CODE_FILE, Severity.ERROR, Place(path), found, expected, remedy)


def decode_text(content: bytes) -> str | None:
    """UTF-8 (with or without BOM) or GB18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_csv(path: str, content: bytes) -> tuple[Grid | None, tuple[Finding, ...]]:
    text = decode_text(content)
    if text is None:
        return None, (_unreadable(path, "文字编码无法识别", "UTF-8 或 GB18030", "在 Excel 中另存为“CSV UTF-8”"),)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, start = [], [], 1
    try:
        for row in reader:
            rows.append(tuple(row))
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        place = Place(path, start)
        remedy = "检查该行的引号是否成对、文件是否为纯文本"
        fault = Finding(CODE_FILE, Severity.ERROR, place, "此行不是合法的 CSV", "逗号分隔、引号成对", remedy)
        return None, (fault,)
    return Grid(path, tuple(rows), tuple(lines)), ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was opened: as written (with its formulas) and as last calculated."""

    path: str
    written: Workbook
    cached: Workbook

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets with cells, in order."""
        return tuple(sheet.title for sheet in self.cached.worksheets)


def open_book(path: str, content: bytes) -> tuple[Book | None, tuple[Finding, ...]]:
    """A workbook from its bytes; None with a finding when they are not one."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep (extensions, drawings) is not read here
            book = Book(path, load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True))
    except Exception:  # noqa: BLE001  a broken zip or XML raises whatever it likes; all of it means the same to a user
        remedy = "用 Excel 或 WPS 打开后另存为 xlsx"
        return None, (_unreadable(path, "文件打不开，不是完好的 xlsx", "没有加密的 xlsx 工作簿", remedy),)
    if not book.names:
        return None, (_unreadable(path, "工作簿里没有工作表", "至少一张工作表", "放入数据后另存"),)
    return book, ()


def sheet_grid(book: Book, sheet: str) -> tuple[Grid, tuple[Finding, ...]]:
    """The cells of one of the book's sheets."""
    cached = book.cached[sheet]
    values = tuple(tuple(row) for row in cached.iter_rows(values_only=True))
    faults = tuple(_sheet_faults(book.path, sheet, book.written[sheet], cached))
    return Grid(book.path, values, tuple(range(1, len(values) + 1)), sheet), faults


def _read_sheet(path: str, content: bytes, sheet: str) -> tuple[Grid | None, tuple[Finding, ...]]:
    book, faults = open_book(path, content)
    if book is None:
        return None, faults
    name = sheet or book.names[0]
    if name not in book.names:
        return None, (_unreadable(path, f"没有工作表“{name}”", "其一：" + "、".join(book.names), "改正工作表名"),)
    return sheet_grid(book, name)


def _sheet_faults(path: str, sheet: str, written: Worksheet, cached: Worksheet) -> Iterator[Finding]:
    for merged in sorted(written.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col)):
        if merged.min_row != merged.max_row:
            place = Place(path, merged.min_row, None, sheet, merged.coord)
            remedy = "取消合并，在每一行都填上同样的值；合并区内除首格外按空白读取"
            yield Finding(CODE_MERGED, Severity.WARNING, place, "纵向合并的单元格", "每行各自的值", remedy)
    for row in written.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                yield _formula(path, sheet, cell, cached[cell.coordinate].value)


def _formula(path: str, sheet: str, cell: Any, value: Raw) -> Finding:
    place = Place(path, cell.row, None, sheet, cell.coordinate)
    if value is None:
        remedy = "用 Excel 或 WPS 打开并保存一次，或粘贴为数值"
        return Finding(CODE_FORMULA, Severity.ERROR, place, "公式没有计算结果", "数值", remedy)
    remedy = "若要固定结果，粘贴为数值"
    return Finding(CODE_FORMULA, Severity.NOTE, place, f"此格是公式，按其保存的结果 {value} 读取", "数值", remedy)
