"""知晓程度算进了满意度。

## 查什么
综合满意度的统计表中，有没有“是否了解”“是否知道”“是否知晓”一类的题目参加平均；正文写的知晓率，是不是把“不是很了解”按一半算进去的加权数。

## 为什么
知不知道与满不满意是两回事，平均在一起，两个都说不清，满意度得分也不准。加权的数不是知晓的人所占的比例。

## 怎么改
知晓率单独统计、单独计分；满意度只用满意度的题目计算。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Slot
from hengji.reading.manuscript import Manuscript

CODE = "o863"
_ASKS = pattern(r"(?:了解|知道|知晓|清楚|听说)[^?]{0,40}\?$")
_OVERALL = pattern(r"^(?:综合|总体|平均|总)满意(?:度|率)")
_RATE = pattern(r"\d+(?:\.\d+)?%")
_ASKED = pattern(r"\?$|^综合|^总体|^平均")
_PARTLY = pattern(
    r"^(?:不(?:是|太|大|够)*(?:很|十分)?(?:了解|清楚)|(?:了解|知道)一(?:些|点)|一般|听说过)\([1-9]\d?%\)$"
)
_TOLD = pattern(r"知晓[率度][^,。;\d]{0,6}(?P<rate>\d+(?:\.\d+)?%)")


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
            yield from _weighed(reading, manuscript, cells, asked)
            return


def _weighed(reading: Reading, manuscript: Manuscript, cells: list[tuple[Slot, str]], asked: Slot) -> Iterator[Finding]:
    """The rate of awareness that the text tells, where those who hardly know count in part."""
    after = next(
        (slot.row for slot, text in cells if slot.row > asked.row and _ASKED.search(text)), cells[-1][0].row + 1
    )
    own = [(slot, text) for slot, text in cells if asked.row <= slot.row < after]
    partly = next((slot for slot, text in own if _PARTLY.search(text)), None)
    rates = {text for _, text in own if _RATE.fullmatch(text)}
    for passage in manuscript.holding("知晓率", "知晓度") if partly is not None else ():
        match = _TOLD.search(passage.text)
        if partly is not None and match is not None and match["rate"] in rates:
            option = words(reading, partly.span)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{match[0]}”是加权数，选“{option}”的也算进去了",
                "知晓的人所占的比例",
                "按选“了解”“知道”的份数重算知晓率",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(*match.span()), partly.span)
            return
