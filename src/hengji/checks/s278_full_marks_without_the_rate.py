"""按比率给分，却没有写出比率。

## 查什么
评分标准按满意度、覆盖率等比率给分的末级指标，得了满分，正文或底稿的分析中有没有写出任何百分数或计数。

## 为什么
没有数，就不能知道够不够满分那一档。

## 怎么改
写出比率、它的分子分母和出处；调查得来的写明样本。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.scores.literal import MEASURED
from hengji.scoring.operands import points

CODE = "s278"


_NUMBER = pattern(
    r"\d+(?:\.\d+)?%|百分之|全部|均已|100|无一|(?:未完成|实际完成)\d|\d[万亿]?(?:家|个|张|处|户|场|次|套|台|项|人|座|条|所|名|村|辆|米|平方|公里|公顷|亩|吨|元|立方)"
)
_RATE = pattern(r"\d+(?:\.\d+)?%|百分之")


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves with full marks by a rate that nobody prints."""
    for leaf in scorecard.leaves():
        full = full_marks(leaf)
        standard = next((each for each in leaf.standards if isinstance(each.rubric, MEASURED)), None)
        if full is None or standard is None or not leaf.analyses:
            continue
        wanted = _RATE if "满意" in f"{leaf.name}{standard.subject}" else _NUMBER
        if any(wanted.search(each.text) for each in leaf.analyses):
            continue
        subject = standard.subject or leaf.name
        found = f"{called(leaf)}按{subject}给分，得满分{points(full.value)}分，分析中却没有写出{subject}是多少"
        fault = Fault(CODE, Severity.WARNING, found, f"{subject}的数值和出处", "写出比率、分子分母和出处")
        yield remark(reading, fault, full.span, *standard.wording.spans, leaf.analyses[0].spans[-1])
