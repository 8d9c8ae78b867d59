"""预算调了三成以上，没有说怎样调的。

## 查什么
报告写明调整后预算，它与年初（申请、批复）预算相差三成以上，全文却没有一处说到调增、调减、追加、压减、收回的内容或者文件。

## 为什么
执行率按调整后的预算算，调整没有依据，执行率就没有依据：按年初预算算，得分可能差得很远。

## 怎么改
写明何时、按哪个文件、因为什么调整；没有正式调整的，按年初预算计算执行率。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Kind, Manuscript

CODE = "f482"
_AMOUNT = r"(?:资金|金额|数|总额|经费)?(?:为|共计|共)?(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)"
_ADJUSTED = pattern(r"调整后(?:的)?(?:全年|年度)?预算" + _AMOUNT)
_PLANNED = pattern(r"(?:年初|申请|申报|初始)(?:申请|安排|批复|编报|下达)?预算" + _AMOUNT)
_CHANGED = pattern(
    r"(?=[追调压核收结预年中增减])(?:(?:追加|调增|调减|压减|压缩|核减|核增)[^,。;]{0,8}(?:资金|预算|指标|\d)|(?:收回|结转)[^,。;问卷]{0,8}(?:资金|预算|指标|\d)|预算调整(?!后)|调整(?:了)?预算|年中调整|中期调整|(?:增加|减少)预算)"
)
_FAR = Decimal("0.3")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first adjusted budget, where it is far from the first one and nothing is told of the way between."""
    passages = manuscript.holding("调整后")
    adjusted = next(
        ((each, match) for each in passages if each.kind is Kind.PROSE and (match := _ADJUSTED.search(each.text))), None
    )
    if adjusted is None:
        return
    passage, match = adjusted
    for other in manuscript.holding("预算"):
        planned = _PLANNED.search(other.text)
        if planned is None or planned["unit"] != match["unit"]:
            continue
        before, after = (Decimal(each["amount"].replace(",", "")) for each in (planned, match))
        if abs(before - after) > before * _FAR and not _CHANGED.search(manuscript.plain):
            first, last = other.span(*planned.span()), passage.span(*match.span())
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"先写“{words(reading, first)}”，又写“{words(reading, last)}”，没有说怎样调的",
                "写有调整的时间、文件和原因",
                "写明调整的依据，或按年初预算计算执行率",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, last, first)
        return
