"""连续多行的内容相同，疑似下拉填充。

## 查什么
应当各不相同的列里，是否有连续若干行一样：出生日期连续三个不同的人相同；数量、金额（不含年度、月份、床位数和一律相同的列）连续六行同为一个不小于10的数。

## 为什么
下拉填充、整段复制是虚造名册最常见的痕迹；也可能是录入时的失误。

## 怎么改
抽取这几行核对原始记录；属实的在底稿中说明。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hengji.checks.rosters import Roster, all_rows, on_lines, rosters
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Severity
from hengji.model.money import FEN_PER_YUAN, Money
from hengji.model.roster import Role
from hengji.model.table import ColumnType, Value

CODE = "r012"
_BIRTHS = 3
_NUMBERS = 6
_SMALL = 10
_VARIED = 4
_NOT_VARYING = (Role.YEAR, Role.MONTH, Role.BEDS, Role.NEW_BEDS, Role.VALID, Role.HEADS)


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per run of rows."""
    for roster in rosters(evaluation):
        if roster.has(Role.BIRTH):
            rows = [group[0] for group in _persons(roster)]
            for run in _runs(roster, rows, roster.columns[Role.BIRTH], _BIRTHS):
                yield _finding(roster, run, roster.columns[Role.BIRTH])
        fixed = {roster.columns[role] for role in _NOT_VARYING if roster.has(role)}
        for position, column in enumerate(roster.table.columns):
            if column.type in (ColumnType.COUNT, ColumnType.MONEY) and position not in fixed:
                for run in _telling(roster, position):
                    yield _finding(roster, run, position)


def _persons(roster: Roster) -> Iterator[list[int]]:
    """Rows of one person that stand together count once."""
    for _, group in groupby(all_rows(roster), key=lambda row: roster.person(row) or row):
        yield list(group)


def _runs(roster: Roster, rows: list[int], position: int, least: int) -> Iterator[list[int]]:
    for value, group in groupby(rows, key=lambda row: roster.table.rows[row][position]):
        run = list(group)
        if value is not None and len(run) >= least:
            yield run


def _telling(roster: Roster, position: int) -> Iterator[list[int]]:
    """Runs in a column that otherwise varies: in a column of few values a run says nothing."""
    values = {row[position] for row in roster.table.rows}
    if len(values) < _VARIED:
        return
    for run in _runs(roster, list(all_rows(roster)), position, _NUMBERS):
        if not _is_small(roster.table.rows[run[0]][position]) and not _same_due(roster, run):
            yield run


def _is_small(value: Value) -> bool:
    """0 and small numbers repeat of themselves."""
    scale = FEN_PER_YUAN if isinstance(value, Money) else 1
    return not isinstance(value, int) or abs(value) < _SMALL * scale


def _same_due(roster: Roster, run: list[int]) -> bool:
    """Rows that the policy gives the same may well show the same."""
    dues = [{int(sum(grant.rows[row].due.values())) for row in run} for grant in roster.grants]
    return any(len(due) == 1 and due != {0} for due in dues)


def _finding(roster: Roster, run: list[int], position: int) -> Finding:
    name = roster.table.columns[position].name
    found = f"“{name}”连续{len(run)}行相同（{on_lines(roster, run)}）"
    place = roster.place_of(run[0], name)
    return Finding(CODE, Severity.NOTE, place, found, "各行按实际填写", "抽取这几行核对原始记录")
