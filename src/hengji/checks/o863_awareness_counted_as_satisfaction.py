"""知晓程度算进了满意度。

## 查什么
综合满意度的统计表中，有没有“是否了解”“是否知道”“是否知晓”一类的题目参加平均。

## 为什么
知不知道与满不满意是两回事，平均在一起，两个都说不清，满意度得分也不准。

## 怎么改
知晓率单独统计、单独计分；满意度只用满意度的题目计算。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript

CODE = "o863"
_ASKS = pattern(r"(?:了解|知道|知晓|清楚|听说)[^?]{0,40}\?$")
_OVERALL = pattern(r"^(?:综合|总体|平均|总)满意(?:度|率)")
_RATE = pattern(r"\d+(?:\.\d+)?%")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first question of knowledge in a table whose last rows give the satisfaction with all."""
    for grid in reading.grids():
        cells = [(slot, manuscript.cell(slot)) for slot in grid.slots if slot.row >= grid.head]
        overall = next((slot for slot, text in cells if _OVERALL.search(text)), None)
        asked = next((slot for slot, text in cells if _ASKS.search(text) and "满意" not in text), None)
        if overall is None or asked is None or overall.row <= asked.row:
            continue
        if any(slot.row == overall.row and _RATE.search(text) for slot, text in cells):
            fault = Fault(
                CODE,
                Severity.NOTE,
                "问知不知道的题目参加了满意度的平均",
                "满意度只用满意度的题目计算",
                "知晓率单独统计",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, asked.span, overall.span)
            return
