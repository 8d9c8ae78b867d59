"""A year with its halves, terms or quarters before it: 春季学期供餐101天,秋季学期供餐95天,全年供餐196天."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import NO_PART
from hengji.reading.statements.verdicts import made_up

_SEASON = pattern("上半年|下半年|春季|秋季|第?(?P<quarter>[一二三四])季度")
_YEAR = pattern("^(?:全年|全学年|年度|合计|共计|总计)")
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT, Measure.DAYS})
_HALVES, _QUARTERS = 2, 4


def seasons(passage: Passage) -> Iterator[Claim]:
    """Every amount of a year right behind those of all its parts, in their sentence."""
    for number, whole in enumerate(passage.mentions):
        if whole.unit.measure not in _MEASURED or not _YEAR.search(whole.before) or whole.words & NO_PART:
            continue
        parts = _parts(passage.mentions[max(0, number - _QUARTERS) : number], whole)
        if parts:
            yield made_up(whole, parts).claim(passage)


def _parts(before: Sequence[Mention], whole: Mention) -> Sequence[Mention]:
    """Two halves or terms, or four quarters, one behind the other and nothing else between them; none otherwise."""
    told = [(each, match) for each in before if (match := _SEASON.search(each.before)) and each.like(whole)]
    count = _QUARTERS if told and told[-1][1]["quarter"] else _HALVES
    names = {match[0] for _, match in told[-count:]}
    parts = [each for each, _ in told[-count:]]
    near = len(parts) == len(names) == count and list(before[-count:]) == parts and whole.sentence == parts[0].sentence
    return parts if near and not any(each.words & NO_PART for each in parts) else ()
