"""合计行把标准加了起来。

## 查什么
表头写明是标准、单价的一列，合计行填的数正好是各行标准之和。

## 为什么
每人、每亩、每件的标准不能相加，合计行的这个数没有意义，读者却会拿它去乘数量。

## 怎么改
合计行的标准栏留空或画“—”；要写平均标准的，用合计金额除以合计数量。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "t757"
_STANDARD = pattern(r"标准(?!化|分|值)|单价")
_NO_STANDARD = pattern(r"评分|评价|得分|分值|标准\(?倍")
_TOTAL = pattern(r"合计|总计|共计|小计")
_NUMBER = pattern(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FEWEST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Totals of columns of standards; the first column of each table."""
    for grid in reading.grids():
        spans = next(_added(manuscript, grid), None)
        if spans is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"合计行的“{reading.quote(spans[0]).strip()}”是各行标准之和，标准不能相加",
                "合计行不填标准",
                "留空，或填平均标准",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, *spans)


def _added(manuscript: Manuscript, grid: Grid) -> Iterator[tuple[Span, ...]]:
    """The total of a column of standards and its head."""
    heads: dict[int, tuple[str, Span]] = {}
    columns: dict[int, list[tuple[int, Decimal, Span]]] = {}
    totals: set[int] = set()
    for slot in grid.slots:
        for column in range(slot.column, slot.column + slot.columns) if slot.row < grid.head else ():
            head, where = heads.get(column, ("", slot.span))
            heads[column] = head + manuscript.cell(slot), where
    standards = {
        column: where
        for column, (head, where) in heads.items()
        if _STANDARD.search(head) and not _NO_STANDARD.search(head)
    }
    for slot in grid.slots if standards else ():
        text = manuscript.cell(slot)
        if slot.row >= grid.head and slot.column in standards and _NUMBER.fullmatch(text):
            number = Decimal(text.replace(",", ""))
            columns.setdefault(slot.column, []).append((slot.row, number, slot.span))
        elif slot.row >= grid.head and _TOTAL.fullmatch(text):
            totals.add(slot.row)
    for column, cells in columns.items():
        *above, (row, number, span) = cells
        parts = [each for at, each, _ in above if at not in totals and each]
        if row in totals and len(parts) >= _FEWEST and sum(parts) == number:
            yield span, standards[column]
