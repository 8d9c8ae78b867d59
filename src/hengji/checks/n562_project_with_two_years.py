"""同一子项目写了两个年份。

## 查什么
带年份的项目、资金名称，名称用字相同（次序不同也算）而年份不同，且其中一个年份只出现一次、另一个出现三次以上的，指出只出现一次的一处。

## 为什么
年份写错，这笔钱就归到了另一年度的项目，结余、未拨付的原因也随之说错。

## 怎么改
核对资金文件，改正年份；确是另一年度项目的，在项目概况中列出。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript

CODE = "n562"
_OFTEN = 3
_SHOWN = 12
"""So many of the other places are pointed to."""
_SHORTEST = 6


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Names whose year stands alone against many of another year."""
    named: dict[str, dict[int, list[tuple[str, Span]]]] = defaultdict(lambda: defaultdict(list))
    for passage, yearly in manuscript.yearly:
        if len(yearly.core) >= _SHORTEST:
            span = passage.span(yearly.start, yearly.end)
            named["".join(sorted(yearly.core))][yearly.year].append((yearly.text, span))
    for years in named.values():
        often = max(years, key=lambda year: len(years[year]))
        if len(years[often]) < _OFTEN:
            continue
        for year, places in years.items():
            if year != often and len(places) == 1:
                (text, span), (usual, _) = places[0], years[often][0]
                found = f"“{text}”只此一处写{year}年，其余{len(years[often])}处都是{often}年（“{usual}”）"
                fault = Fault(
                    CODE, Severity.WARNING, found, f"{often}年", "核对资金文件，改正年份", confidence=Confidence.LIKELY
                )
                yield remark(reading, fault, span, *(where for _, where in years[often][:_SHOWN]))
