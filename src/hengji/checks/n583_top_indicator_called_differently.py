"""一级指标在文中叫别的名字。

## 查什么
文中“从决策、过程、产出和效果四个方面”一类的列举，与得分表的一级指标只差一个名称的。

## 为什么
读者对不上：说的是效果，打分的是效益；多半是从别的报告照搬的话。

## 怎么改
以指标体系表为准，统一名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

CODE = "n583"
_COUNTED = r"(?:[三四五]个?|\d个)(?:方面|维度|部分|层面|角度|环节|一级指标)"
_COUNT = pattern(_COUNTED)
_LIST = pattern(rf"(?P<names>{HAN}{{2,8}}(?:(?:、|和|及|与|以及){HAN}{{2,6}}){{2,4}})等?{_COUNTED}")
_BETWEEN = pattern(r"、|以及|和|及|与")
_SKIPPED = pattern(r"项目|指标|情况|方面|绩效")
_FEWEST, _MOST = 3, 5


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Lists that name all indicators of the first level but one, and another in its place; each name once."""
    tops = [_SKIPPED.sub("", each.name) for each in scorecard.indicators]
    if not _FEWEST <= len(tops) <= _MOST:
        return
    said: set[str] = set()
    for passage in manuscript.matching(_COUNT):
        if passage.kind is Kind.CELL:
            continue
        for match in _LIST.finditer(passage.text):
            names = [_SKIPPED.sub("", each) for each in _BETWEEN.split(match["names"])]
            if len(names) != len(tops) or not names[0].endswith(tops[0]):
                continue
            odd = [at for at in range(1, len(tops)) if names[at] != tops[at]]
            if len(odd) != 1 or names[odd[0]] in {*said, *tops}:
                continue
            name, top = names[odd[0]], scorecard.indicators[odd[0]]
            said.add(name)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"一级指标“{top.name}”在这里叫“{name}”",
                "一级指标只有一个名称",
                "以指标体系表为准统一",
                confidence=Confidence.LIKELY,
            )
            told = [each.span for each in top.records if name in each.name.text]
            yield remark(reading, fault, passage.span(*match.span()), top.records[0].name.span, *told)
