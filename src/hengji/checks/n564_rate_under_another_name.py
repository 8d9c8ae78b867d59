"""指标值用了另一个比率名称。

## 查什么
标题是某个比率（如“资金到位率”）的一节，给出的数是否用同一名称。只给了一个开头两字相同、名称不同的比率（如“资金落实率100%”）的，作为提示。

## 为什么
名称不同，口径往往不同；读者无从知道这个数是不是该指标的值。

## 怎么改
统一为指标的名称；口径确有不同的，写明两者的关系。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "n564"
_NAME = pattern(rf"(?P<name>{HAN}{{2,10}}率)(?:\(|$|\d|情况)")
_VALUE = pattern(rf"(?P<name>{HAN}{{2,8}}率)(?:为|是|达到?|仅为|约为?|仅)?:?\d+(?:\.\d+)?%")
_HEAD = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sections about one rate that state only another of the same thing."""
    heading: Passage | None = None
    section: list[Passage] = []
    for passage in (*manuscript.body, None):
        if passage is None or passage.kind is Kind.TITLE:
            if heading is not None:
                yield from _judge(reading, manuscript, heading, section)
            heading, section = passage, []
        elif passage.kind is Kind.PROSE and passage.role is not Role.ANNEX:
            section.append(passage)


def _judge(reading: Reading, manuscript: Manuscript, heading: Passage, section: list[Passage]) -> Iterator[Finding]:
    named = _NAME.search(heading.text)
    if named is None:
        return
    name = named["name"]
    stated = [(passage, match) for passage in section for match in _VALUE.finditer(passage.text)]
    own = {match["name"] for _, match in stated}
    if any(each.endswith(name) or name.endswith(each) for each in own):
        return
    for passage, match in stated:
        if match["name"][-5:][:_HEAD] == name[:_HEAD] and len(match["name"]) >= len(name) - 1:
            found = f"“{name}”一节给出的是“{match[0]}”，名称不同"
            fault = Fault(
                CODE, Severity.NOTE, found, f"{name}的值", "统一名称；口径不同的写明关系", confidence=Confidence.LIKELY
            )
            formula = islice(manuscript.places(f"{name}="), 1)
            yield remark(reading, fault, passage.span(match.start(), match.end()), heading.span(), *formula)
            return
