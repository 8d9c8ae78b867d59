"""字词重复。

## 查什么
“的的”“了了”“和和”一类虚字重复，以及两字以上的词连写两遍（“进一步进一步”）。“一一”“层层”等叠词，隔着空格并排的两格，不算。

## 为什么
重复的字词是粘贴、改稿留下的，评审按文字质量扣分。

## 怎么改
删去多余的一个。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words_around
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

CODE = "w955"
_REPEATED = pattern(rf"(?P<sign>[的了和及在对由与为将按])(?P=sign)|(?P<word>{HAN}{{2,6}})(?P=word)")
_FINE = pattern(r"[一二三四五六七八九十百千万年]+$|学习|研究|讨论|考虑|商量|休息|锻炼|交流|满意|一般|良好|合格")
_CELLS = pattern(r"\S[ \t\u3000]+\S")
"""Words with a blank between them stand in cells side by side."""

_LEGAL = (
    "目的的",
    "标的的",
    "的的确确",
    "为了了解",
    "除了了解",
    "了了解",
    "和和谐",
    "和和平",
    "对对口",
    "对对象",
    "在在建",
    "在在校",
    "在在册",
    "按按",
    "为为期",
    "由由",
    "将将",
    "及及时",
    "与与会",
    "对对外",
    "和和睦",
)
_AROUND = 8


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Words that stand twice in a row."""
    for passage in manuscript.of(Kind.PROSE, Kind.TITLE):
        for match in _REPEATED.finditer(passage.text):
            around = words_around(reading, passage, *match.span(), _AROUND)
            span = passage.span(match.start(), match.end())
            if match["word"] and (_FINE.match(match["word"]) or _CELLS.search(reading.quote(span))):
                continue
            if "每" in (match["word"] or "") or any(legal in around for legal in _LEGAL):
                continue
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{around}”中“{match['sign'] or match['word']}”重复",
                "一个就够",
                "删去多余的一个",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span)
