"""评价目的说到的效益，没有指标考核。

## 查什么
评价目的、评价对象一类的章节说要反映经济、生态或环境效益，而指标体系中没有这一类指标，全文其他地方也没有再说到。

## 为什么
多半是照搬的话：说了要评的没有评，目的与指标对不上。

## 怎么改
按本项目改写评价目的，或补充指标。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "o871"
_AIM = pattern(r"(?:反映|评价|衡量|考察|评判)[^。;]{0,16}(?:经济|社会|生态|环境)效益(?:、|和|与|及|以及)[^。;]{0,24}")
_BENEFIT = pattern("效益|影响")
_SHOWN = 3
_NATURE = ("环境效益", "生态效益", "生态环境")
_KINDS = (
    ("环境效益", pattern("环境|生态"), _NATURE),
    ("生态效益", pattern("环境|生态"), _NATURE),
    ("经济效益", pattern("经济|增收"), ("经济效益", "经济性", "增收")),
)
"""A kind of benefit, what the name of an indicator of it has, and the words by which the text may speak of it."""


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """The first place that promises a kind of benefit which is judged nowhere."""
    if not scorecard.indicators:
        return
    names = " ".join(node.name for node in scorecard.walk())
    for passage in manuscript.told(Role.WORK):
        for match in _AIM.finditer(passage.text):
            for kind, indicator, words in _KINDS:
                if kind not in match[0] or indicator.search(names):
                    continue
                if any(each.role is not Role.WORK or each.kind is Kind.CELL for each in manuscript.holding(*words)):
                    continue
                fault = Fault(
                    CODE,
                    Severity.NOTE,
                    f"说要反映{kind}，指标体系中没有这一类指标",
                    "评价目的与指标一致",
                    "按本项目改写，或补充指标",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(*match.span()), *_judged(scorecard))
                return


def _judged(scorecard: Scorecard) -> Iterator[Span]:
    """Where the first benefits stand that are judged."""
    below = (node for node in scorecard.walk() if node.level > 1 and node.records and _BENEFIT.search(node.name))
    named = (node.records[0].name.spans[0] for node in below)
    yield from islice(named, _SHOWN)
