"""引用的文字与申报表不同。

## 查什么
正文用引号引用的指标名称（“……率”“……度”“……数”）、整句的绩效目标，报告所附的表中没有，却有一个只差几个字的；
正文用书名号写的表名，与所附那张表的标题只差几个字的。

## 为什么
引号里的文字应当与申报表一字不差，否则被评价单位不知道说的是哪个指标、哪张表。

## 怎么改
照申报表改正引用的文字。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage

CODE = "n571"
_ENDS = "率度数量"
_QUOTED = pattern(rf"“(?P<name>{HAN}{{5,20}}[{_ENDS}])”")
_SENTENCE = pattern(r"“(?P<name>[^“”\d]{19,200}[^“”\d。;])[。;]?”")
_FORM = pattern(r"《(?P<name>[^《》]{6,40}表)》")
_NUMBER = pattern(r"^(?:附[件表]|表)[\d一二三四五六七八九十\-]*[::. ]*")
_BEGINNING = 4
_ALIKE, _NEARLY = 0.75, 0.9


@record
class _Quotation:
    """引文: words in marks, what is printed that they should be, and what both are called."""

    told: re.Match[str]
    passage: Passage
    printed: str
    where: Span
    kind: str
    severity: Severity = Severity.NOTE


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Quotations that the annexes have almost, each once."""
    said: set[str] = set()
    for each in (*_names(manuscript), *_sentences(manuscript), *_forms(manuscript)):
        name = each.told["name"]
        if name in said:
            continue
        said.add(name)
        found = f"引用的{each.kind}“{name}”，表中{'叫' if each.kind != '目标' else '写作'}“{each.printed}”"
        fault = Fault(CODE, each.severity, found, f"“{each.printed}”", "照申报表改正", confidence=Confidence.LIKELY)
        yield remark(reading, fault, each.passage.span(*each.told.span("name")), each.where)


def _names(manuscript: Manuscript) -> Iterator[_Quotation]:
    """Names of indicators."""
    cells: dict[str, dict[str, Span]] = defaultdict(dict)
    for passage in manuscript.of(Kind.CELL):
        if passage.text[-1] in _ENDS:
            cells[passage.text[-1]].setdefault(passage.text, passage.span())
    for passage in manuscript.told():
        for match in _QUOTED.finditer(passage.text) if "“" in passage.text else ():
            name = match["name"]
            same = cells[name[-1]]
            if not any(name in cell for cell in same) and (near := _nearest(name, same, _ALIKE)):
                yield _Quotation(match, passage, near, same[near], "指标", Severity.WARNING)


def _sentences(manuscript: Manuscript) -> Iterator[_Quotation]:
    """Goals and the like, told in whole sentences; looked for among the cells that begin as they do."""
    quoted = [
        (match, passage)
        for passage in manuscript.told()
        for match in (_SENTENCE.finditer(passage.text) if "“" in passage.text else ())
    ]
    begins = {match["name"][:_BEGINNING] for match, _ in quoted}
    cells: dict[str, dict[str, Span]] = defaultdict(dict)
    for passage in manuscript.of(Kind.CELL) if quoted else ():
        if (begin := passage.text[:_BEGINNING]) in begins:
            cells[begin].setdefault(passage.text.rstrip("。;"), passage.span())
    for match, passage in quoted:
        same = cells.get(match["name"][:_BEGINNING], {})
        if not any(match["name"] in cell for cell in same) and (near := _nearest(match["name"], same, _NEARLY)):
            yield _Quotation(match, passage, near, same[near], "目标")


def _forms(manuscript: Manuscript) -> Iterator[_Quotation]:
    """Names of forms that stand in the report."""
    titles = {
        _NUMBER.sub("", passage.text): passage.span()
        for passage in manuscript.of(Kind.CAPTION, Kind.TITLE)
        if passage.text.endswith("表")
    }
    told: dict[str, tuple[re.Match[str], Passage]] = {}
    for passage in manuscript.holding("表》") if titles else ():
        for match in _FORM.finditer(passage.text):
            told.setdefault(match["name"], (match, passage))
    for name, (match, passage) in told.items():
        near = _nearest(name, [title for title in titles if _lacks(name, title) or _lacks(title, name)], _ALIKE)
        if near and near not in name and not any(name in title for title in titles):
            yield _Quotation(match, passage, near, titles[near], "表")


def _lacks(short: str, full: str) -> bool:
    """Whether a name is another with some characters left out; 自评表 and 申报表 are two forms."""
    rest = iter(full)
    return all(sign in rest for sign in short)


def _nearest(name: str, among: Iterable[str], least: float) -> str:
    """The most alike of some names; empty where none is alike enough."""
    alike = {each: SequenceMatcher(None, name, each, autojunk=False).ratio() for each in among}
    near = max(alike, key=alike.__getitem__, default="")
    return near if near and alike[near] >= least else ""
