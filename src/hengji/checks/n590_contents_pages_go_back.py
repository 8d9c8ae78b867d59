"""目录的页码倒退。

## 查什么
目录中后一个标题的页码，是否小于前一个标题的页码。附件另起页码的不算。

## 为什么
标题按先后排列，页码倒退的一处不是抄错就是没有更新；按目录翻不到。

## 怎么改
更新目录域，或改正写错的页码。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "n590"
_PAGE = pattern(r"[.·…\-—_\s]*(?<!\d)(?P<page>\d{1,3})[\-—\s]*$")
_ANNEX = "附"
_FEWEST = 4


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The one entry of the contents whose page is less than that of the entry before it; more of them are another way of counting."""
    listed = [
        (passage, int(match["page"]))
        for passage in manuscript.of(Kind.LISTED)
        if not passage.text.startswith(_ANNEX) and (match := _PAGE.search(passage.text))
    ]
    back = [(before, after) for before, after in pairwise(listed) if after[1] < before[1]]
    if len(listed) < _FEWEST or len(back) != 1:
        return
    (before, page), (after, less) = back[0]
    found = f"目录中“{_title(after)}”在第{less}页，它前面的“{_title(before)}”却在第{page}页"
    fault = Fault(CODE, Severity.NOTE, found, "页码不倒退", "更新目录页码", confidence=Confidence.LIKELY)
    yield remark(reading, fault, after.span(), before.span())


def _title(passage: Passage) -> str:
    return _PAGE.sub("", passage.text).strip()
