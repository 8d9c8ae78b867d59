"""点名的评价方法没有说明。

## 查什么
说本次采用、运用的评价方法（比较法、因素分析法、公众评判法等），文中有没有一处写明它是什么、怎样用。

## 为什么
只点名不说明，看不出方法用在哪里。

## 怎么改
逐个写明方法的含义和在本次评价中的用法；没有用的不要列。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading
from hengji.reading.scores.wording import folded

CODE = "o860"


_METHODS = (
    "成本效益分析法",
    "比较法",
    "因素分析法",
    "最低成本法",
    "公众评判法",
    "标杆管理法",
    "层次分析法",
    "熵权法",
    "德尔菲法",
    "专家评议法",
)
_USED = pattern(r"(?:采用|运用|采取|使用|选用)[^。;]{0,60}")
_DEFINED = r"(?:,?即|指的是|,指|:|是|用于|主要用|就是|——|,通过|\([^()]{4,}\))"


def find(reading: Reading) -> Iterator[Finding]:
    """Methods that are said to be used and nowhere explained; told once, in the first sentence that names them."""
    texts = [
        folded(reading, [part.span])
        for part in reading.parts
        if not isinstance(part, Grid) and "法" in reading.quote(part.span)
    ]
    whole = "\n".join(text.text for text in texts)
    for text in texts:
        for used in _USED.finditer(text.text):
            named = [method for method in _METHODS if method in used.group()]
            missing = [method for method in named if not _explained(whole, method)]
            if named and missing:
                fault = Fault(
                    CODE, Severity.NOTE, f"说采用了{'、'.join(missing)}，却没有说明", "方法的含义和用法", "逐个写明"
                )
                yield remark(reading, fault, text.span(used.start(), used.end()))
            if named:
                return


def _explained(whole: str, method: str) -> bool:
    """Whether a definition follows a mention, or the method has a heading of its own."""
    return bool(pattern(rf"{method}[)”\"]?{_DEFINED}|(?:^|\n)[^\n]{{0,6}}{method}(?:\n|$)").search(whole))
