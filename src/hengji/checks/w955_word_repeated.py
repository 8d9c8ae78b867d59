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
_REPEATED = pattern(rf"(?P<sign>[的了和及在对与为])(?P=sign)|(?P<word>{HAN}{{2,6}})(?P=word)")
_FINE = pattern(r"[一二三四五六七八九十百千万年]+$|学习|研究|讨论|考虑|商量|休息|锻炼|交流|满意|一般|良好|合格")
_CELLS = pattern(r"\S[ \t\u3000]+\S")
"""Words with a blank between them stand in cells side by side."""
_WORDS = frozenset(
    pattern("..").findall(
        "的确目的标的了解了结和谐和平和睦和解总和饱和及时及格普及涉及波及在建在校在册在职在岗在编在线在途在库现在所在潜在"
        "对口对象对外对方对策对照对比对账对接针对反对面对应对核对相对与会与否参与给与为期为民为老为农行为"
    )
)
"""Words that begin or end with one of these signs: what stands beside it may be the sign by itself (参与与监督, 为了了解)."""
_AROUND = 8


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Words that stand twice in a row."""
    for passage in manuscript.of(Kind.PROSE, Kind.TITLE):
        for match in _REPEATED.finditer(passage.text):
            span = passage.span(match.start(), match.end())
            if match["word"] and (_FINE.match(match["word"]) or _CELLS.search(reading.quote(span))):
                continue
            if "每" in (match["word"] or "") or (match["sign"] and _is_of_word(passage.text, match.start())):
                continue
            around = words_around(reading, passage, *match.span(), _AROUND)
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{around}”中“{match['sign'] or match['word']}”重复",
                "一个就够",
                "删去多余的一个",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span)


def _is_of_word(text: str, at: int) -> bool:
    """Whether the first of two like signs ends a word, or the second begins one."""
    return text[max(0, at - 1) : at + 1] in _WORDS or text[at + 1 : at + 3] in _WORDS
