"""扣分的理由不在评分要点之中。

## 查什么
评分标准列有两个以上要点的末级指标扣了分，分析中“但……”之后说的理由，与哪一个要点都没有共同的词。

## 为什么
照要点都符合，就不该扣分；理由属于别的指标，同一件事还可能扣了两次。

## 怎么改
写明扣的是哪一个要点；要点里没有的，改在相应的指标扣分，或补充要点。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.checks.scores import called, lost
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.items import pairs
from hengji.reading.scores.wording import folded

CODE = "s298"
_BUT = pattern(r"(?:但是?|不过|然而|只是),?(?P<why>[^。]{8,120})")
_IDLE = pattern(r"是否|情况|明确|无法|设置|项目|存在")
_FEWEST = 2


def find(reading: Reading, scorecard: Scorecard) -> Iterator[Finding]:
    """Reasons that share no pair of characters with any criterion, but for those of the indicator's own name."""
    for leaf in scorecard.leaves():
        loss = lost(leaf)
        if loss is None or not leaf.analyses:
            continue
        standard = next((each for each in leaf.standards if len(each.criteria) >= _FEWEST), None)
        text = folded(reading, leaf.analyses[0].spans)
        reasons = list(_BUT.finditer(text.text))
        if standard is None or len(reasons) != 1:
            continue
        own = frozenset(pairs(leaf.name))
        asked = frozenset(pairs(_IDLE.sub(" ", standard.wording.text))) - own
        told = frozenset(pairs(_IDLE.sub(" ", reasons[0]["why"]))) - own
        if told and not told & asked:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{called(leaf)}扣分的理由，哪一个评分要点都没有说到",
                "理由对应一个要点",
                "写明扣的是哪一个要点",
                confidence=Confidence.POSSIBLE,
            )
            yield remark(reading, fault, text.span(*reasons[0].span("why")), standard.wording.span, loss.awarded.span)
