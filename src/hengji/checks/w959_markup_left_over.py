"""报告中有转换留下的代码。

## 查什么
正文里没有转换干净的 HTML 标签、&nbsp; 一类的实体、LaTeX 公式和 Markdown 标记。每种只报一次，写明共有几处。

## 为什么
这些代码不是内容，公开出去读者看不懂，也会让数字和单位读错。

## 怎么改
删去代码，换成普通文字。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Span, Title
from hengji.reading.folding import fold

CODE = "w959"
_KINDS = {
    "HTML 标签": pattern(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s?[A-Za-z-]+=\"[^\"<>]{0,200}\"|\s?/)*>"),
    "HTML 实体": pattern(r"&(?:[a-z]{2,8}|#\d{2,5});"),
    "LaTeX 公式": pattern(
        r"\$[^$]{0,60}\\?(?:text|frac|times|geq|leq|mathrm|\^|_)[^$]{0,60}\$|\\(?:text|frac|times|mathrm)\{"
    ),
}
_SIGN = pattern(r"[<&$\\]")
_LEGAL = (".html", ".htm")


def find(reading: Reading) -> Iterator[Finding]:
    """The first place of each kind of code."""
    if reading.file.lower().endswith(_LEGAL):
        return
    places: dict[str, list[Span]] = {}
    for span in _told(reading):
        if _SIGN.search(reading.text, span.start, span.end):
            folded = fold(reading.text, span)
            for kind, sought in _KINDS.items():
                places.setdefault(kind, []).extend(folded.span(*match.span()) for match in sought.finditer(folded.text))
    for kind, spans in places.items():
        if spans:
            found = f"正文中有{kind}“{' '.join(reading.quote(spans[0]).split())}”{how_often(spans)}"
            yield remark(reading, Fault(CODE, Severity.NOTE, found, "普通文字", "删去代码"), spans[0])


def _told(reading: Reading) -> Iterator[Span]:
    """The paragraphs, titles and cells, without the table of contents."""
    for part in reading.parts:
        if isinstance(part, Grid):
            yield from (slot.span for slot in part.slots)
        elif not (isinstance(part, Title) and part.listed):
            yield part.span
