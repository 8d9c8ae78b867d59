"""没有附得分表。

## 查什么
报告给出总分的，有没有一张列出各指标得分的表，指标排在各行或者各列都算，分县、分单位列出得分的也算；转换时连成一行的也算；正文逐个写明各指标得分的，也算。

## 为什么
没有得分表，谁也无法复核总分是怎样来的；提纲要求附相关评分表。

## 怎么改
附上逐个指标的得分表。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading
from hengji.model.scorecard import Scorecard, Where
from hengji.reading.manuscript import Manuscript
from hengji.reading.scores.columns import scored_across, scored_by_place

CODE = "o858"
_NUMBER = pattern(r"\d+(?:\.\d+)?")
_HEAD = pattern(r"^[ \t\u3000]*(?:评价|实际|综合|最终)?得分[ \t\u3000]*$", re.MULTILINE)
_SUMMED = pattern(
    r"^[ \t\u3000]*(?:合[ \u3000]*计|小计|总计|总分)((?:[ \t\u3000]+[\d.]+[%分]?){2,})[ \t\u3000]*$", re.MULTILINE
)
_HEADS = pattern(r"一级指标\s{0,4}(?:权重|分值)?\s{0,4}二级指标[^。]{0,200}得分")
"""The head of a score table whose cells a converter ran together."""
_ALONE = pattern(r"^[ \t\u3000]*(\d+(?:\.\d+)?)[ \t\u3000]*分?$", re.MULTILINE)


def find(reading: Reading, scorecard: Scorecard, manuscript: Manuscript) -> Iterator[Finding]:
    """A total without a table of scores."""
    if not scorecard.totals or any(record.awarded for node in scorecard.walk() for record in node.of(Where.TABLE)):
        return
    if _all_told(scorecard) or _HEADS.search(manuscript.plain):
        return
    shown = {f"{total.value:f}" for total in scorecard.totals}
    if not _in_lines(reading, shown) and not any(
        scored_across(reading, grid) or scored_by_place(reading, grid) or _shows(reading, grid, shown)
        for grid in reading.grids()
    ):
        fault = Fault(CODE, Severity.WARNING, "给出了总分，没有附得分表", "逐个指标的得分表", "附上得分表")
        yield remark(reading, fault, scorecard.totals[0].span)


def _shows(reading: Reading, grid: Grid, totals: AbstractSet[str]) -> bool:
    """Whether a table shows the total of the report, however it is laid out."""
    return any(not totals.isdisjoint(_NUMBER.findall(reading.quote(slot.span))) for slot in grid.slots)


def _in_lines(reading: Reading, totals: AbstractSet[str]) -> bool:
    """Whether a converter put each cell of a table on a line of its own, or blanks between them: the head of the scores, and the total."""
    if any(not totals.isdisjoint(_NUMBER.findall(row)) for row in _SUMMED.findall(reading.text)):
        return True
    return bool(_HEAD.search(reading.text)) and not totals.isdisjoint(_ALONE.findall(reading.text))


def _all_told(scorecard: Scorecard) -> bool:
    """Whether the body tells the score of each indicator, below the first level too."""
    lowest = [node for node in scorecard.walk() if not node.children]
    told = all(any(record.awarded for record in node.of(Where.TEXT)) for node in lowest)
    return told and any(node.children for node in scorecard.indicators)
