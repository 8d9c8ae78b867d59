"""职称一栏写的是职务。

## 查什么
评价组人员表的“职称”“专业资格”“学历”一栏，有没有写成项目经理、项目助理、员工一类的职务。

## 为什么
评价组要有相应的专业能力，主评人要有中级以上职称或者执业资格；职务说明不了能力，评审无从核对。

## 怎么改
填写职称、执业资格或学历；职务另列一栏。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading
from hengji.reading.manuscript import Manuscript

CODE = "o873"
_HEAD = pattern(r"(?:专业)?(?:技术)?职称(?:[/、或及](?:学历|学位|(?:执业)?资格))?|学历[/、或及]职称|(?:执业|专业)资格")
_POSITION = pattern(
    r"(?:项目|部门|业务|高级|副总|总)?经理|(?:项目|业务|经理|行政)?助理|项目(?:主管|专员|成员)|职员|员工|业务员|实习生"
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first cell of each such column that holds a position, and the others."""
    for grid in reading.grids() if manuscript.holding("职称", "资格") else ():
        yield from _in_grid(reading, manuscript, grid)


def _in_grid(reading: Reading, manuscript: Manuscript, grid: Grid) -> Iterator[Finding]:
    done: set[int] = set()
    for head in grid.slots:
        if head.column in done or not _HEAD.fullmatch(manuscript.cell(head)):
            continue
        done.add(head.column)
        below = [slot for slot in grid.slots if slot.column == head.column and slot.row > head.row]
        wrong = [slot for slot in below if _POSITION.fullmatch(manuscript.cell(slot))]
        if wrong:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{manuscript.cell(head)}”一栏有{len(wrong)}人写的是职务（{'、'.join(dict.fromkeys(map(manuscript.cell, wrong)))}）",
                "职称、执业资格或学历",
                "填写职称，职务另列",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, wrong[0].span, *(slot.span for slot in wrong[1:]), head.span)
