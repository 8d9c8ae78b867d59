"""支出数与执行率用的不是一个数。

## 查什么
一处按“支出÷预算（到位）”写明执行率、支出率，另一处写着同一个预算（到位）数和另一个“实际支出”数，按它算出的率与写明的率不同。两处写明的截止日不同的不算；
同一基数写了几个率的，与其中一个相符即可。

## 为什么
一个说全部支出，一个说没有支出完，执行率的得分就没有根据；多半是“拨到镇街”与“付到受益人”两种口径混用。

## 怎么改
统一口径；两种口径都要写的，分别命名。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Claim, Claims, Relation, Verdict
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.manuscript import Manuscript, Role
from hengji.scoring.operands import percent

CODE = "a168"
_RATE = pattern(r"(?:执行|支出|使用)率")
_SPENT = pattern(r"实际支出(?:资金|金额)?(?:为|共计)?(?P<number>\d+(?:\.\d+)?)万元")
_BASE = pattern(r"(?:到位|预算)(?:资金|金额)?(?:为|共计)?(?P<number>\d+(?:\.\d+)?)万元")
_UNTIL = pattern(r"截[至止]\s*([^,，。;；]{2,14})")
_PARTS = 3


def find(reading: Reading, manuscript: Manuscript, claims: Claims) -> Iterator[Finding]:
    """Amounts spent of a base of which a rate is told, that do not make the rate."""
    rates: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.claims:
        two = len(claim.quantities) == _PARTS and claim.relation is Relation.RATIO
        if two and claim.verdict is Verdict.HELD and _RATE.search(claim.about):
            rates[claim.quantities[-1].printed].append(claim)
    for passage in manuscript.told() if rates else ():
        if passage.role in {Role.ANNEX, Role.ADVICE}:
            continue
        for spent in _SPENT.finditer(passage.text):
            start, _ = passage.sentence(spent.start())
            bases = [each["number"] for each in _BASE.finditer(passage.text, start, spent.start())]
            told = rates.get(bases[-1], []) if bases else []
            if not told:
                continue
            rate = Fraction(spent["number"]) / Fraction(bases[-1])
            if any(each.quantities[0].low <= rate <= each.quantities[0].high for each in told):
                continue
            claim = told[0]
            if _until(passage.text[start : spent.end()]) != _until(_paragraph(reading, claim)):
                continue
            stated = claim.quantities[0]
            found = f"这里实际支出{spent['number']}万元，是{bases[-1]}万元的{percent(rate)}，别处写{claim.about}{stated.printed}%"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                claim.computation,
                "统一支出的口径",
                f"{spent['number']}万元 ÷ {bases[-1]}万元 = {percent(rate)} ≠ {stated.printed}%",
                Confidence.LIKELY,
            )
            yield remark(
                reading, fault, passage.span(spent.start(), spent.end()), *(each.span for each in claim.quantities)
            )


def _until(text: str) -> frozenset[str]:
    """Until when amounts are told, as it is written."""
    return frozenset("".join(match[1].split()) for match in _UNTIL.finditer(text))


def _paragraph(reading: Reading, claim: Claim) -> str:
    """The line of a rate up to it."""
    end = claim.quantities[0].span.end
    return reading.text[reading.text.rfind("\n", 0, end) + 1 : end]
