"""已经移交的仍算作本单位的完成数。

## 查什么
写明某机构、某工程“已移交某地管理”的一段，是否又把它计入本单位“实际完成几家”。

## 为什么
移交出去的不再是本单位的产出；计进来，完成数和产出得分都虚高。

## 怎么改
从完成数中扣除，或写明移交前已经完成、按什么口径计入。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "f459"
_HANDED = pattern(
    rf"(?P<name>{HAN}{{3,20}}?)(?:已经?)(?:整体)?(?:移交|划转|划归)(?:至|到|给|由)?[^,。;]{{2,20}}?(?:管理|管辖|接管|主管)"
)
_COUNTED = pattern(r"实际(?:完成|建成)[^,。;:]{0,10}?\d+(?:家|个|处|所|座|项)[^。]{0,10}?(?:其中|包括|分别|即)")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Things counted as done in a list that says they were handed over."""
    for passage in manuscript.told():
        if passage.role is Role.ADVICE:
            continue
        for counted in _COUNTED.finditer(passage.text):
            _, last = passage.sentence(counted.start())
            handed = _HANDED.search(passage.text, counted.end(), last)
            if handed is not None:
                found = f"“{handed[0]}”，却列在“{counted[0].rstrip('其中包括分别即:,')}”之内"
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "移交的不计入完成数",
                    "扣除，或写明按什么口径计入",
                    confidence=Confidence.LIKELY,
                )
                yield remark(
                    reading,
                    fault,
                    passage.span(handed.start(), handed.end()),
                    passage.span(counted.start(), counted.end()),
                )
