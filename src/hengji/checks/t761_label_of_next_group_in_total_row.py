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
from hengji.model.reading import Grid, Reading, Span
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
            yield from _judge(reading, sheet_of(reading, grid), labels)


def _labels(manuscript: Manuscript, grid: Grid) -> dict[int, tuple[str, Span]]:
    """The names of groups in the first column, by row."""
    return {
        slot.row: (text, slot.span)
        for slot in grid.slots
        if slot.column == 0 and slot.row >= grid.head and _GROUP.fullmatch(text := manuscript.cell(slot))
    }


def _judge(reading: Reading, sheet: Sheet, labels: dict[int, tuple[str, Span]]) -> Iterator[Finding]:
    above: list[Line] = []
    group = ""
    for row in sheet.rows:
        label, span = labels.get(row.number, ("", None))
        if row.total is Total.NONE:
            group, above = (label, [row]) if label else (group, [*above, row])
            continue
        names_other = span is not None and label != group != "" and bool(_TOTAL.fullmatch(row.path[-1]))
        if span is not None and names_other and len(above) >= _FEWEST and _adds_up(sheet, row, above):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"这一行写着“{label}”，数却是“{group}”各行之和",
                f"“{group}”的合计",
                "组名移到这一组的第一行",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span)
        group, above = label, []


def _adds_up(sheet: Sheet, row: Line, above: Sequence[Line]) -> bool:
    """Whether the numbers of a row are the sums of the rows above, in several columns."""
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
