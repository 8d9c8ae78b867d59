"""指标解释写成了评分标准。

## 查什么
表中“指标解释”一栏写着“得几分”“扣几分”，而同一张表另有“评价标准”或“评分标准”一栏的。整份报告只报一次，列出各处。

## 为什么
指标解释说明考核什么，评分标准说明怎样打分；抄成一样，指标考核什么就没有写，多半是填错了栏。

## 怎么改
改写指标解释，与指标体系表一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span
from hengji.reading.manuscript import Kind, Manuscript

CODE = "s297"
_EXPLAINS = pattern(r"(?:三级)?指标(?:解释|释义)")
_STANDARD = pattern(r"(?:评价|评分|计分|打分|赋分|扣分)(?:标准|规则|细则|办法)")
_LONGEST_HEAD = 8
_SCORES = pattern(r"[得扣减加]\d+(?:\.\d+)?分|[得计]满分|不得分")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first explanation that scores, and all others."""
    cells = [each for each in manuscript.holding("指标解释", "指标释义") if each.kind is Kind.CELL]
    tables = [reading.parts[number] for number in sorted({each.part for each in cells})]
    pairs = [pair for grid in tables if isinstance(grid, Grid) for pair in _scoring(grid, manuscript)]
    if pairs:
        spans = [explanation for explanation, _ in pairs]
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"指标解释写的是评分标准{how_often(spans)}",
            "考核什么写在指标解释，怎样打分写在评分标准",
            "改写指标解释",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, spans[0], pairs[0][1], *spans[1:])


def _scoring(grid: Grid, manuscript: Manuscript) -> Iterator[tuple[Span, Span]]:
    """The explanations of a table that tell points, with the standard in its own row or column that tells them too."""
    told = {(slot.row, slot.column): slot for slot in grid.slots}
    short = {at: text for at, slot in told.items() if 0 < len(text := manuscript.cell(slot)) <= _LONGEST_HEAD}
    explains = {at for at, text in short.items() if _EXPLAINS.fullmatch(text)}
    standards = {at for at, text in short.items() if explains and _STANDARD.fullmatch(text)}

    def scores(row: int, column: int) -> bool:
        return (row, column) in told and _SCORES.search(manuscript.cell(told[row, column])) is not None

    heads = {column for row, column in explains if row < grid.head}
    asked = {column for row, column in standards if row < grid.head}
    last = {column: row for row, column in sorted(standards) if scores(row, column + 1)}
    for (row, column), slot in sorted(told.items()):
        if row >= grid.head and column in heads:
            standard = next((other for other in sorted(asked) if scores(row, other)), None)
            if scores(row, column) and standard is not None:
                yield slot.span, told[row, standard].span
        elif (row, column - 1) in explains and row < last.get(column - 1, 0) and scores(row, column):
            yield slot.span, told[last[column - 1], column].span
