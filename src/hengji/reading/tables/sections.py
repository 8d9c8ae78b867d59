"""Tables that are several in one: a form whose sections each begin with header rows of their own (资金, then 年度目标, then 绩效指标)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.reading.folding import fold
from hengji.reading.heads import header_rows, is_value

_HEAD = pattern(
    r"(?:年初|全年|年度|调整后|本年)?(?:预算|执行|到位|支出|决算|安排)(?:金额|数|额)(?:\(万?元\))?|执行率(?:\(%\))?|预算执行率"
    r"|分值(?:\(权重\))?|权重|自评得分|得分|[一二三]级指标|(?:年度|预期)?指标值|目标值|(?:全年)?实际完成值|完成值|指标名称"
    r"|偏差.{2,16}|未完成.{2,16}|预期目标.{0,6}|(?:目标)?实际完成情况.{0,6}|任务名称|主要内容|支出类型|资金来源|备注"
)
_UNIT = pattern(r"\((?:单位:)?(?P<unit>[亿万]?元)\)")
_NAMED = 2
_LONGEST = 24


def sections(reading: Reading, grid: Grid) -> list[Grid]:
    """The sections of a form, each a table with its header rows; a table without header rows farther down is its only one."""
    rows: dict[int, list[Slot]] = defaultdict(list)
    for slot in grid.slots:
        rows[slot.row].append(slot)
    starts = [row for row in sorted(rows) if row >= max(1, grid.head) and _is_head(reading, rows[row])]
    if not starts:
        return [grid]
    cuts = sorted({0, *starts, grid.height})
    return [each for first, last in pairwise(cuts) for each in _section(reading, grid, rows, range(first, last))]


def _is_head(reading: Reading, slots: Sequence[Slot]) -> bool:
    """Whether a row names columns: several names, and most of them those that head the sections of forms."""
    filled = [slot for slot in slots if slot.span.end > slot.span.start]
    if len(filled) < _NAMED or any(slot.span.end - slot.span.start > _LONGEST for slot in filled):
        return False
    words = [_text(reading, slot) for slot in filled]
    named = sum(bool(_HEAD.fullmatch(word)) for word in words)
    return named >= _NAMED and named * 2 >= len(words) and not any(is_value(word) for word in words)


def _text(reading: Reading, slot: Slot) -> str:
    return "".join(fold(reading.text, slot.span).text.split())


def _section(reading: Reading, grid: Grid, rows: dict[int, list[Slot]], within: range) -> Iterator[Grid]:
    """The rows ``within`` as a table of their own; its unit is what its header says, else that of the whole."""
    slots = tuple(
        replace(slot, row=slot.row - within.start, rows=min(slot.rows, within.stop - slot.row))
        for row in within
        for slot in rows.get(row, ())
    )
    if not slots:
        return
    height = len(within)
    texts = [["" for _ in range(grid.width)] for _ in range(height)]
    for slot in slots:
        texts[slot.row][slot.column] = _text(reading, slot)
    head = min(header_rows(texts), height - 1) if within.start == 0 else _heads(texts)
    told = (match["unit"] for text in texts[0] if (match := _UNIT.search(text)))
    span = Span(min(slot.span.start for slot in slots), max(slot.span.end for slot in slots))
    yield Grid(span, slots, height, grid.width, head, grid.caption, next(told, grid.unit))


def _heads(texts: Sequence[Sequence[str]]) -> int:
    return min(len(texts), max(1, header_rows(texts)))
