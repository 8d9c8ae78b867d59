"""表中序号缺号或重号。

## 查什么
“序号”一栏的数是否逐行加一：缺一两个号、同一个号写了两次、其中一个号写错。各组从1起另编的、夹有文字或省略号的表不查。

## 为什么
序号断开，多半是删了一行或者漏了一行，合计和“共几项”也可能跟着错。

## 怎么改
重编序号；确实漏了一行的，补上这一行。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot
from hengji.reading.manuscript import Manuscript

CODE = "t767"
_HEAD = "序号"
_NUMBER = pattern(r"\d{1,3}")
_TOTAL = pattern(r"[合总小]?计")
_FEWEST = 4
_WIDEST = 3
"""A wider jump is that of rows chosen from a longer table."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The one place in each table where its serial numbers do not go on."""
    if not manuscript.holding(_HEAD):
        return
    for grid in reading.grids():
        numbered = _numbered(grid, manuscript)
        if len(numbered) >= _FEWEST and (broken := _broken([number for _, number in numbered])) is not None:
            at, found = broken
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "序号逐行加一",
                "重编序号，或补上漏掉的一行",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, numbered[at][0].span, numbered[at - 1][0].span)


def _numbered(grid: Grid, manuscript: Manuscript) -> list[tuple[Slot, int]]:
    """The cells below the head 序号 with their numbers; none where anything but a total stands among them."""
    columns = {slot.column for slot in grid.slots if slot.row < grid.head and manuscript.cell(slot) == _HEAD}
    if len(columns) != 1:
        return []
    cells = [(slot, manuscript.cell(slot)) for slot in grid.slots if slot.row >= grid.head and slot.column in columns]
    cells = [(slot, text) for slot, text in cells if text and not _TOTAL.match(text)]
    if not all(_NUMBER.fullmatch(text) for _, text in cells):
        return []
    return [(slot, int(text)) for slot, text in cells]


def _broken(numbers: Sequence[int]) -> tuple[int, str] | None:
    """Where the numbers do not go on, and how; None where they do, or where they are numbered by some other rule."""
    breaks = [at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    if not breaks:
        return None
    at, *others = breaks
    before, number = numbers[at - 1], numbers[at]
    if others == [at + 1] and numbers[at + 1] == before + 2 and number > 1:
        return at, f"序号{before}与{before + 2}之间写作{number}"
    if others:
        return None
    if number == before:
        return at, f"序号{number}重复"
    if before + 1 < number <= before + _WIDEST:
        return at, f"序号{before}之后是{number}"
    return None
