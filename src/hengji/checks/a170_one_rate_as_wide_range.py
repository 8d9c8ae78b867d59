"""一个比率写成很宽的区间。

## 查什么
叙述事实时，某一处设施、某一项工作的比率（利用率、入住率、完成率等）写成一个区间，上限在下限的两倍以上。标准、目标、各处不等的比率，利率、税率、费率不查。

## 为什么
同一对象在同一时点的比率只有一个数；区间太宽，等于没有核实，也不能据以评分。

## 怎么改
写明时点和算法，给出一个数；确有波动的，分别写出各时段的数。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "a170"
_RANGE = pattern(
    rf"(?P<name>{HAN}{{2,8}}率)(?:也|仅|只|约|大约|大致|基本|一直|长期){{0,2}}(?:为|在|达|是|有)?(?:也|仅|只|约){{0,2}}(?P<low>\d+(?:\.\d+)?)%?(?:-|—+|~|至|到)(?P<high>\d+(?:\.\d+)?)%(?![的之以时])"
)
_SEVERAL = pattern(
    r"各|分别|不等|之间|多数|少数|普遍|均|平均|一般|部分|每|历年|行业|全国|全省|标准|目标|要求|应|计划|规定|得\d|扣|档|减免|资助|补助|奖|[利税费]率"
)
"""What makes a range of several things, or none of facts."""
_LEFT_OUT = {Role.ADVICE, Role.ANNEX, Role.WORK}
_WIDE = 2


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rates of one thing that may be twice what they may be."""
    for passage in manuscript.holding("%"):
        if passage.role in _LEFT_OUT:
            continue
        for match in _RANGE.finditer(passage.text):
            low, high = Decimal(match["low"]), Decimal(match["high"])
            start, _ = passage.sentence(match.start())
            clause = max(start, passage.text.rfind(";", start, match.start()) + 1)
            if high < low * _WIDE or _SEVERAL.search(passage.text, clause, match.end()):
                continue
            span = passage.span(match.start(), match.end())
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{words(reading, span)}”是一个区间，上限是下限的两倍以上",
                "一个数，或者分时段的数",
                "写明时点和算法，给出核实后的数",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span)
