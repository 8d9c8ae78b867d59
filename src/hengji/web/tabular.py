"""Rows as screens list them: found, sorted and turned over by what the address asks, with totals of all that was found; and as a file.

The address has ``q`` (words that a row must have), ``only.<title>`` (what a column of choices must say), ``sort`` (a title, with - before it
from the greatest down) and ``page``; an address is a list that others can open. Identity numbers are never shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from django.core.paginator import Page, Paginator

from hengji.model.identity import hidden
from hengji.model.money import round_to
from hengji.model.record import record
from hengji.model.table import Column, ColumnType, Value
from hengji.web.neutral import neutral
from hengji.work.sheets import Cell as Written
from hengji.work.sheets import Sheet
from hengji.work.sheets import written as as_file

PAGE = 100
FILES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Endings of a list as a file, and what such a file is."""
_ABSENT = "—"
_PICKED = "only."
_DECIMALS = 6
_MOST_CHOICES = 60
_SEALED = re.compile(r"(?<![0-9A-Z])[0-9A-F]{32}-([0-9A-Z]{4})(?![0-9A-Z])", re.ASCII)


class Kind(Enum):
    """列的种类: what the cells of a listed column hold, and so how they stand, sort and add up. Amounts are fen."""

    WORDS = "文字"
    CHOICE = "可选文字"
    AMOUNT = "金额"
    COUNT = "可相加的数"
    NUMBER = "数"
    DAY = "日期"


_ADDED = (Kind.AMOUNT, Kind.COUNT)
_RIGHT = (*_ADDED, Kind.NUMBER)
_STYLES: Mapping[Kind, str] = {Kind.WORDS: "text", Kind.CHOICE: "nowrap", Kind.DAY: "nowrap"} | dict.fromkeys(
    _RIGHT, "number"
)
"""How the cells of a kind stand, in the words of the style sheets."""
_OF_TYPES: Mapping[ColumnType, Kind] = {
    ColumnType.ENUM: Kind.CHOICE,
    ColumnType.BOOL: Kind.CHOICE,
    ColumnType.MONEY: Kind.AMOUNT,
    ColumnType.COUNT: Kind.COUNT,
    ColumnType.RATE: Kind.NUMBER,
    ColumnType.DATE: Kind.DAY,
}
_NOT_ADDED = re.compile("年|月份|编号|序号|号$")
"""Names of columns whose whole numbers stand in an order and mean nothing when added."""


@record
class Heading:
    """列头: what a listed column is called, what its cells hold, and in which unit."""

    title: str
    kind: Kind = Kind.WORDS
    unit: str = ""

    @property
    def printed(self) -> str:
        """The title with the unit."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@record
class Line:
    """列出的一行: a value for each heading, and the address that its first cell leads to."""

    cells: tuple[Value, ...]
    link: str = ""


@record
class Asked:
    """所求: what an address asks of a list."""

    words: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    sort: str = ""


def amount(title: str) -> Heading:
    """A column of amounts, printed in 元."""
    return Heading(title, Kind.AMOUNT, "元")


def of_column(column: Column) -> Heading:
    """How a declared column is listed; amounts are in 元 whatever the file has them in."""
    kind = _OF_TYPES.get(column.type, Kind.WORDS)
    if kind is Kind.COUNT and _NOT_ADDED.search(column.name):
        kind = Kind.NUMBER
    unit = "元" if kind is Kind.AMOUNT else column.unit if kind is Kind.COUNT else ""
    return Heading(column.name, kind, unit)


def asked(given: Mapping[str, str]) -> Asked:
    """What an address asks; what it cannot mean is left out where it is used."""
    only = tuple(
        (name.removeprefix(_PICKED), word) for name, word in given.items() if name.startswith(_PICKED) and word
    )
    return Asked(tuple(given.get("q", "").split()), only, given.get("sort", ""))


def found(headings: Sequence[Heading], lines: Iterable[Line], sought: Asked) -> list[Line]:
    """The lines that the address asks for, in its order."""
    at = {heading.title: position for position, heading in enumerate(headings)}
    picked = [(at[title], headings[at[title]], word) for title, word in sought.only if title in at]
    kept = [line for line in lines if all(shown(line.cells[index], heading) == word for index, heading, word in picked)]
    if sought.words:
        kept = [line for line in kept if _has(line, headings, sought.words)]
    title = sought.sort.removeprefix("-")
    if title not in at:
        return kept
    index = at[title]
    there = sorted((line for line in kept if line.cells[index] is not None), key=_by(index))
    if sought.sort.startswith("-"):
        there.reverse()
    return there + [line for line in kept if line.cells[index] is None]


def _has(line: Line, headings: Sequence[Heading], words: tuple[str, ...]) -> bool:
    said = "\n".join(shown(cell, heading) for cell, heading in zip(line.cells, headings, strict=True))
    return all(word in said for word in words)


def _by(index: int) -> Callable[[Line], Any]:
    return lambda line: line.cells[index]


def totals(headings: Sequence[Heading], lines: Sequence[Line]) -> tuple[str, ...]:
    """The sums of what adds up, as they are shown; empty for the other columns. Where one number is not known, the sum is not."""
    sums = []
    for index, heading in enumerate(headings):
        cells = [line.cells[index] for line in lines] if heading.kind in _ADDED else []
        numbers = [cell for cell in cells if isinstance(cell, int)]
        whole = sum(numbers) if len(numbers) == len(cells) else None
        sums.append((shown(whole, heading) or "—") if heading.kind in _ADDED else "")
    return tuple(sums)


def listed(
    headings: Sequence[Heading], lines: Sequence[Line], given: Mapping[str, str], size: int = PAGE
) -> dict[str, Any]:
    """All that web/listed.html shows."""
    sought = asked(given)
    kept = found(headings, lines, sought)
    page = Paginator(kept, size).get_page(given.get("page"))
    return {
        "page": page,
        "headings": [_head(heading, sought) for heading in headings],
        "rows": _rows(headings, page),
        "totals": totals(headings, kept) if any(heading.kind in _ADDED for heading in headings) else (),
        "choices": [
            _choice(headings, lines, index, sought) for index, each in enumerate(headings) if each.kind is Kind.CHOICE
        ],
        "q": " ".join(sought.words),
        "sort": sought.sort,
        "all": len(lines),
        "narrowed": bool(sought.words or sought.only),
    }


def _head(heading: Heading, sought: Asked) -> dict[str, Any]:
    up, down = sought.sort == heading.title, sought.sort == f"-{heading.title}"
    return {
        "printed": heading.printed,
        "right": heading.kind in _RIGHT,
        "sort": heading.title if down or (not up and heading.kind not in _RIGHT) else f"-{heading.title}",
        "sorted": "ascending" if up else "descending" if down else "",
    }


def _rows(headings: Sequence[Heading], page: Page[Line]) -> list[dict[str, Any]]:
    return [
        {
            "link": line.link,
            "cells": [
                {"text": shown(cell, heading) or _ABSENT, "style": _STYLES[heading.kind]}
                for cell, heading in zip(line.cells, headings, strict=True)
            ],
        }
        for line in page
    ]


def _choice(headings: Sequence[Heading], lines: Sequence[Line], index: int, sought: Asked) -> dict[str, Any]:
    words = dict.fromkeys(shown(line.cells[index], headings[index]) for line in lines)
    title = headings[index].title
    return {
        "title": title,
        "name": _PICKED + title,
        "words": [word for word in words if word][:_MOST_CHOICES],
        "given": dict(sought.only).get(title, ""),
    }


def shown(cell: Value, heading: Heading) -> str:
    """A value as it is read; empty where there is none."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case str():
            return discreet(cell)
        case date():
            return cell.isoformat()
    if heading.kind is Kind.AMOUNT:
        return f"{_yuan(cell):,.2f}"
    if isinstance(cell, int):
        return f"{cell:,}" if heading.kind is Kind.COUNT else str(cell)
    return f"{_decimal(cell):f}"


def discreet(text: str) -> str:
    """Words in which no identity number stands whole; a sealed one shows its last digits."""
    return hidden(_SEALED.sub(r"尾号\1", text))


def _yuan(fen: Value) -> Decimal:
    assert isinstance(fen, int)
    return Decimal(fen).scaleb(-2)


def _decimal(number: Fraction) -> Decimal:
    rounded = round_to(number, _DECIMALS).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def sheet(name: str, headings: Sequence[Heading], lines: Iterable[Line]) -> Sheet:
    """The lines as a sheet of a file, whose words a spreadsheet never takes for formulas."""
    head = tuple(neutral(heading.printed) for heading in headings)
    return Sheet(
        name,
        head,
        tuple(tuple(_written(c, h) for c, h in zip(line.cells, headings, strict=True)) for line in lines),
    )


def _written(cell: Value, heading: Heading) -> Written:
    match cell:
        case None | date():
            return cell
        case bool() | str():
            return neutral(shown(cell, heading))
    if heading.kind is Kind.AMOUNT:
        return _yuan(cell)
    return _decimal(Fraction(cell))


def file_of(suffix: str, sheets: Iterable[Sheet]) -> bytes:
    """The sheets as a file with one of the endings of FILES."""
    return as_file(f".{suffix}", sheets)
