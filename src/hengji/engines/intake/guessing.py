"""What the columns of a file may be that nobody has declared yet: for a person to look over, never to be taken as it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengji.engines.intake.layout import Cells, Layout, find_layout, plain_header
from hengji.model.cells import Raw, ReadCell, read_cell
from hengji.model.table import Column, ColumnType

_DEEPEST = 12
_FEWEST_CELLS = 2
_MOST_CHOICES = 8
_TIMES_EACH = 3
_UNIT = re.compile(r"^(?P<name>.*?)[（(](?P<unit>[^（()）]*)[)）]$", re.DOTALL)
_MONEY_UNITS = ("元", "万元")
_MONEY = re.compile("金额|补助|补贴|资金|单价|标准|应付|已付|实付|拨付")
_CITIZEN = re.compile("身份证|证件号|公民身份号码")
_CREDIT = re.compile("信用代码")
_DATE = re.compile("日期|时间|年月|月份|生日")
_NAME = re.compile("编号|序号|账号|卡号|电话|代码|号码")
"""Numbers that are names: nobody adds them up, and zeros in front of them count."""


def likeliest(rows: Sequence[Cells]) -> int | None:
    """The index of the line that is most like a header: the first with the most texts, none of them twice."""
    best, most = None, _FEWEST_CELLS - 1
    for at, cells in enumerate(rows[:_DEEPEST]):
        texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(texts) == len(set(texts)) and len(texts) > most:
            best, most = at, len(texts)
    return best


def likeliest_header(rows: Sequence[Cells]) -> Layout | None:
    """That line as a header which names no column that is known."""
    at = likeliest(rows)
    return (
        None
        if at is None
        else Layout((at,), (), {place: plain_header(cell) for place, cell in enumerate(rows[at]) if cell})
    )


def shown_header(layout: Layout | None, rows: Sequence[Cells]) -> Layout | None:
    """The header as it is spoken of where columns are missing: without one its likeliest line; where it is blank under a line
    of several texts, cells that are merged downwards, what stands in that line.
    """
    if layout is None:
        return likeliest_header(rows)
    above = rows[layout.lines[0] - 1] if layout.lines[0] else ()
    texts = {at: text for at, cell in enumerate(above) if (text := plain_header(cell or ""))}
    if len(texts) < _FEWEST_CELLS:
        return layout
    return replace(layout, headers=dict(sorted({**texts, **layout.headers}.items())))


def guess(rows: Sequence[Cells]) -> tuple[Column, ...]:
    """The columns of a sheet by its header and the cells under it; empty where no line is like a header."""
    at = likeliest(rows)
    if at is None:
        return ()
    return tuple(_guessed(rows[at], rows[at + 1 :]))


def _guessed(header: Cells, body: Sequence[Cells]) -> Iterator[Column]:
    names: set[str] = set()
    for position, title in enumerate(header):
        text = plain_header(title or "")
        if not text:
            continue
        found = _UNIT.match(text)
        name, unit = (found["name"], found["unit"]) if found and found["name"] else (text, "")
        if name in names:
            name, unit = text, ""
        if name in names:
            continue
        names.add(name)
        cells = [cells[position] for cells in body if position < len(cells)]
        filled = [cell for cell in cells if cell is not None and cell != ""]
        kind, unit, choices = _kind(name, unit, filled)
        synonyms = () if find_layout((Column(name, kind, unit),), (header,), {}) else (text,)
        yield Column(name, kind, unit, choices, synonyms, required=bool(filled) and len(filled) == len(cells))


def _kind(name: str, unit: str, cells: Sequence[Raw]) -> tuple[ColumnType, str, tuple[str, ...]]:
    """The narrowest type that all cells fit, with its unit and, for words, its choices; text where there are no cells."""
    for pattern, kind in ((_CITIZEN, ColumnType.CITIZEN), (_CREDIT, ColumnType.CREDIT)):
        if pattern.search(name):
            return kind, "", ()
    fitting = (column for column in _candidates(name, unit, cells) if _fit(cells, column))
    if cells and (column := next(fitting, None)) is not None:
        return column.type, column.unit, ()
    words = tuple(dict.fromkeys(str(cell).strip() for cell in cells))
    few = 0 < len(words) <= _MOST_CHOICES and len(cells) >= _TIMES_EACH * len(words) and not _NAME.search(name)
    return (ColumnType.ENUM, "", words) if few else (ColumnType.TEXT, "", ())


def _candidates(name: str, unit: str, cells: Sequence[Raw]) -> Iterator[Column]:
    """What a column of that name might be, the narrowest first."""
    if not any(type(cell) in (int, float) for cell in cells):
        yield Column(name, ColumnType.BOOL)
    if _DATE.search(name) or all(isinstance(cell, dt.date) for cell in cells):
        yield Column(name, ColumnType.DATE)
    if _NAME.search(name):
        return
    if unit in _MONEY_UNITS or (_MONEY.search(name) and not unit):
        yield Column(name, ColumnType.MONEY, unit or "元")
    yield Column(name, ColumnType.COUNT, unit)
    yield Column(name, ColumnType.RATE, unit)


def _fit(cells: Sequence[Raw], column: Column) -> bool:
    return all(isinstance(read_cell(cell, column), ReadCell) for cell in cells)
