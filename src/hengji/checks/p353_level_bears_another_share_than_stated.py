"""某一级负担的与写明的比例不符。

## 查什么
正文写明两级财政各负担一半的，资金安排表中逐行列出这两级的数是否相等；某一行有一级的、没有另一级的，同样指出。多数行相等时才查，到位、支出的数不查。

## 为什么
负担比例是政策条款，少数几行不照办而没有说明，要么漏列了配套，要么另有规定没有写出来。

## 怎么改
核对资金文件，补列缺少的一级；另有规定的，写明适用哪一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Measure, Quantity
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Manuscript
from hengji.reading.statements.verdicts import shown
from hengji.reading.tables.sheet import Line, Sheet, Total, sheet_of

CODE = "p353"
_HALVES = pattern(
    r"(?P<upper>[省市州])级?(?:财政)?(?:[、和与及]|与)?(?P<lower>[市县区旗])(?:\([市县区旗、]{1,4}\)|[市县区旗])?[^。;]{0,90}?各(?:自)?(?:按|承担|负担|分担|配套|出资|占)(?:[^,。;]{0,4}?50%|一半)"
)
_NOT_PLANNED = pattern(r"到位|支出|支付|拨付|使用|下达|结余|结转|执行")
_LEVEL = pattern(
    r"(?P<level>[省市州县区旗])(?:\([市县区旗、]{1,4}\)|[县区市旗])?级?(?:财政)?(?:资金|配套|负担|补助|承担)*$"
)
_LOWER = "县区旗"
_FEWEST = 2


@record
class _Halves:
    """两级各半: the letters of the two levels, and where that is told."""

    upper: str
    lower: str
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rows in which one of two levels that bear a half each bears something else."""
    told = next(_told(manuscript), None)
    if told is None:
        return
    for grid in reading.grids():
        if _names_levels(manuscript, grid, told):
            sheet = sheet_of(reading, grid)
            for upper, lower in _pairs(sheet, told):
                yield from _judge(reading, sheet, told, (upper, lower))


def _told(manuscript: Manuscript) -> Iterator[_Halves]:
    for passage in manuscript.holding("50%", "一半"):
        if match := _HALVES.search(passage.text):
            yield _Halves(match["upper"], match["lower"], passage.span(match.start(), match.end()))


def _names_levels(manuscript: Manuscript, grid: Grid, told: _Halves) -> bool:
    """Whether the head of a table names both levels."""
    heads = {
        match["level"]
        for slot in grid.slots
        if slot.row < grid.head and (match := _LEVEL.fullmatch(manuscript.cell(slot)))
    }
    return told.upper in heads and any(_is(told.lower, level) for level in heads)


def _is(lower: str, level: str) -> bool:
    """Whether two letters stand for one level: counties and districts do."""
    return lower == level or (lower in _LOWER and level in _LOWER)


def _pairs(sheet: Sheet, told: _Halves) -> Iterator[tuple[Line, Line]]:
    """The columns of the two levels side by side under one heading, of what was planned."""
    levels = [
        (line, match["level"]) for line in sheet.columns if line.path and (match := _LEVEL.fullmatch(line.path[-1]))
    ]
    for upper, level in levels:
        if level != told.upper or _NOT_PLANNED.search(upper.name):
            continue
        lower = next(
            (line for line, other in levels if _is(told.lower, other) and line.path[:-1] == upper.path[:-1]), None
        )
        if lower is not None:
            yield upper, lower


def _judge(reading: Reading, sheet: Sheet, told: _Halves, pair: tuple[Line, Line]) -> Iterator[Finding]:
    """The rows that are otherwise than most."""
    rows = [
        (row, borne)
        for row in sheet.rows
        if row.total is Total.NONE
        and any(borne := tuple(sheet.cells.get((row.number, column.number)) for column in pair))
        and all(each is None or each.measure in {Measure.MONEY, Measure.BARE} for each in borne)
    ]
    odd = [(row, borne) for row, borne in rows if not _equal(*borne)]
    if len(rows) - len(odd) < max(_FEWEST, len(odd) + 1):
        return
    for row, borne in odd:
        first, second = (
            f"{column.path[-1]}{shown(each) if each else '没有'}" for column, each in zip(pair, borne, strict=True)
        )
        where = next(each.span for each in borne if each)
        name = row.path[-1] if row.path else ""
        fault = Fault(
            CODE,
            Severity.WARNING,
            f"“{name}”{first}、{second}，文中说{told.upper}、{told.lower}两级各负担一半",
            "两级各负担一半",
            "核对资金文件，补列缺少的一级，或写明适用哪一条",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, _row_span(sheet, row, where), told.span)


def _equal(one: Quantity | None, other: Quantity | None) -> bool:
    return one is not None and other is not None and one.low <= other.high and other.low <= one.high


def _row_span(sheet: Sheet, row: Line, where: Span) -> Span:
    """The row from its name to the amount."""
    start = min(
        (slot.span.start for slot in sheet.grid.slots if slot.row == row.number and slot.span.start < slot.span.end),
        default=where.start,
    )
    return Span(min(start, where.start), where.end)
