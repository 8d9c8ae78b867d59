"""Working papers (工作底稿): a table of keys and values for each indicator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hengji.model.reading import Reading, Slot, Span
from hengji.model.scorecard import Points
from hengji.reading.scores.sentences import Fact, statements
from hengji.reading.scores.tables import number_in, rows_of
from hengji.reading.scores.wording import bare, folded

_KEYS = {
    "name": ("指标名称", "三级指标", "三级指标名称", "四级指标", "评价指标", "考核指标"),
    "weight": ("指标分值", "分值", "标准分值", "指标权重", "权重", "标准分", "满分"),
    "awarded": ("评价得分", "得分", "指标得分", "最终得分", "评分结果", "实际得分", "考核得分"),
    "standard": ("评价标准", "评分标准", "评分细则", "计分标准", "评分办法", "考核标准", "计分办法"),
    "analysis": ("评价分析", "指标分析", "评分说明", "得分说明", "评价情况", "评价过程", "评分过程", "分析过程"),
    "reason": ("扣分原因", "扣分理由", "扣分说明"),
}
_KEY_OF = {word: key for key, words in _KEYS.items() for word in words}


@dataclass(slots=True)
class Paper:
    """A working paper that was read: the cells of each of its keys."""

    title: str
    name: Span
    span: Span
    weight: Points | None = None
    awarded: Points | None = None
    standard: list[Span] = field(default_factory=list)
    analysis: list[Span] = field(default_factory=list)
    reason: list[Span] = field(default_factory=list)


def papers_of(reading: Reading) -> Iterator[Paper]:
    """The working papers of a report in reading order; one may go on in the next table."""
    paper: Paper | None = None
    part = ""
    for row in (row for grid in reading.grids() for row in rows_of(grid) if row):
        keyed = list(_pairs(reading, row))
        if keyed and keyed[0][0] == "name":
            if paper is not None:
                yield paper
            name = keyed.pop(0)[1]
            paper = Paper(bare(folded(reading, [name]).text), name, name)
        if paper is None:
            continue
        part = keyed[-1][0] if keyed else part
        for key, span in keyed:
            _put(reading, paper, key, span)
        if not keyed and part == "analysis":
            paper.analysis.extend(slot.span for slot in row if slot.span.end > slot.span.start)
    if paper is not None:
        yield paper


def _pairs(reading: Reading, row: list[Slot]) -> Iterator[tuple[str, Span]]:
    """Keys of a row, each with the first cell that holds anything after it."""
    waiting = ""
    for slot in row:
        if slot.span.end == slot.span.start:
            continue
        short = slot.span.end - slot.span.start < 12  # noqa: PLR2004  a key is a word or two
        key = _KEY_OF.get(folded(reading, [slot.span]).text.strip(":"), "") if short else ""
        if waiting and not key:
            yield waiting, slot.span
        if key or slot.column == 0:
            waiting = key
        elif waiting:
            waiting = ""


def _put(reading: Reading, paper: Paper, key: str, span: Span) -> None:
    if key in ("weight", "awarded"):
        text = folded(reading, [span])
        points = number_in(text) or next(
            (
                each
                for said in statements(text)
                for fact, each in said.facts.items()
                if fact in (Fact.WEIGHT, Fact.AWARDED)
            ),
            None,
        )
        if key == "weight":
            paper.weight = points
        else:
            paper.awarded = points
        paper.span = Span(paper.span.start, max(paper.span.end, span.end))
    elif key in ("standard", "analysis", "reason"):
        getattr(paper, key).append(span)
