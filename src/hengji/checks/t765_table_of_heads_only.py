"""表格只有表头。

## 查什么
以“序号”开头、至少四栏的表头，下面没有一行内容：紧接着是另一项（如“其他说明的问题”），或者表格到此为止，接着是标题。跨页重复的表头不算。

## 为什么
申报表、明细表空着，正文却说已经填报、已经分解，两头对不上；评审也会当作缺件。

## 怎么改
补填内容；确实没有的，写“无”，正文相应改写。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span, Title
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "t765"
_FIRST = "序号"
_FEWEST = 4
_PAIR = 2
_INDICATOR = "指标"
_TERM = pattern(r"中?长期|中期|年度")
_SET = pattern(
    r"(?<![未没不])(?:设置|设定|制定|编制|填报|细化|分解)[^。;,]{0,40}(?:中?长期|中期|年度)(?:绩效)?(?:目标|指标)[^。;,]{0,12}"
)
"""Goals or indicators that were set, filled in or broken down."""
_ROW = pattern(r"[(（]?[\d一二三四五六七八九十]{1,3}(?:[^\d一-鿿].*)?|[①-⑳]|[合总小]计?.?")
"""What a row of content begins with: its number, that of its group, or that it is a total."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rows of heads with nothing below, each told by the row above it where that names the table."""
    if not manuscript.holding(_FIRST):
        return
    for part, behind in zip(reading.parts, (*reading.parts[1:], None), strict=True):
        if isinstance(part, Grid) and not isinstance(behind, Grid):
            for name, heads, at_end in _empty(part, manuscript):
                if at_end and not (behind is None or isinstance(behind, Title)):
                    continue
                called = f"“{words(reading, name)}”" if name is not None else "表格"
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    f"{called}只有表头，没有内容",
                    "表头下面有内容，或写明没有",
                    "补填，或写“无”",
                    confidence=Confidence.LIKELY,
                )
                yield remark(
                    reading, fault, *((name,) if name is not None else ()), heads, *_claimed(called, manuscript)
                )


def _claimed(called: str, manuscript: Manuscript) -> Iterator[Span]:
    """The first words of the body that say what an empty table of goals should hold."""
    term = _TERM.search(called)
    if term is None:
        return
    for passage in manuscript.holding(f"{term[0]}目标", f"{term[0]}指标", f"{term[0]}绩效"):
        if passage.kind is not Kind.PROSE or passage.role is Role.ANNEX:
            continue
        for match in _SET.finditer(passage.text):
            if term[0] in match[0] and (_INDICATOR in match[0]) >= (_INDICATOR in called):
                yield passage.span(*match.span())
                return


def _empty(grid: Grid, manuscript: Manuscript) -> Iterator[tuple[Span | None, Span, bool]]:
    """The name and the heads of each piece of a table without rows, and whether the table ends there."""
    rows: dict[int, list[tuple[Slot, str]]] = {}
    for slot in grid.slots:
        if text := manuscript.cell(slot):
            rows.setdefault(slot.row, []).append((slot, text))
    filled = [rows[number] for number in sorted(rows)]
    for above, row, below in zip([[], *filled], filled, [*filled[1:], []], strict=False):
        if row[0][1] != _FIRST or len(row) < _FEWEST:
            continue
        is_other = (
            len(below) == _PAIR
            and below[0][0].column == row[0][0].column
            and _ROW.fullmatch(below[0][1]) is None
            and not any(map(str.isdigit, below[1][1]))
        )
        if is_other or not below:
            name = above[0][0].span if len(above) == 1 else grid.caption
            yield name, Span(row[0][0].span.start, row[-1][0].span.end), not below
