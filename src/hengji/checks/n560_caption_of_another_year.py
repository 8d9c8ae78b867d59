"""表题的年份与所在章节不符，或两表同名。

## 查什么
表题中只有一个年份、最近的标题中也只有一个年份的，两个年份是否相同；编了号或带年份的表题是否与另一张表完全同名（同一个表号的算一张表）。

## 为什么
表题从另一个子项目抄来没有改，读者会把数据当成另一年的。

## 怎么改
改正表题；确是同名的两张表，加上区别的字样。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "n560"
_CAPTION = pattern(r"^(?P<number>表\d{1,3}(?:[-.—–]\d{1,2})?[::.、]?)?(?P<name>.{4,50})$")
_YEAR = pattern(rf"(?<!\d)(20\d\d)(?:年|(?={HAN}))")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Captions of a year that their section is not about; names that several tables have, each once."""
    heading: Passage | None = None
    named: dict[str, list[Span]] = {}
    numbered: set[str] = set()
    for passage in manuscript.body:
        if passage.kind is Kind.TITLE and not passage.text.startswith("表"):
            heading = passage
            continue
        if passage.role is Role.ANNEX or not (passage.kind is Kind.CAPTION or passage.text.startswith("表")):
            continue
        match = _CAPTION.match(passage.text)
        if match is None or not (match["number"] or passage.kind is Kind.CAPTION) or "。" in match["name"]:
            continue
        span = passage.span(match.start("name"), match.end("name"))
        years = set(_YEAR.findall(match["name"]))
        above = set(_YEAR.findall(heading.text)) if heading is not None else set()
        if heading is not None and len(years) == 1 == len(above) and years != above:
            found = f"表题写的是{min(years)}年，所在的“{heading.text}”一节是{min(above)}年"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                f"{min(above)}年",
                "核对表中数据的年份，改正表题",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span, heading.span())
        elif match[0] not in numbered and (match["number"] or (years and not match["name"].startswith("("))):
            named.setdefault(match["name"], []).append(span)
            numbered.update([match[0]] if match["number"] else ())
    for name, (first, *others) in named.items():
        if others:
            found = f"{len(others) + 1}张表都叫“{name}”"
            fault = Fault(
                CODE, Severity.NOTE, found, "每张表的名称不同", "加上区别的字样", confidence=Confidence.POSSIBLE
            )
            yield remark(reading, fault, others[0], first, *others[1:])
