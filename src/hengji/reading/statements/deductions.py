"""Points taken off for each of several: 有 3 台没有登记，每台扣 1 分，扣 3 分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Range, Statement, exactly, range_of, shown
from hengji.reading.units import unit_named

_EACH = pattern(rf"每(?:有|出现|发现|低|少|差)?(?:[1一]?个)?(?P<of>{HAN}{{1,4}}?)(?:学校|单位|机构)?扣减?$")
_STEP = pattern(r"每(?:再|高|低|超|少|差|下降|增加)?$")
_TAKEN = pattern(r"^(?:(?:共计?|合计|因此|应|故|按标准)?扣(?:减|除)?|共?计|合计)$")
_IN_ALL = pattern("共计?|合计")
_AMONG = pattern(f"{HAN}{{0,6}}中")
"""Words behind a number that those told next are some of: 360户中有4户."""

_LIMIT = pattern("(?:超过|多于|少于|不少于|不低于|低于|[每各](?:有|自)?)$")
_OWN = 2
_REACH = 24
_GIVEN_OR_TAKEN = pattern("[得扣]")
_POINTS = "百分点"


def deductions(passage: Passage) -> Iterator[Claim]:
    """Every deduction for each of what is counted in the paragraph, with the deduction that is told."""
    for number, each in enumerate(passage.mentions):
        of = _each_of(passage, number) if each.unit.measure is Measure.POINTS else ""
        if not of:
            continue
        counts = _counted(passage, number, of)
        taken = _taken(passage, number)
        if counts and taken is not None:
            statement = _statement(each, counts, _exact(taken))
            several = len(counts) > 1 or _also(passage, each, taken)
            held = statement.computed.holds(statement.stated.quantity)
            if held or not (several or (statement.computed.over(taken.quantity) and _is_all(passage, taken))):
                yield statement.claim(passage)


def _statement(each: Mention, counts: Sequence[Mention], taken: Mention) -> Statement:
    """The deduction for the nearest count; where it does not hold, for the last ones together (迟到2次、早退1次), if that does."""
    runs = [counts[-length:] for length in range(1, len(counts) + 1)]
    ways = [(run, sum((_times(count) for count in run), exactly(0)) * exactly(each.quantity.value)) for run in runs]
    run, computed = next((way for way in ways if way[1].holds(taken.quantity)), ways[0])
    told = " + ".join(shown(count.quantity) for count in run)
    written = f"{told if len(run) == 1 else f'({told})'} × {shown(each.quantity)}"
    return Statement(Relation.PRODUCT, taken, (*run, each), computed, written, "扣分", Confidence.LIKELY)


def _also(passage: Passage, each: Mention, taken: Mention) -> bool:
    """Whether the deduction is told in all, and there are others: 未公示2处,每处扣1分,…每处扣0.5分,共扣3.5分."""
    points = [one for one in passage.mentions if one.sentence == each.sentence and one.unit.measure is Measure.POINTS]
    return bool(_IN_ALL.match(taken.before)) and len(points) > _OWN


def _each_of(passage: Passage, number: int) -> str:
    """What the points are taken off for each of: 每台扣 1 分, 每低 1 个百分点扣 1 分; nothing where they are not."""
    each = passage.mentions[number]
    if match := _EACH.search(each.before):
        return match["of"]
    step = passage.mentions[number - 1] if number else each
    stepped = step.unit.measure is Measure.PERCENTAGE_POINTS and step.quantity.number == 1 and _STEP.search(step.before)
    return _POINTS if stepped and _TAKEN.search(each.before) else ""


def _counted(passage: Passage, number: int, of: str) -> list[Mention]:
    """The nearest number before it of what the points are taken off for, with those told beside it; none where it is a limit (超过3次的部分)
    or so many of each of several."""
    unit = unit_named(of)
    found: list[Mention] = []
    for mention in reversed(passage.mentions[max(0, number - _REACH) : number]):
        if of == _POINTS and mention.unit.measure is Measure.PERCENTAGE_POINTS and "每" not in mention.before:
            return [mention]
        if unit is not None and mention.unit.measure is Measure.COUNT and mention.unit.kind == unit.kind:
            if found and (mention.sentence != found[0].sentence or found[0].clause - mention.clause > 1):
                break
            if found and _AMONG.match(mention.after):
                break
            if _LIMIT.search(mention.before):
                return []
            found.insert(0, mention)
    return found


def _times(count: Mention) -> Range:
    """How many times points are taken off; of a part of a percentage point once or not at all."""
    if count.unit.measure is not Measure.PERCENTAGE_POINTS:
        return range_of(count.quantity)
    points = Fraction(count.quantity.number)
    return Range(Fraction(floor(points)), Fraction(ceil(points)), points)


def _taken(passage: Passage, number: int) -> Mention | None:
    """The deduction that is told: the next one, else the one before in the same item, which begins with its weight."""
    begin = passage.text.rfind(";", 0, passage.mentions[number].token.start)
    before = [each for each in passage.mentions[max(0, number - _REACH) : number] if each.token.start > begin]
    following = passage.mentions[number + 1 : number + 2]
    if any(_of_another(passage, passage.mentions[number], each) for each in following):
        return None
    for each in (*following, *reversed(before)):
        if each.unit.measure is not Measure.POINTS:
            continue
        if _TAKEN.search(each.before):
            return each
        if each.depth and not _GIVEN_OR_TAKEN.search(each.before):
            return None
    return None


def _of_another(passage: Passage, each: Mention, taken: Mention) -> bool:
    """Whether the next deduction is of another item: 2家缺少签字,每家扣0.5分;三季度未考核,扣0.5分."""
    between = passage.text[each.token.end : taken.token.start]
    return ";" in between and len(between.rpartition(";")[2]) > len(taken.before) and not _IN_ALL.match(taken.before)


def _exact(taken: Mention) -> Mention:
    """Points taken off, which are told to the last decimal."""
    value = taken.quantity.value
    return replace(taken, quantity=replace(taken.quantity, low=value, high=value))


def _is_all(passage: Passage, taken: Mention) -> bool:
    """Whether all points of the indicator were taken off, than which nothing more can be."""
    return any(
        each.unit.measure is Measure.POINTS
        and each.quantity.value == taken.quantity.value
        and not _GIVEN_OR_TAKEN.search(each.before)
        for each in passage.mentions
    )
