"""建议没有相应的问题。

## 查什么
“建议”的每一条，“存在的问题”中有没有说到同一件事的一条（比较两者标题和正文的用词）。没有问题或建议章节的不查。

## 为什么
没有问题的建议，读者不知道从何而来，多半是套话或从别处抄来。

## 怎么改
补写所针对的问题及其证据；没有的，删去这一条建议。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.items import items, unanswered
from hengji.reading.manuscript import Manuscript, Role

CODE = "f451"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Recommendations to which no problem is related."""
    problems, advice = items(manuscript, Role.PROBLEMS), items(manuscript, Role.ADVICE)
    for each in unanswered(advice, problems):
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"建议“{each.name[:40]}”没有相应的问题",
            "每条建议针对一个问题",
            "补写问题及证据，或删去这一条",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, each.heading.span())
