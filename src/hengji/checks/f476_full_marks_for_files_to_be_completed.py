"""建议补资料，档案指标却得满分。

## 查什么
名称说档案、资料的末级指标得了满分，建议一章又要求补充、补齐资料、档案或凭证的。

## 为什么
要补，说明不齐；得满分，说明齐全。两头对不上，扣分和建议必有一处不对。

## 怎么改
按标准扣分并写入问题，或删去这条建议。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import points

CODE = "f476"
_FILES = pattern(r"档案|资料")
_COMPLETE = pattern(r"补(?:充完善|齐|全|充|交|办)[^,。;、]{0,12}(?:资料|档案|凭证|台账)")


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves about files with full marks, where advice is given to complete them."""
    advice = [
        passage.span(*match.span())
        for passage in manuscript.told(Role.ADVICE)
        for match in _COMPLETE.finditer(passage.text)
    ]
    if not advice:
        return
    for leaf in scorecard.leaves():
        awarded = full_marks(leaf)
        if awarded is not None and _FILES.search(leaf.name):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{called(leaf)}得满分{points(awarded.value)}分，建议却要“{words(reading, advice[0])}”",
                "资料不齐的不得满分",
                "按标准扣分，或删去这条建议",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, advice[0], awarded.span, *(each.span for each in leaf.analyses[:1]))
