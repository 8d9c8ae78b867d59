"""总分前后不同。

## 查什么
摘要、正文、结论和得分表中写出的总分是否相同；恰是某个指标的得分的，视为那个指标的。

## 为什么
总分是报告最先被引用的数，两个总分等于没有总分。

## 怎么改
核对后改成一致。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.scoring.operands import points

CODE = "s284"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Mentions of the total that differ from what most say."""
    values = Counter(each.value for each in scorecard.totals)
    if len(values) < 2:  # noqa: PLR2004  two are needed to differ
        return
    most = values.most_common(1)[0][0]
    believed = next(each for each in scorecard.totals if each.value == most)
    scores = {record.awarded.value for node in scorecard.walk() for record in node.records if record.awarded}
    for each in scorecard.totals:
        if each.value != most and each.value not in scores:
            found = f"总分一处是{points(each.value)}分，别处是{points(most)}分"
            yield remark(
                reading, Fault(CODE, Severity.ERROR, found, "各处总分相同", "核对后改成一致"), each.span, believed.span
            )
