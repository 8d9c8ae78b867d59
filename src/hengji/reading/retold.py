"""Facts told again in the chapters of problems, advice and summary: what another chapter says in other words and with another number.

A fact is known by what was counted (5 所学校留样时间不足), by what that lacks (3 个指标未量化), by how late something was (逾期 45 天), or by
the name of its rate (预算执行率仅 70.80%). It is contradicted where the other chapters know one
number for it, or several of which one differs from it by a digit, or by two that changed places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hengji.model.claim import Claim, Hedge, Measure, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span, Title
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import agree, range_of, repeated, written_otherwise

_RETELLING = pattern("问题|不足|建议|摘要|对策")
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT, Measure.DAYS, Measure.RATE})
_CHANGE = frozenset({Kind.RISE, Kind.FALL, Kind.VERSUS, Kind.PER, Kind.SHARE})
_COUNTED = pattern(f"{HAN}{{6,}}")
_DENIED = pattern(f"(?:未|没有|不(?!足|少|低|超|高)){HAN}{{2,}}$")
_LATE = pattern(r"(?<!平均)(?:逾期|延期|延迟|滞后|超期|拖延|推迟)(?:了|达|共|为)*$")
_RATE = pattern(f"{HAN}{{3}}[率度](?=(?:仅|只|约|达|为|是|到|有)*$)")
_OTHER = pattern(
    r"(?:19|20)\d\d年|上年|去年|[上下]半年|[一二三四]季度|[春秋]季|\d月|目标|计划|要求|规定|标准|应|中央|[省市州区县]级|本级|自筹|(?:改造|建设|实施|整改|改革|建成|投用)[前后]"
)
_AND = ("和", "、", "及")
_OR = ("或", "和", "及", "与")
"""By these more is counted than what goes before them: 19份缺少照片或签字, of which 11份缺少照片."""
_REACH, _MOST = 24, 40
_BEGINNING, _SHORTEST = 6, 3


@record
class _Fact:
    """复述的事实: a number, the words it is known by, and the times and goals that are named around it."""

    quantity: Quantity
    words: str
    about: frozenset[str]

    def like(self, other: _Fact) -> bool:
        """Whether both are told of the same: in the same words as far as the shorter goes, and of the same time."""
        short, long = sorted((self.words, other.words), key=len)
        return self.about == other.about and long.startswith(short) and not long.startswith(_OR, len(short))


def retold(reading: Reading, passages: Sequence[Passage], stated: Iterable[Claim]) -> Iterator[Claim]:
    """Numbers of the retelling chapters that are not those of the others. Time is linear in the text."""
    stated = list(stated)
    met = {each.span for claim in stated if claim.relation is Relation.REPEAT for each in claim.quantities}
    in_rows = {claim.quantities[0].value for claim in stated if claim.relation is Relation.TABLE_RATIO and _held(claim)}
    first: dict[str, list[_Fact]] = defaultdict(list)
    again: dict[str, list[_Fact]] = defaultdict(list)
    chapters = iter([*_chapters(reading), Span(len(reading.text), len(reading.text))])
    chapter = next(chapters)
    for passage in passages:
        keys: list[tuple[str, str]] = []
        for mention in passage.mentions:
            if mention.quantity.span.start >= chapter.end:
                chapter = next((each for each in chapters if mention.quantity.span.start < each.end), chapter)
            into = again if chapter.start <= mention.quantity.span.start < chapter.end else first
            keys = keys if mention.before in _AND else list(_keys(mention))
            for key, words in keys:
                about = frozenset(_OTHER.findall(_around(passage, mention)) if words else ())
                into[f"{key}|{mention.quantity.unit}"].append(_Fact(mention.quantity, words, about))
    for key, facts in again.items():
        for fact in facts[:_MOST]:
            right = _contradicting(fact, first.get(key, ())[:_MOST], facts[:_MOST])
            of_a_row = fact.quantity.measure is Measure.RATE and fact.quantity.value in in_rows
            if right is not None and fact.quantity.span not in met and not of_a_row:
                met.add(fact.quantity.span)
                yield repeated(fact.quantity, right, Verdict.CONTRADICTED, Confidence.POSSIBLE)


def _held(claim: Claim) -> bool:
    return claim.verdict is Verdict.HELD


def _chapters(reading: Reading) -> Iterator[Span]:
    """The sections that tell again, each up to the next title of its level."""
    opened: Title | None = None
    for title in reading.titles:
        if opened is not None and title.level <= opened.level:
            yield Span(opened.span.start, title.span.start)
            opened = None
        if opened is None and _RETELLING.search(title.text):
            opened = title
    if opened is not None:
        yield Span(opened.span.start, len(reading.text))


def _keys(mention: Mention) -> Iterator[tuple[str, str]]:
    """What a number is known by, and the words that say it; nothing of one that is a standard, a change or vague."""
    vague = mention.quantity.hedge is not Hedge.NONE or mention.unit.per
    if vague or mention.unit.measure not in _MEASURED or mention.words & _CHANGE:
        return
    if mention.unit.measure is Measure.RATE:
        if match := _RATE.search(mention.before):
            yield match[0], match[0]
    elif mention.unit.measure is Measure.DAYS:
        if _LATE.search(mention.before):
            yield "逾期", ""
    else:
        if _COUNTED.fullmatch(mention.after):
            yield mention.after[:_BEGINNING], mention.after
        if match := _DENIED.search(mention.after):
            yield match[0][:_SHORTEST], match[0]


def _around(passage: Passage, mention: Mention) -> str:
    """The words of its sentence that stand near a number."""
    begin = max(0, mention.token.start - _REACH, passage.text.rfind("。", 0, mention.token.start) + 1)
    return passage.text[begin : mention.token.start]


def _contradicting(fact: _Fact, others: Iterable[_Fact], again: Iterable[_Fact]) -> Quantity | None:
    """The number that a fact ought to have; None where it has it, or where several could be meant."""
    told = {each.quantity.value: each.quantity for each in others if each.like(fact)}
    if any(agree((fact.quantity, each)) for each in told.values()):
        return None
    if len(told) > 1:
        kept = {each.quantity.value for each in again}
        told = {
            value: each
            for value, each in told.items()
            if value not in kept and written_otherwise(fact.quantity, range_of(each))
        }
    return next(iter(told.values())) if len(told) == 1 else None
