"""合计行里写着下一组的名称。

## 查什么
分组列表的表中，某一行写明是合计、小计，数正好是上面一组各行之和，而这一行的组名是另一个年度、批次的。

## 为什么
组名错了一行，下一组的各行就没有组名，读者会把上一组的合计当成另一年的数。

## 怎么改
组名移到这一组的第一行，合计行归到上一组。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot
from hengji.reading.manuscript import Manuscript
from hengji.reading.tables.sheet import Line, Sheet, Total, sheet_of

CODE = "t761"
_GROUP = pattern(r"(?:20\d\d年?度?|第[一二三四五六七八九十\d]+[批期季])")
_TOTAL = pattern(r"[合小]计")
_FEWEST = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rows that add up the group above and bear the name of another."""
    for grid in reading.grids():
        labels = _labels(manuscript, grid)
        if len(labels) >= _FEWEST:
            yield from _judge(reading, manuscript, sheet_of(reading, grid), labels)


def _labels(manuscript: Manuscript, grid: Grid) -> dict[int, Slot]:
    """The names of groups in the first column, by row."""
    return {
        slot.row: slot
        for slot in grid.slots
        if slot.column == 0 and slot.row >= grid.head and _GROUP.fullmatch(manuscript.cell(slot))
    }


def _judge(reading: Reading, manuscript: Manuscript, sheet: Sheet, labels: dict[int, Slot]) -> Iterator[Finding]:
    above: list[Line] = []
    group, first = "", None
    for row in sheet.rows:
        slot = labels.get(row.number)
        label = manuscript.cell(slot) if slot else ""
        if row.total is Total.NONE:
            if label:
                group, first, above = label, slot, []
            above.append(row)
            continue
        if slot and group and label != group and _TOTAL.fullmatch(row.path[-1]) and _adds_up(sheet, row, above):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"这一行写着“{label}”，数却是“{group}”各行之和",
                f"“{group}”的合计",
                "组名移到这一组的第一行",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, slot.span, *((first.span,) if first else ()))
        group, first, above = label, slot, []


def _adds_up(sheet: Sheet, row: Line, above: Sequence[Line]) -> bool:
    """Whether the numbers of a row are the sums of two or more rows above, in several columns."""
    if len(above) < _FEWEST:
        return False
    held = 0
    for column in sheet.columns:
        stated = sheet.cells.get((row.number, column.number))
        if stated is None or not sheet.adds(column):
            continue
        parts = [cell for each in above if (cell := sheet.cells.get((each.number, column.number)))]
        if sum(each.value for each in parts) != stated.value:
            return False
        held += bool(stated.value)
    return held >= _FEWEST
