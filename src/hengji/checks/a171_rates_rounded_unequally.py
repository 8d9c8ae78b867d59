"""同一段里的同名比率，小数位不一。

## 查什么
同一段中名称相同的比率（如两处“预算执行率”），按分子、分母复算都成立，但一个保留两位小数，一个只取整数，而且不是整除。

## 为什么
取整抹掉的零头，按比例计分时就是几分的差别；一处取整、一处两位，读者无法比较。

## 怎么改
统一保留两位小数。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.claim import Claim, Claims, Hedge, Measure, Relation, Verdict
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.statements.verdicts import shown

CODE = "a171"
_NAME = pattern(rf"(?P<name>{HAN}{{2}}率)(?:仅|只|也|均|为|是|达|到|约|有){{0,4}}$")
_REACH = 12
_NEAR = 400
_PLACES = 2
_HUNDRED = 100


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rates cut to whole percents near one of the same name that is printed to two places."""
    fine: dict[str, Claim] = {}
    rates = [claim for claim in claims.claims if claim.relation is Relation.RATIO and _is_plain(claim)]
    for claim in rates:
        if _places(claim) >= _PLACES and (name := _name(reading, claim)):
            fine.setdefault(name, claim)
    for claim in rates if fine else ():
        other = fine.get(_name(reading, claim))
        if other is None or _places(claim) or not _is_cut(claim):
            continue
        rate, near = claim.quantities[0], other.quantities[0]
        between = reading.text[min(rate.span.end, near.span.end) : max(rate.span.start, near.span.start)]
        if len(between) <= _NEAR and "\n\n" not in between:
            found = f"{_name(reading, claim)}{shown(rate)}取了整数，同一段的{shown(near)}保留两位小数"
            fault = Fault(CODE, Severity.NOTE, found, "小数位一致", "统一保留两位小数", claim.computation)
            yield remark(reading, fault, rate.span, near.span)


def _is_plain(claim: Claim) -> bool:
    rate = claim.quantities[0]
    return claim.verdict is Verdict.HELD and rate.measure is Measure.RATE and rate.hedge is Hedge.NONE


def _places(claim: Claim) -> int:
    return max(0, -int(claim.quantities[0].number.as_tuple().exponent))


def _is_cut(claim: Claim) -> bool:
    """Whether the quotient comes to the rate and is no whole number of percents."""
    rate, part, whole, *more = claim.quantities
    if more or not whole.value:
        return False
    quotient = part.value / whole.value
    return rate.low <= quotient <= rate.high and (quotient * _HUNDRED).denominator != 1


def _name(reading: Reading, claim: Claim) -> str:
    start = claim.quantities[0].span.start
    match = _NAME.search("".join(reading.text[max(0, start - _REACH) : start].split()))
    return match["name"] if match else ""
