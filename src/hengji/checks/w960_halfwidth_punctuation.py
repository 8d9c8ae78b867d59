"""中文里夹用半角标点。

## 查什么
汉字之间的逗号、分号、冒号、问号是否用了半角。全文合成一条，写明半角与全角各几处；全文都用半角的不报。

## 为什么
半角、全角混用是多处拼接的痕迹，版式也不齐。

## 怎么改
统一为全角标点。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span

CODE = "w960"
_MARK = pattern("[,;:?，；：？](?<=[一-鿿].)(?=[一-鿿])")
"""A mark with a Chinese character on either side."""


def find(reading: Reading) -> Iterator[Finding]:
    """One finding where a report uses both."""
    text = reading.text
    marks = [match.start() for match in _MARK.finditer(text)]
    half = [at for at in marks if text[at].isascii()]
    full = len(marks) - len(half)
    if half and full > len(half):
        found = f"汉字之间有{len(half)}处半角标点，另有{full}处全角；这是第一处半角"
        yield remark(
            reading, Fault(CODE, Severity.NOTE, found, "全角标点", "统一为全角"), Span(half[0] - 1, half[0] + 2)
        )
