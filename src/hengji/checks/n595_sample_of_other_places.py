"""抽样地点前后不同。

## 查什么
说抽样、现场评价的句子里逐个列出的乡镇、街道、县区（三个以上），与别处列出的同样多个是否相同；只有一个不同的，指出这一个。

## 为什么
样本是结论的依据；一处写错地名，读者不知道究竟去了哪里。

## 怎么改
对照抽样方案改正；确实抽了两次的，分别写明抽的是什么。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "n595"
_PLACE = rf"{HAN}{{1,4}}?(?:街道|镇|乡|县|区|村)"
_COUNT = rf"(?:\(?\d+(?:\.\d+)?{HAN}{{1,2}}\)?)?"
_NAME = pattern(_PLACE)
_LEAD = pattern("^(?:其中|分别|包括|涉及|选取|抽取|抽查|[即为是对在从到由有和及与])+(?=...)")
"""What stands before a name of a list, though it could be part of it."""
_LIST = pattern(rf"{_PLACE}{_COUNT}(?:[、,和及与]{_PLACE}{_COUNT}){{2,}}")
_SAMPLED = ("样本", "抽样", "抽取", "抽查", "现场评价", "现场核查")
_YEAR = pattern(r"20\d\d年")
_MOST = 30
"""So many lists of places are compared."""


@record
class _Sample:
    """样本: the places, and the years told before them."""

    names: tuple[str, ...]
    years: frozenset[str]
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Lists of the places of a sample that differ in one name from another as long."""
    samples = list(_samples(manuscript))[:_MOST]
    often = Counter(frozenset(each.names) for each in samples)
    told: set[Span] = set()
    for pair in combinations(samples, 2):
        other, one = sorted(pair, key=lambda each: (often[frozenset(each.names)], -each.span.start))
        missing = [name for name in one.names if name not in other.names]
        strange = [name for name in other.names if name not in one.names]
        alike = len(missing) == len(strange) == 1 and len(one.names) == len(other.names) and one.years == other.years
        if alike and other.span not in told:
            told.add(other.span)
            found = f"样本中的地点，一处有“{missing[0]}”而没有“{strange[0]}”，一处相反"
            fault = Fault(
                CODE, Severity.WARNING, found, "各处的样本相同", "对照抽样方案改正", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, other.span, one.span)


def _samples(manuscript: Manuscript) -> Iterator[_Sample]:
    for passage in manuscript.holding(*_SAMPLED):
        for start, end in passage.sentences():
            sentence = passage.text[start:end]
            if any(word in sentence for word in _SAMPLED):
                for match in _LIST.finditer(passage.text, start, end):
                    years = frozenset(_YEAR.findall(passage.text, start, match.start()))
                    names = tuple(_LEAD.sub("", name) for name in _NAME.findall(match[0]))
                    yield _Sample(names, years, passage.span(*match.span()))
