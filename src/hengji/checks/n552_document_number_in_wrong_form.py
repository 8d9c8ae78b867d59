"""文号的写法不合规范。

## 查什么
发文字号是否用六角括号〔〕括年份，序号是否没有前导零，后面是否有“号”字，是否用了全角数字。每种写法只报一次，写明共有几处。

## 为什么
党政机关公文格式（GB/T 9704—2012，7.2.5）规定：年份用六角括号，序号不编虚位、不加“第”字，后加“号”字。

## 怎么改
改写为“机关代字〔年份〕序号号”，如“财预〔2020〕10号”。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.documents import Cited
from hengji.reading.manuscript import Manuscript

CODE = "n552"
_SHOWN = 4
_WIDE = pattern(r"[０-９]")
_OF_FIRM = pattern(r"字(?:[〔\[【（(]\d{4}[〕\]】）)]第|〔\d{4}〕)")
"""How a firm numbers its reports (某评报字〔2024〕第007号, 某绩评字〔2024〕036号), for which no form is laid down."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first of each wrong form."""
    wrong: dict[str, list[tuple[Cited, Span]]] = {}
    for passage in manuscript.citing:
        for cited in passage.cited:
            span = passage.span(cited.start, cited.end)
            for form in _forms(cited, reading.quote(span)):
                wrong.setdefault(form, []).append((cited, span))
    for form, places in wrong.items():
        cited, span = places[0]
        found = f"文号“{''.join(reading.quote(span).split())}”{form}{how_often(places)}"
        fault = Fault(CODE, Severity.NOTE, found, cited.number, "按公文格式改写", confidence=Confidence.LIKELY)
        yield remark(reading, fault, span, *(there for _, there in places[1 : 1 + _SHOWN]))


def _forms(cited: Cited, printed: str) -> Iterator[str]:
    if cited.brackets != "〔〕" and cited.has_hao:
        yield "没有用六角括号"
    if cited.serial.startswith("0") and cited.serial.strip("0") and not _OF_FIRM.search(printed):
        yield "的序号有前导零"
    if not cited.has_hao and cited.brackets == "〔〕":
        yield "缺“号”字"
    if _WIDE.search(printed):
        yield "用了全角数字"
