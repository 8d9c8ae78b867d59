"""What stands in a workbook and is not taken over: sheets and columns of the user's own, and days that are only months."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from hengji.cells.sheet import Cell
from hengji.cells.values import read_date
from hengji.engines.grids import Book, Grid, sheet_grid
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Column, ColumnType
from hengji.work.workbook.sheets import GUIDE, WORDS

CODE = "L246"
_UNIT = re.compile(r"[（(][^（()）]*[)）]$")
_HEADER_DEPTH = 12


def unread_sheets(book: Book, known: Sequence[str]) -> Iterator[Finding]:
    """Sheets that are none of the ``known``; where one of those is missing it was perhaps renamed."""
    absent = [name for name in known if name not in book.names]
    for name in book.names:
        if name in known or name in (GUIDE, WORDS):
            continue
        grid, _ = sheet_grid(book, name)
        if all(cell in (None, "") for row in grid.rows for cell in row):
            continue
        near = difflib.get_close_matches(name, absent, 1)
        remedy = f"若是“{near[0]}”改了名，改回原名" if near else "要并入的写进已有的工作表；只作参考的不必处理"
        place = Place(book.path, sheet=name)
        yield Finding(
            CODE,
            Severity.WARNING,
            place,
            f"工作表“{name}”没有读取，其中的内容没有并入",
            "填报工作簿原有的工作表",
            remedy,
        )


def unread_columns(grid: Grid, columns: Sequence[Column]) -> Iterator[Finding]:
    """Headers that are none of the ``columns``, in the row that names the most of them."""
    header = _header(grid, columns)
    if header is None:
        return
    known = _known(columns)
    for position, cell in enumerate(grid.rows[header]):
        text = _plain(cell)
        if text and not _names(text, known):
            place = grid.place(header, position)
            found = f"“{text}”一列没有读取，其中的内容没有并入"
            remedy = "要并入的写进已有的列，如备注；只作参考的不必处理"
            yield Finding(CODE, Severity.WARNING, place, found, "填报工作簿原有的列", remedy)


def months(grid: Grid, columns: Sequence[Column]) -> Iterator[Finding]:
    """Dates that say a month and no day: a table would take the first, here none is guessed."""
    header = _header(grid, columns)
    if header is None:
        return
    days = {column.name for column in columns if column.type is ColumnType.DATE}
    at = [position for position, cell in enumerate(grid.rows[header]) if _names(_plain(cell), days)]
    for index in range(header + 1, len(grid.rows)):
        row = grid.rows[index]
        for position in at:
            text = row[position] if position < len(row) else None
            if isinstance(text, str) and text.strip():
                place = grid.place(index, position, _plain(grid.rows[header][position]))
                day, found = read_date(Cell(text.strip(), place))
                yield from (each for each in found if day is None and "只到月份" in each.found)


def _known(columns: Sequence[Column]) -> set[str]:
    return {_plain(name) for column in columns for name in (column.name, *column.synonyms)}


def _header(grid: Grid, columns: Sequence[Column]) -> int | None:
    known = _known(columns)
    counts = [sum(_names(_plain(cell), known) for cell in row) for row in grid.rows[:_HEADER_DEPTH]]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def _names(text: str, known: set[str]) -> bool:
    """Whether a header names a column, with or without its unit."""
    return text in known or _UNIT.sub("", text) in known


def _plain(cell: object) -> str:
    return unicodedata.normalize("NFKC", str(cell if cell is not None else "")).replace("\n", "").strip()
