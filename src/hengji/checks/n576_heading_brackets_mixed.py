"""标题编号的括号全角、半角混用。

## 查什么
“（一）”“(二)”一类标题编号，同一种数字的括号有全角也有半角的。全文合成一条，指向少的一种；“（一）”全用全角、“(1)”全用半角的不报。

## 为什么
编号写法不一，是多处拼接的痕迹，自动生成的目录也会错级。

## 怎么改
统一为全角括号。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading

CODE = "n576"
_HAN_NUMBER = pattern(r"[(（][一二三四五六七八九十]")
_NUMBER = pattern(r"[(（]\d")
_SHOWN = 20


def find(reading: Reading) -> Iterator[Finding]:
    """One finding where the numbers of headings of one kind, 一二三 or 123, stand in both kinds of brackets."""
    for kind in (_HAN_NUMBER, _NUMBER):
        titles = [title for title in reading.titles if kind.match(title.mark)]
        half = [title for title in titles if title.mark.startswith("(")]
        full = [title for title in titles if title.mark.startswith("（")]
        if not half or not full:
            continue
        fewer, more = sorted((half, full), key=len)
        first = words(reading, fewer[0].span)[:_SHOWN]
        found = f"标题编号的括号有{len(full)}处全角、{len(half)}处半角，“{first}”是少的一种的第一处"
        fault = Fault(CODE, Severity.NOTE, found, "同一种编号用同一种括号", "统一为全角括号")
        yield remark(reading, fault, fewer[0].span, more[0].span)
        return
