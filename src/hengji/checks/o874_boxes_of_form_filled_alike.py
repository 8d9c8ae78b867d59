"""申报表几栏填的是同一段话。

## 查什么
申报表、自评表的必要性、可行性、立项依据、长期目标、年度目标、预期效益等栏，两栏填的是否一字不差。

## 为什么
各栏问的不是一件事；同一段话填到底，可行性没有论证，目标也没有分开，立项和目标两类指标都受影响。

## 怎么改
逐栏按所问的填写；报告引用时把这一点写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot
from hengji.reading.manuscript import Kind, Manuscript

CODE = "o874"
_SIGNS = ("必要性", "可行性", "长期目标", "年度目标", "立项依据", "预期效益")
_BOX = pattern(
    r"(?:项目)?(?:申报|立项|实施|建设)?的?(?:必要性|可行性|依据|背景)|(?:项目)?(?:中?长期|年度|总体|绩效)(?:绩效)?目标|(?:预期|经济|社会)效益|(?:项目)?(?:简介|概况|主要内容)"
)
_SHORTEST = 12


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Each text that stands in several boxes of one form, once."""
    signs = [passage.span().start for passage in manuscript.holding(*_SIGNS) if passage.kind is Kind.CELL]
    for grid in reading.grids() if signs else ():
        if not any(grid.span.start <= sign < grid.span.end for sign in signs):
            continue
        boxes: dict[str, dict[str, tuple[Slot, Slot]]] = {}
        for label, box in _boxes(grid, manuscript):
            boxes.setdefault(manuscript.cell(box), {}).setdefault(manuscript.cell(label), (label, box))
        for text, alike in boxes.items():
            if len(text) >= _SHORTEST and len(alike) > 1:
                names = "、".join(f"“{words(reading, label.span)}”" for label, _ in alike.values())
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    f"{names}填的是同一段话",
                    "各栏答各栏所问",
                    "逐栏填写，并写入存在的问题",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, *(box.span for _, box in alike.values()))


def _boxes(grid: Grid, manuscript: Manuscript) -> Iterator[tuple[Slot, Slot]]:
    """Each box with the label to its left or above it."""
    labels = [slot for slot in grid.slots if _BOX.fullmatch(manuscript.cell(slot))]
    if not labels:
        return
    at = {(slot.row, slot.column): slot for slot in grid.slots}
    for label in labels:
        for place in ((label.row, label.column + label.columns), (label.row + label.rows, label.column)):
            box = at.get(place)
            if box is not None and box not in labels:
                yield label, box
                break
