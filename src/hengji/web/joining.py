"""Rows that were sent for a table that has some already: how many meet, and the table that comes of both."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from io import StringIO
from pathlib import Path

from hengji.model.record import record
from hengji.model.table import ColumnType, TableDeclaration

Row = list[str]
_NUMBERS = (ColumnType.CITIZEN, ColumnType.CREDIT)


class Way(Enum):
    """收法: what becomes of the rows that are there."""

    REPLACE = "替换现有的行"
    APPEND = "接在现有的行后面"


class Twice(Enum):
    """重复的行: which stay where a row that was sent has the key of one that is there."""

    NEW = "以来件为准"
    OLD = "以现有为准"
    BOTH = "都留下"


@record
class Meeting:
    """会合: rows there, rows sent; of these, how many have the key of one there, how many are one there word for word, how many have the
    key of another one sent.
    """

    old: int
    new: int
    met: int
    same: int
    within: int


def usual_key(declaration: TableDeclaration) -> tuple[str, ...]:
    """The columns by which rows are known when nobody said: those whose numbers name somebody, with all dates; else every column."""
    columns = declaration.columns
    if not any(column.type in _NUMBERS for column in columns):
        return tuple(column.name for column in columns)
    return tuple(column.name for column in columns if column.type in (*_NUMBERS, ColumnType.DATE))


def meeting(old: Path, new: Path, by: Sequence[int]) -> Meeting:
    """Count what meets; both are csv with the same columns, of which those at the places ``by`` are the key."""
    key = _key(by)
    _, rows = _read(old)
    whole = {tuple(row) for row in rows}
    known = {key(list(row)) for row in whole}
    _, sent = _read(new)
    counts, mine = [0, 0, 0], set[tuple[str, ...]]()
    for row in sent:
        own = key(row)
        counts[0] += own in known
        counts[1] += tuple(row) in whole
        counts[2] += own in mine
        mine.add(own)
    return Meeting(len(rows), len(sent), *counts)


def joined(old: Path, new: Path, by: Sequence[int], twice: Twice) -> bytes:
    """Both as one csv, those that were there first."""
    (head, rows), (_, sent) = _read(old), _read(new)
    key = _key(by)
    if twice is Twice.NEW:
        fresh = {key(row) for row in sent}
        rows = [row for row in rows if key(row) not in fresh]
    elif twice is Twice.OLD:
        known = {key(row) for row in rows}
        sent = [row for row in sent if key(row) not in known]
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((head, *rows, *sent))
    return out.getvalue().encode()


def _key(by: Sequence[int]) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: tuple(row[at] for at in by)


def _read(path: Path) -> tuple[Row, list[Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows: Iterator[Row] = csv.reader(file)
        return next(rows, []), list(rows)
