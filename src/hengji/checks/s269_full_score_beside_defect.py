"""得满分，分析却说有问题。

## 查什么
得满分的末级指标，正文或底稿对它的分析中，有没有“未完成”“不及时”“不符合”“缺少”一类的话。

## 为什么
同一件事，一边说有问题，一边不扣分，评分就不能使人信服。

## 怎么改
按标准扣分，或说明为什么这个问题不影响该指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.reading import Reading
from hengji.model.scorecard import Decided, Scorecard, Scored, Where
from hengji.reading.scores.literal import defects_in
from hengji.reading.scores.wording import folded
from hengji.scoring.operands import points

CODE = "s269"


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves with full marks whose own analysis tells a defect; the first one is quoted."""
    for leaf in scorecard.leaves():
        full = full_marks(leaf)
        if full is None or _is_computed(leaf):
            continue
        for span in (span for wording in leaf.analyses for span in wording.spans):
            text = folded(reading, [span])
            defects = defects_in(text.text)
            if defects:
                words = text.span(defects[0].start(), defects[0].end())
                found = f"{called(leaf)}得满分{points(full.value)}分，分析中却说“{defects[0].group()}”"
                fault = Fault(
                    CODE, Severity.WARNING, found, "按标准扣分", "扣分，或说明不影响该指标", "", Confidence.LIKELY
                )
                standard = [each.wording.span for each in leaf.standards[:1]]
                body = [each.awarded.span for each in leaf.of(Where.TEXT)[:1] if each.awarded]
                yield remark(reading, fault, words, *dict.fromkeys((full.span, *standard, *body)))
                break


def _is_computed(leaf: Scored) -> bool:
    """Whether a formula says what the defect costs."""
    return leaf.literal is not None and leaf.literal.decided is Decided.COMPUTED
