"""Amounts split up once more, their total told before: 全年发放 110 万元。按种类分,生活补贴 45 万元、护理补贴 65 万元; 分三年到位,2021年…、2022年….

No word joins such a list to its total, so that the total is looked for among the amounts before it; where none is made up by the list,
the one that is nearly made up contradicts it. What is split up twice comes to the same both times, whether its total is told or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from hengji.model.claim import Claim, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.parts import addable, is_out_of
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import Statement, added, as_printed, made_up, range_of, total, written_otherwise

_CUE = pattern(
    rf"(?:按|从|分){HAN}{{1,10}}?(?:来?看|来?分|划分|统计|分类|分布)[,:]?(?:{HAN}{{1,8}}[,:])?$|按{HAN}{{2,6}}:$|分(?:别)?[两二三四五六七八九十\d]{{1,2}}?(?:年度?|期|批|个?季度)?{HAN}{{0,6}}[,:]$"
)
_LABEL = pattern(rf"^(?:20\d\d年|第?[一二三四1-4]季度|[上下]半年|第[一二三四五六]批)(?:{HAN}{{0,8}}?)[为是达]?$")
_TOTAL = pattern("共|合计|总|累计|投入|安排|到位|支出|发放|拨付|下达|支付|完成|建成|分")
_BRACKETED = pattern(r"(?<=[,:])[^,;:。()]{2,8}\([^()]{1,40}\)$")
_ANOTHER = pattern(r"20\d\d年|[上去今]年|其中")
_CUE_OF_TIME = pattern("[两二三四五六七八九十\\d]")
_FEWEST, _REACH, _MOST, _BRACKET = 2, 14, 12, 60
_SHORTEST_NAME = 2
_NEAR = Fraction(1, 5)
_STOPS = frozenset({Kind.SEMICOLON, Kind.END})
_PARTED = pattern(r"[按从分]")
_ANY = pattern("资金|项目|预算|投资|补助|补贴|全年|全部|上述|以上|该|其|本")
"""What a sentence may begin with that splits up any amount told before."""
_ENDS = _STOPS | {Kind.PARTS}
_NO_LIST = frozenset({Kind.SOME, Kind.TOTAL, Kind.VERSUS, Kind.EACH})


def partitions(passage: Passage) -> Iterator[Claim]:
    """Every list of parts that a cue or their labels make one, with its total before it."""
    last = -1
    lists: list[_List] = []
    for number, first in enumerate(passage.mentions):
        if number <= last or not addable(first):
            continue
        labelled = bool(_LABEL.match(first.before)) and not _begun(passage, number)
        cue = _CUE.search(passage.text, max(0, first.token.start - len(first.before) - _REACH), _name(first))
        cued = cue is not None or _in_batches(passage, first)
        if not (labelled or cued):
            continue
        parts = _listed(passage, number, labelled=labelled)
        if len(parts) >= (_FEWEST if cued else _FEWEST + 1):
            last = number + len(parts) - 1
            before = passage.mentions[max(0, number - _MOST) : number]
            statement = _statement([each for each in before if _may_be_whole(passage, each, first, cued=cued)], parts)
            if statement is not None:
                yield statement.claim(passage)
            if cue is not None:
                lists.append(_List(cue[0], cue.start(), parts))
    yield from _twice(passage, lists)


@record
class _List:
    """一种分法: the words that announce a list (按地区分), where they begin, and its parts."""

    cue: str
    start: int
    parts: Sequence[Mention]


def _twice(passage: Passage, lists: Sequence[_List]) -> Iterator[Claim]:
    """That two lists of one thing, each by another feature and one right behind the other, come to the same."""
    for one, other in pairwise(lists):
        (first, *_), (again, *_) = one.parts, other.parts
        between = passage.text[one.parts[-1].token.end : other.start]
        if one.cue == other.cue or not first.like(again) or first.role is not again.role or _ANOTHER.search(between):
            continue
        if again.sentence - first.sentence > 1 or _CUE_OF_TIME.search(one.cue + other.cue):
            continue
        left, right = (total(part.quantity for part in each.parts) for each in (one, other))
        if abs(left.value - right.value) <= left.value * _NEAR:
            held = left.low <= right.high and right.low <= left.high
            yield _as_often(passage, one, other, Verdict.HELD if held else Verdict.CONTRADICTED)


def _as_often(passage: Passage, one: _List, other: _List, verdict: Verdict) -> Claim:
    quantities = [[part.quantity for part in each.parts] for each in (one, other)]
    sums = [f"{added(each)} = {as_printed(total(each).value, each[-1])}" for each in quantities]
    span = passage.span(one.start, other.parts[-1].token.end)
    about = f"{one.cue.rstrip(',:')}与{other.cue.rstrip(',:')}"
    return Claim(
        Relation.PARTITION,
        span,
        (*quantities[1], *quantities[0]),
        verdict,
        "；".join(sums),
        "",
        about,
        Confidence.LIKELY,
    )


def _in_batches(passage: Passage, first: Mention) -> bool:
    """Whether a cue stands before a name with a bracket behind it: 分三批下达:第一批(…〔2023〕2号)528万元."""
    lead = _BRACKETED.search(passage.text, max(0, first.token.start - _BRACKET), first.token.start)
    return lead is not None and _CUE.search(passage.text, max(0, lead.start() - _REACH), lead.start()) is not None


def _begun(passage: Passage, number: int) -> bool:
    """Whether a word already joins the list to its total (其中)."""
    since = passage.mentions[number - 1].at if number else 0
    return any(token.kind is Kind.PARTS for token in passage.tokens[since : passage.mentions[number].at])


def _name(first: Mention) -> int:
    """Where the name of the first part begins: behind the stop before it."""
    return first.token.start - len(first.before)


def _listed(passage: Passage, number: int, *, labelled: bool) -> list[Mention]:
    """The parts from a mention on, up to the next semicolon or full stop; none where words leave some out."""
    first = passage.mentions[number]
    every = passage.tokens
    end = next((n for n in range(first.at, len(every)) if every[n].kind in _STOPS), len(every))
    if any(token.kind in _NO_LIST for token in every[first.at : end]):
        return []
    listed = [each for each in passage.between(first.at, end) if each.like(first) and each.depth == first.depth]
    if not all(addable(each) and each.role is first.role for each in listed):
        return []
    return [each for each in listed if _LABEL.match(each.before)] if labelled else listed


def _may_be_whole(passage: Passage, mention: Mention, first: Mention, *, cued: bool) -> bool:
    """Whether an amount before a list may be its total; without a cue its words must say that it is one."""
    told = mention.like(first) and addable(mention) and mention.role is not Kind.LEFT
    if not told or not (cued or _TOTAL.search(mention.before)):
        return False
    return mention.sentence == first.sentence or not _names_its_own(passage, mention, first)


def _names_its_own(passage: Passage, whole: Mention, first: Mention) -> bool:
    """Whether the sentence of a list begins with a name that the words around the total do not have: 公益金220万元…。市级补助分两批下达,…."""
    begin = max(passage.text.rfind(stop, 0, first.token.start) for stop in "。;") + 1
    words = passage.text[begin : first.token.start]
    cue = _PARTED.search(words)
    name = words[: cue.start()] if cue else ""
    around = whole.before + whole.after
    return len(_ANY.sub("", name)) >= _SHORTEST_NAME and not any(one + other in around for one, other in pairwise(name))


def _statement(wholes: Sequence[Mention], parts: Sequence[Mention]) -> Statement | None:
    """The total that the parts make up, else that which they nearly do."""
    computed = total(part.quantity for part in parts)
    held = next((each for each in reversed(wholes) if computed.holds(each.quantity)), None)
    near = [each for each in wholes if _is_near(each, computed.value)]
    whole = held or min(near, key=lambda each: abs(each.quantity.value - computed.value), default=None)
    if whole is None or (held is None and parts[0].sentence - whole.sentence > 1):
        return None
    return made_up(whole, parts)


def _is_near(whole: Mention, value: Fraction) -> bool:
    return abs(range_of(whole.quantity).value - value) <= whole.quantity.value * _NEAR


_OTHERS = pattern(r"^(?:其余|其他|剩余)的?$")


def rests(passage: Passage) -> Iterator[Claim]:
    """So many of which some do this, some that, and the others something else: 未享受的127人中,58人…,41人…,其余28人…; or a list of all of them."""
    for number, whole in enumerate(passage.mentions):
        if not addable(whole) or not is_out_of(passage, whole):
            continue
        parts = _up_to_others(passage, number) or _all_told(passage, whole)
        if parts:
            yield made_up(whole, parts).claim(passage)


def _up_to_others(passage: Passage, number: int) -> Sequence[Mention]:
    """The parts behind their whole up to the others; none where no others are told."""
    whole, parts = passage.mentions[number], list[Mention]()
    for each in passage.mentions[number + 1 : number + _MOST]:
        if each.sentence != whole.sentence or not each.like(whole) or each.depth != whole.depth:
            break
        parts.append(each)
        if _OTHERS.match(each.before):
            return parts
    return ()


def _all_told(passage: Passage, whole: Mention) -> Sequence[Mention]:
    """The parts behind their whole (支出144万元中,软件86.40万元、培训38.60万元、租赁19万元) where they make it up, or would were one
    number not written otherwise; none where the list may leave some out."""
    every = passage.tokens
    end = next((n for n in range(whole.at + 1, len(every)) if every[n].kind in _ENDS), len(every))
    parts = [each for each in passage.between(whole.at + 1, end) if each.like(whole) and each.depth == whole.depth]
    if len(parts) <= _FEWEST or not all(addable(each) and each.role is parts[0].role for each in parts):
        return ()
    if any(token.kind in _NO_LIST for token in every[whole.at : end]):
        return ()
    computed, stated = total(each.quantity for each in parts), range_of(whole.quantity)
    slipped = any(written_otherwise(each.quantity, stated - (computed - range_of(each.quantity))) for each in parts)
    told = computed.holds(whole.quantity) or slipped or written_otherwise(whole.quantity, computed)
    return parts if told else ()
