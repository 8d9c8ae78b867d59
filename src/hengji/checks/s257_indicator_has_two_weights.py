"""同一指标前后两个分值。

## 查什么
同一指标在各张表、正文标题、正文句子、工作底稿、结论中写明的分值是否相同。

## 为什么
分值不同，总分按哪个算说不清；多为改稿时只改了一处。

## 怎么改
核对后把各处的分值改成一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import believed, called, where
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s257"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Records that stand alone against what most others, or the one believed first, say."""
    for node in scorecard.walk():
        said = [(record, record.weight) for record in node.records if record.weight is not None]
        most = believed(said, node.weight)
        if most is None:
            continue
        for record, value in said:
            if value.value != most.value:
                found = f"{where(record)}中{called(node)}的分值是{points(value.value)}分，别处是{points(most.value)}分"
                fault = Fault(CODE, Severity.ERROR, found, "各处分值相同", "核对后改成一致")
                yield remark(reading, fault, value.span, most.span)
