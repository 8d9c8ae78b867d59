"""同一子项目有两种叫法。

## 查什么
同一年份的项目名称只在“补助、补贴、奖补、奖励”上不同的，以及词序颠倒的（“养老幸福工程”与“幸福养老工程”，“嵌入式社区服务站”与“社区嵌入式服务站”），指出用得少的叫法。每种叫法只报一次。

## 为什么
补助与奖补条件不同，叫法混用，读者会当成两个项目。

## 怎么改
按资金文件统一叫法。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n563"
_KIND = pattern(r"补助|补贴|奖补|奖励")
_SORTS = ("工程", "项目", "行动", "计划", "服务站", "服务中心", "服务驿站")
_SORT = pattern(r"工程|项目|行动|计划|(?:养老|助老|为老|便民)?服务(?:站|中心|驿站)")
_WORDS = ((2, 2), (2, 3), (3, 2))
"""How long two words before it may be."""
_HAN = pattern(f"{HAN}+")
_OFTEN = 3
_SHOWN = 8
"""So many places are pointed to."""


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rarer wordings of a name."""
    kinds: dict[tuple[int, str], dict[str, list[tuple[str, Span]]]] = defaultdict(lambda: defaultdict(list))
    for passage, yearly in manuscript.yearly:
        if kind := _KIND.search(yearly.text):
            span = passage.span(yearly.start, yearly.end)
            kinds[yearly.year, yearly.core][kind[0]].append((yearly.text, span))
    for wordings in kinds.values():
        yield from _rarer(reading, wordings)
    yield from _swapped(reading, manuscript)


def _rarer(reading: Reading, wordings: dict[str, list[tuple[str, Span]]]) -> Iterator[Finding]:
    usual = max(wordings, key=lambda kind: len(wordings[kind]))
    if len(wordings[usual]) < _OFTEN:
        return
    for kind, places in wordings.items():
        if kind != usual:
            yield _finding(reading, places, wordings[usual][0])


def _swapped(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Names with two words the other way round, where the other order is much more usual."""
    pairs: dict[tuple[str, str, str], list[tuple[str, Span]]] = defaultdict(list)
    for passage in manuscript.holding(*_SORTS):
        for ending in _SORT.finditer(passage.text):
            for first, second in _WORDS:
                middle = ending.start() - second
                start = middle - first
                if start >= 0 and _HAN.fullmatch(passage.text, start, ending.start()):
                    words = passage.text[start:middle], passage.text[middle : ending.start()], ending[0]
                    pairs[words].append(("".join(words), passage.span(start, ending.end())))
    for (one, two, sort), places in pairs.items():
        usual = pairs.get((two, one, sort), [])
        if one != two and len(usual) >= _OFTEN * len(places):
            yield _finding(reading, places, usual[0])


def _finding(reading: Reading, places: list[tuple[str, Span]], usual: tuple[str, Span]) -> Finding:
    """One finding for all places of a wording; the usual one stands behind them."""
    found = f"“{places[0][0]}”{how_often(places)}在别处写作“{usual[0]}”"
    fault = Fault(CODE, Severity.NOTE, found, "一个项目一个名称", "按资金文件统一叫法", confidence=Confidence.LIKELY)
    return remark(reading, fault, *(span for _, span in places[:_SHOWN]), usual[1])
