"""补助档次的端点两档都有。

## 查什么
按面积、人数、亩数等分档的补助标准，两档写作“甲至乙的……”“乙至丙的……”，端点相同，又都没有写明含不含的。

## 为什么
正好在端点上的，可以按两种标准补助，审核和评价都没有依据。

## 怎么改
写明端点含在哪一档；已经按其中一档执行的，注明口径。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "p352"
_TIER = pattern(
    r"(?P<low>(?<![\d.])\d+(?:\.\d+)?)(?P<unit>[^\d,。;()至到]{0,4}(?:\^?2)?)(?:至|到|-|~|—+)(?P<high>\d+(?:\.\d+)?)(?P<same>[^\d,。;()]{0,4}?(?:\^?2)?)(?:之间)?的"
)
_NOUN = pattern(rf"(?P<noun>{HAN}{{2,4}}?)(?:在|为|达到)?$")
_REACH = 6
_PERIOD = pattern(r"[年月日]|%|分$|时")
_LEFT_OUT = {Role.ANALYSIS, Role.PROBLEMS, Role.ADVICE, Role.WORK, Role.CONCLUSION}


@record
class _Tier:
    noun: str
    unit: str
    low: Decimal
    high: Decimal
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Tiers one of which ends where another of the same measure begins; each limit once."""
    tiers = [
        _Tier(noun["noun"], match["same"], Decimal(match["low"]), Decimal(match["high"]), span)
        for passage in manuscript.told()
        if passage.role not in _LEFT_OUT
        for match in _TIER.finditer(passage.text)
        if not _PERIOD.search(f"{match['unit']}{match['same']}")
        if (noun := _NOUN.search(passage.text[max(0, match.start() - _REACH) : match.start()]))
        for span in [passage.span(match.start(), match.end())]
    ]
    for tier, below in _nearest(tiers):
        shown = f"{tier.low:f}{tier.unit}"
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"{tier.noun}恰为{shown}的，既在{below.low:f}至{shown}一档，又在{shown}至{tier.high:f}{tier.unit}一档",
            "每个数值恰属一档",
            "写明端点含在哪一档",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, tier.span, below.span)


def _nearest(tiers: Sequence[_Tier]) -> Iterable[tuple[_Tier, _Tier]]:
    """For each limit the tier that begins and the one that ends there which stand closest to each other."""
    ending: dict[tuple[str, str, Decimal], list[_Tier]] = defaultdict(list)
    for tier in tiers:
        ending[tier.noun, tier.unit, tier.high].append(tier)
    pairs: dict[tuple[str, str, Decimal], tuple[_Tier, _Tier]] = {}
    for tier in tiers:
        limit = tier.noun, tier.unit, tier.low
        below = [each for each in ending.get(limit, ()) if each.low < tier.low < tier.high]
        near = min(((tier, each) for each in below), key=_apart, default=None)
        if near is not None and (limit not in pairs or _apart(near) < _apart(pairs[limit])):
            pairs[limit] = near
    return pairs.values()


def _apart(pair: tuple[_Tier, _Tier]) -> int:
    one, other = pair
    return abs(one.span.start - other.span.start)
