"""一级指标在文中叫别的名字。

## 查什么
文中“从决策、过程、产出和效果四个方面”一类的列举、“产出方面”“效果方面”一类并列的标题，与得分表的一级指标只差一个名称的；
“可持续类指标”一类的称呼，比一级指标（可持续性）少一个字的。

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
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.model.scorecard import Scorecard, Scored
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

CODE = "n583"
_COUNTED = r"(?:[三四五]个?|\d个)(?:方面|维度|部分|层面|角度|环节|一级指标)"
_COUNT = pattern(_COUNTED)
_LIST = pattern(rf"(?P<names>{HAN}{{2,8}}(?:(?:、|和|及|与|以及){HAN}{{2,6}}){{2,4}})等?{_COUNTED}")
_BETWEEN = pattern(r"、|以及|和|及|与")
_CLASS = pattern(rf"(?<!{HAN})(?P<name>{HAN}{{3,10}})类指标")
_TITLED = pattern(rf"^(?:#+|\(?[一二三四五六七八九十\d]{{1,2}}[)、.])*(?P<name>{HAN}{{2,10}})(?:$|\()")
_SKIPPED = pattern(r"项目|指标|情况|方面|绩效|分析")
_FEWEST, _MOST = 3, 5


@record
class _Names:
    """A row of names that may be those of the first level, and where it stands."""

    names: tuple[str, ...]
    spans: tuple[Span, ...]


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Rows that name all indicators of the first level but one, and another in its place; each name once."""
    tops = [_SKIPPED.sub("", each.name) for each in scorecard.indicators]
    if not _FEWEST <= len(tops) <= _MOST:
        return
    said = set(tops)
    for row in (*_lists(manuscript), *_titles(manuscript, tops)):
        if len(row.names) != len(tops) or not row.names[0].endswith(tops[0]):
            continue
        odd = [at for at in range(1, len(tops)) if row.names[at] != tops[at]]
        if len(odd) == 1 and row.names[odd[0]] not in said:
            name, top = row.names[odd[0]], scorecard.indicators[odd[0]]
            said.add(name)
            yield _finding(reading, name, top, row.spans[odd[0]])
    for name, span in _classes(manuscript):
        near = [at for at, top in enumerate(tops) if name not in said and name in _shortened(top)]
        if len(near) == 1:
            said.add(name)
            yield _finding(reading, name, scorecard.indicators[near[0]], span)


def _finding(reading: Reading, name: str, top: Scored, span: Span) -> Finding:
    fault = Fault(
        CODE,
        Severity.NOTE,
        f"一级指标“{top.name}”在这里叫“{name}”",
        "一级指标只有一个名称",
        "以指标体系表为准统一",
        confidence=Confidence.LIKELY,
    )
    first = (each.name.span for each in top.records[:1])
    told = (each.span for each in top.records if name in each.name.text)
    return remark(reading, fault, span, *dict.fromkeys((*first, *told)))


def _lists(manuscript: Manuscript) -> Iterator[_Names]:
    """从决策、过程、产出和效果四个方面."""
    for passage in manuscript.matching(_COUNT):
        if passage.kind is Kind.CELL:
            continue
        for match in _LIST.finditer(passage.text):
            names = tuple(_SKIPPED.sub("", each) for each in _BETWEEN.split(match["names"]))
            yield _Names(names, (passage.span(*match.span()),) * len(names))


def _titles(manuscript: Manuscript, tops: list[str]) -> Iterator[_Names]:
    """Titles one after another on one level, of which each has a character of the indicator in its place: (三)产出方面."""
    rows: dict[int, list[tuple[str, Span]]] = {}
    for title in (*manuscript.of(Kind.TITLE), None):
        level = title.level if title else 0
        for each in [each for each in rows if each > level]:
            names, spans = zip(*rows.pop(each), strict=True)
            if len(names) == len(tops) and all(set(one) & set(other) for one, other in zip(names, tops, strict=True)):
                yield _Names(names, spans)
        if title:
            match = _TITLED.match(title.text)
            name = _SKIPPED.sub("", match["name"]) if match else ""
            rows.setdefault(level, []).append((name, title.span()))


def _classes(manuscript: Manuscript) -> Iterator[tuple[str, Span]]:
    """政策可持续类指标."""
    for passage in manuscript.holding("类指标"):
        if passage.kind is not Kind.CELL:
            for match in _CLASS.finditer(passage.text):
                yield _SKIPPED.sub("", match["name"]), passage.span(*match.span())


def _shortened(name: str) -> set[str]:
    """The name with one character left out; a name of two has none to spare."""
    return {name[:at] + name[at + 1 :] for at in range(len(name))} if len(name) >= _FEWEST else set()
