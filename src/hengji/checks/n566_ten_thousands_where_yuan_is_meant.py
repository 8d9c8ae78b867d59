"""元写成了万元。

## 查什么
表头、表题或表旁写明“万元”的一列，其中的数缩小一万倍后，正好是报告别处写明的万元数；这样的数有两个以上，或其中一个不小于一万的，指出整列。

## 为什么
差一万倍，合计、人均和得分全都跟着错；读者会以为补助了几十亿元。

## 怎么改
单位改为“元”，或把数改为万元。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "n566"
_TEXT_AMOUNT = pattern(r"(?<![\d.])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)万元")
_NUMBER = pattern(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SMALLEST = Decimal(1000)
_CERTAIN = Decimal(10000)
_WAN = Decimal(10000)
_LEAST = 2
_TELLING = 3
"""So many digits besides noughts are no coincidence."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Columns of ten-thousands whose numbers are yuan by what the text says."""
    told: dict[Decimal, Span] = {}
    for passage in manuscript.told():
        for match in _TEXT_AMOUNT.finditer(passage.text) if "万元" in passage.text else ():
            value = Decimal(match["number"].replace(",", "")).normalize()
            told.setdefault(value, passage.span(match.start(), match.end()))
    for grid in reading.grids() if told else ():
        yield from _judge(reading, manuscript, grid, told)


def _judge(reading: Reading, manuscript: Manuscript, grid: Grid, told: dict[Decimal, Span]) -> Iterator[Finding]:
    heads: dict[int, str] = defaultdict(str)
    headed: dict[int, Span] = {}
    columns: dict[int, list[tuple[Decimal, Span]]] = defaultdict(list)
    for slot in grid.slots:
        if slot.row < grid.head and slot.span.start < slot.span.end:
            text = manuscript.cell(slot)
            for column in range(slot.column, slot.column + slot.columns):
                heads[column] += text
                headed[column] = slot.span
    told_in = {column for column in range(grid.width) if _in_ten_thousands(heads[column], grid.unit)}
    for slot in grid.slots if told_in else ():
        if slot.row < grid.head or slot.column not in told_in:
            continue
        printed = reading.text[slot.span.start : slot.span.end].replace(",", "")
        if _NUMBER.fullmatch(printed) and Decimal(printed) >= _SMALLEST:
            columns[slot.column].append((Decimal(printed), slot.span))
    for column, cells in columns.items():
        head = heads[column]
        same = [
            (value, span, told[scaled])
            for value, span in cells
            if (scaled := (value / _WAN).normalize()) in told and len(scaled.as_tuple().digits) >= _TELLING
        ]
        if len(same) >= _LEAST or any(value >= _CERTAIN for value, _, _ in same):
            value, span, where = max(same, key=lambda each: each[0])
            computation = f"{value:f}÷10000＝{(value / _WAN).normalize():f}"
            found = f"“{head or grid.unit}”一列的{value:f}，按文中所说应是{(value / _WAN).normalize():f}万元"
            fault = Fault(
                CODE, Severity.ERROR, found, "单位为元", "改正这一列的单位或数", computation, Confidence.CERTAIN
            )
            yield remark(reading, fault, span, where, *([headed[column]] if column in headed else ()))


def _in_ten_thousands(head: str, unit: str) -> bool:
    """Whether the numbers of a column are of 万元, by its head or else by the table's unit."""
    return "万元" in head or ("元" not in head and unit == "万元")
