"""同一段里的同名比率，小数位不一。

## 查什么
同一段中名称相同的比率（如两处“预算执行率”），按分子、分母复算都成立，但一个保留两位小数，一个取了整数，而它并不是整数。

## 为什么
取整抹掉的零头，按比例计分时就是几分的差别；一处取整、一处两位，读者无法比较。

## 怎么改
统一保留两位小数。
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Claim, Claims, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.statements.verdicts import shown

CODE = "a171"
_NAME = pattern(rf"(?P<name>{HAN}{{2}}率)(?:仅|只|也|均|为|是|达|到|约|有){{0,4}}$")
_REACH = 12
_FINE = 2
"""Decimals of a percentage that is printed as it should be."""
_PERCENT = 100


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates cut to whole percents in a paragraph in which one of the same name is printed to two places."""
    rates = [claim for claim in claims.claims if claim.relation is Relation.RATIO and _is_plain(claim)]
    cut = [claim for claim in rates if _places(claim) == 0 and _is_cut(claim)]
    starts = [part.span.start for part in reading.parts] if cut else []
    fine: dict[tuple[int, str], Quantity] = {}
    for claim in rates if cut else ():
        if _places(claim) >= _FINE:
            fine.setdefault(_told(reading, starts, claim), claim.quantities[0])
    for claim in cut:
        _, name = told = _told(reading, starts, claim)
        if name and (other := fine.get(told)):
            rate = claim.quantities[0]
            found = f"{name}{shown(rate)}取了整数，同一段的{shown(other)}保留了小数"
            fault = Fault(CODE, Severity.NOTE, found, "小数位一致", "统一保留两位小数", claim.computation)
            yield remark(reading, fault, rate.span, other.span)


def _is_plain(claim: Claim) -> bool:
    rate = claim.quantities[0]
    return claim.verdict is Verdict.HELD and rate.measure is Measure.RATE and rate.hedge is Hedge.NONE


def _places(claim: Claim) -> int:
    return max(0, -int(claim.quantities[0].number.as_tuple().exponent))


def _is_cut(claim: Claim) -> bool:
    """Whether the quotient comes to the rate and is no whole number of percents."""
    rate, *parts = claim.quantities
    if len(parts) != 2 or not parts[1].value:  # noqa: PLR2004  part and whole
        return False
    part, whole = parts
    quotient = part.value / whole.value
    return rate.low <= quotient <= rate.high and (quotient * _PERCENT).denominator != 1


def _told(reading: Reading, starts: list[int], claim: Claim) -> tuple[int, str]:
    """The number of the paragraph and the name of a rate, empty without one."""
    start = claim.quantities[0].span.start
    match = _NAME.search("".join(reading.text[max(0, start - _REACH) : start].split()))
    return bisect_right(starts, start), match["name"] if match else ""
