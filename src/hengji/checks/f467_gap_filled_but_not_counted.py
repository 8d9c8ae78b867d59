"""说缺口已经补齐，到位数里却没有。

## 查什么
写明几笔资金“未到位”、又说由别的资金“补齐”的，这几笔之和是否正好等于预算与到位的差额——等于，就是补进来的钱没有计入到位。

## 为什么
补齐的资金既然用在项目上，就应当计入到位和支出；不计入，到位率、执行率和资金来源都不真实。

## 怎么改
把补齐的资金按来源列入到位和支出，或写明没有补齐。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Passage

CODE = "f467"
_FILLED = pattern(r"(?:由|用|以|从)[^,。;]{2,24}(?:补齐|补足|弥补|填补)")
_LACKING = pattern(r"未[^,。;]{0,10}到位|没有[^,。;]{0,6}到位")
_AMOUNT = pattern(r"(?<![\d.])(?P<number>\d+(?:\.\d+)?)万元")
_BUDGET = pattern(r"(?:预算|安排|计划)[^,。;]{0,10}?(?P<number>\d+(?:\.\d+)?)万元")
_ARRIVED = pattern(r"到位(?:资金|金额)?(?P<number>\d+(?:\.\d+)?)万元")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Sentences of money that was lacking and filled up, where what arrived leaves out just as much."""
    told = [(passage, filled) for passage in manuscript.told() if (filled := _FILLED.search(passage.text))]
    gaps = dict(each for passage in manuscript.told() if (each := _gap(passage))) if told else {}
    for passage, filled in told:
        start, _ = passage.sentence(filled.start())
        start = max(start, passage.text.rfind(";", start, filled.start()) + 1)
        lacking = list(_LACKING.finditer(passage.text, start, filled.start()))
        if not lacking:
            continue
        amounts = [Decimal(each["number"]) for each in _AMOUNT.finditer(passage.text, start, lacking[-1].end())]
        gap = sum(amounts, Decimal(0))
        where = gaps.get(gap) if amounts else None
        if where is not None:
            found = f"“{filled[0]}”，而预算与到位仍然相差{gap:f}万元，补齐的资金没有计入到位"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "补齐的资金计入到位和支出",
                "按来源列入，或写明没有补齐",
                " + ".join(f"{each:f}万元" for each in amounts) + f" = {gap:f}万元",
                Confidence.LIKELY,
            )
            span = passage.span(lacking[-1].start(), filled.end())
            yield remark(reading, fault, span, where)


def _gap(passage: Passage) -> tuple[Decimal, Span] | None:
    """How much less arrived than was budgeted, where a passage tells both, and what arrived."""
    budget, arrived = _BUDGET.search(passage.text), _ARRIVED.search(passage.text)
    if budget is None or arrived is None:
        return None
    return Decimal(budget["number"]) - Decimal(arrived["number"]), passage.span(arrived.start(), arrived.end())
