"""问题没有相应的建议。

## 查什么
“存在的问题”的每一条，“建议”中有没有说到同一件事的一条（比较两者标题和正文的用词）。没有问题或建议章节的不查。

## 为什么
建议应当针对问题；有问题没有建议，被评价单位不知道怎么改。

## 怎么改
补写相应的建议；已经写了的，用同样的词，让人看得出对应。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, chapter_of, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.reading.items import apart, items, unanswered
from hengji.reading.manuscript import Manuscript, Role

CODE = "f450"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Problems to which no recommendation is related."""
    problems, advice = items(manuscript, Role.PROBLEMS), apart(items(manuscript, Role.ADVICE))
    for problem in unanswered(problems, advice):
        fault = Fault(
            CODE,
            Severity.WARNING,
            f"问题“{problem.name[:40]}”没有相应的建议",
            "每个问题有建议",
            "补写建议，或写明对应",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, problem.heading.span(), *chapter_of(manuscript, Role.ADVICE))
