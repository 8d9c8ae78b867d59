"""工作底稿没有编制人、复核人。

## 查什么
附有三份以上工作底稿的报告，有没有一处写编制人、复核人、审核人或索引号。

## 为什么
底稿要能追溯到谁取的证、谁复核过；没有签署的底稿不能作为得分的依据，质量检查按缺陷记。

## 怎么改
每份底稿写明编制人、复核人、日期和索引号。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard, Where
from hengji.reading.manuscript import Manuscript

CODE = "o872"
_SIGNED = pattern(
    r"编制人|编制者|编制:|填[表写]人|复核人|复核:|审核人|审核:|审定|索引号|底稿编号|取证人|评价人员?:|签[字名]"
)
_FEWEST = 3


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """The first of several papers, where no word in any of them says who made it or looked it over."""
    papers = [record for node in scorecard.walk() for record in node.of(Where.PAPER)]
    if len({record.place for record in papers}) < _FEWEST:
        return
    first = min(papers, key=lambda record: record.span.start)
    if not any(each.span().start >= first.span.start for each in manuscript.matching(_SIGNED)):
        fault = Fault(
            CODE,
            Severity.NOTE,
            "工作底稿都没有编制人、复核人和索引号",
            "编制、复核的人和日期，索引号",
            "每份底稿补签",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, first.name.span)
