"""比率后面漏了百分号。

## 查什么
“增加几万元，增长13.95”“占总支出的41.2”“执行率为96.4”这样的话，说的是比率而数后面没有“%”。不大于1的是小数写法，不查；指数、利率、容积率等
本来没有百分号的，不查。

## 为什么
没有百分号，同一个数可以读成倍数、金额或者分值，读者只能猜。

## 怎么改
补上“%”；不是比率的，写明单位。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Kind, Manuscript

CODE = "n588"
_MORE_OR_LESS = "(?:增加|增长|上升|提高|减少|下降|降低)"
_NUMBER = r"(?P<number>\d+\.\d+)(?=[,。;)])"
_GROWN = pattern(
    rf"{_MORE_OR_LESS}了?[\d,]+(?:\.\d+)?[万亿]?[元人户个件辆吨亩](?:次|公里)?,(?:同比|[比较](?:上年|去年)(?:同期)?)?{_MORE_OR_LESS}了?{_NUMBER}"
)
_SHARE = pattern(rf"占[^,。;:\d]{{0,16}}(?:支出|收入|资金|预算|投资|总[额数量])(?:的|的?比[重例]为?){_NUMBER}")
_RATE = pattern(
    rf"(?:[增降]幅|(?:增长|完成|执行|到位|支出|支付|使用|合格|覆盖|知晓|达标|普及|入住|回收|巩固|就业)率)(?:[为达是]到?)?{_NUMBER}"
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Rates of more than one that stand without a sign before a stop."""
    for passage in manuscript.body:
        if passage.kind is not Kind.PROSE or "." not in passage.text:
            continue
        for form in (_GROWN, _SHARE, _RATE):
            for match in form.finditer(passage.text):
                if float(match["number"]) > 1:
                    found = f"“{match[0].rsplit(',', 1)[-1]}”说的是比率，数后面没有百分号"
                    fault = Fault(
                        CODE,
                        Severity.WARNING,
                        found,
                        f"“{match['number']}%”",
                        "补上“%”；不是比率的，写明单位",
                        confidence=Confidence.LIKELY,
                    )
                    yield remark(reading, fault, passage.span(*match.span("number")))
