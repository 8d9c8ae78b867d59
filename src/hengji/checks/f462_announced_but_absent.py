"""说有两部分，只见一部分。

## 查什么
“指标分为甲类指标和乙类指标两部分”一类的说明，其中一类的名称在全文别处是否再也没有出现。

## 为什么
多半是套用的模板；读者会问另一部分在哪里。

## 怎么改
补上这一部分，或按实际的指标体系改写。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "f462"
_PARTS = pattern(
    rf"(?:分为|包括|由|分成)(?P<list>{HAN}{{2,8}}指标(?:[和与、及]{HAN}{{2,8}}指标){{1,4}})(?:等)?(?:[两二三四五2-5]个?)?(?:部分|大?类|个方面|组成|构成)"
)
_NAME = pattern(rf"{HAN}{{2,8}}?指标")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Kinds of indicators that are announced and never seen."""
    for passage in manuscript.told():
        for match in _PARTS.finditer(passage.text):
            names = [name.lstrip("和与、及") for name in _NAME.findall(match["list"])]
            times = {name: manuscript.plain.count(name) for name in names}
            for name, often in times.items():
                if often == 1 and max(times.values()) > 1:
                    found = f"说指标分为{'、'.join(names)}，全文没有“{name}”"
                    fault = Fault(
                        CODE,
                        Severity.WARNING,
                        found,
                        "说到的部分都有",
                        "补上，或按实际改写",
                        confidence=Confidence.LIKELY,
                    )
                    yield remark(reading, fault, passage.span(match.start(), match.end()))
