"""申请两个月以上才拨付，却说及时。

## 查什么
写明某日申请拨付、某日拨付的资金，两日相隔60天以上，而别处说同一日“及时拨付”“及时支付”“及时到位”的。

## 为什么
国库支付一般以工作日计；隔几个月才拨付，说及时要有根据，发放及时性的得分也靠它。

## 怎么改
写明间隔的原因；属于滞后的，改写评语并按标准扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Dated, Grain
from hengji.reading.manuscript import Manuscript, Passage

CODE = "d261"
_ASKED = pattern(r"申请(?:拨付|支付|拨款)")
_PAID = pattern(r"拨付|支付")
_PRAISE = pattern(r"^[^,。;]{0,6}及时(?:拨付|支付|发放|到位|下达)")
_LONG = 60
_REACH = 30


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Days of payment that are praised, long after the day on which the money was asked for."""
    late: dict[date, tuple[int, Span]] = {}
    for passage in manuscript.dated:
        days = [each for each in passage.dates if each.grain is Grain.DAY]
        for asked, paid in pairwise(days):
            apart = (paid.first - asked.first).days
            if apart >= _LONG and _follows(passage, asked, _ASKED) and _follows(passage, paid, _PAID):
                late[paid.first] = apart, passage.span(asked.start, paid.end)
    for passage in manuscript.dated if late else ():
        for each in passage.dates:
            match = _PRAISE.search(passage.text[each.end : each.end + _REACH]) if each.first in late else None
            if match and each.grain is Grain.DAY:
                apart, where = late[each.first]
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    f"说“{match[0]}”，而申请之后隔了{apart}天才拨付",
                    "与日期相称的说法",
                    "写明间隔的原因，核对及时性的得分",
                    confidence=Confidence.LIKELY,
                )
                yield remark(reading, fault, passage.span(each.start, each.end + match.end()), where)


def _follows(passage: Passage, dated: Dated, words: re.Pattern[str]) -> bool:
    """Whether words stand behind a day in its sentence."""
    return words.search(passage.text, dated.end, passage.sentence(dated.end)[1]) is not None
