"""Numbers announced and things listed: 以下四个方面：一是…二是…, A、B、C 等 3 项, 4 家：A、B、C、D, 3 家，其中：A…；B…；C….

Marks (一是, ①) are counted strictly. Names between 、 are counted from the fewest to the most there can be, since 和 may join two names
or stand within one; with 等 a list may be shorter than the number, never longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hengji.model.claim import Claim, Measure, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind, Token
from hengji.reading.statements.verdicts import shown, whole_span

_THINGS = frozenset({"个", "项", "类", "大类", "方面", "家", "处", "所", "种", "条", "批", "村", "镇"})
_ORDER = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ENCLOSED = pattern(r"\([^()]*\)|“[^”]*”|《[^》]*》")
_JOIN = pattern(r"以及|(?<![涉普])及(?!时)|[和与]")
_PLACE = pattern(
    r"(?:中心|院|公司|学校|小学|中学|幼儿园|站|村|镇|乡|街道|社区|厂|场|合作社|公寓|局|项目|工程|家园|老年之家)"
)
_ASPECT = pattern(r"方面|维度|层面|角度|阶段|环节|步骤|部分|[一二三]级指标")
_ONLY_NAMES = pattern(r"(?:从|分[为成]|(?<![部充扣得失减百十])分|包括|包含|涵盖|由)[^从由]+$")
"""A word behind which nothing but names stands."""
_CHOICE = pattern("主要|例如|比如|重点")
"""What stands before some of the things only: 16项指标,主要有:."""
_LONGEST_NOUN = 20
_SHORTEST_NOUN = 2
_FEWEST_NAMES = 3


def counted(passage: Passage) -> Iterator[Claim]:
    """Every number that announces a list in its paragraph."""
    for mention in passage.mentions:
        if (
            mention.unit.kind not in _THINGS
            or mention.unit.measure is not Measure.COUNT
            or mention.unit.per
            or mention.quantity.low != mention.quantity.high
        ):
            continue
        claim = _listed_after(passage, mention) or _named_before(passage, mention)
        if claim is not None:
            yield claim


def _listed_after(passage: Passage, mention: Mention) -> Claim | None:
    """What is listed after the number: behind a colon, or by marks, or behind 其中."""
    every = passage.tokens
    number = mention.at + 1
    while number < len(every) and every[number].kind not in {
        Kind.COLON,
        Kind.SEMICOLON,
        Kind.END,
        Kind.QUANTITY,
        Kind.CLOSE,
        Kind.ITEM,
        Kind.PARTS,
    }:
        number += 1
    if number >= len(every) or every[number].start - mention.token.end > _LONGEST_NOUN:
        return None
    match every[number].kind:
        case Kind.ITEM:
            return _marked(passage, mention, number)
        case Kind.COLON:
            following = every[number + 1 : number + 2]
            if following and following[0].kind is Kind.ITEM:
                return _marked(passage, mention, number + 1)
            return _behind_colon(passage, mention, number)
        case Kind.PARTS:
            return _behind_parts(passage, mention, number)
    return None


def _marked(passage: Passage, mention: Mention, first: int) -> Claim | None:
    """Items behind marks that run from the first without a gap."""
    every = passage.tokens
    series = _CIRCLED if every[first].text in _CIRCLED else _ORDER
    if every[first].text[0] != series[0]:
        return None
    last, count = first, 1
    for number in range(first + 1, len(every)):
        token = every[number]
        if token.kind is Kind.ITEM and token.text[0] in series:
            if token.text[0] == series[0] or count == len(series):
                break
            if token.text[0] == series[count]:
                last, count = number, count + 1
    if count == 1 or (passage.goes_on and count < mention.quantity.value):
        return None
    return _claim(passage, mention, (count, count), last, Confidence.CERTAIN)


def _behind_colon(passage: Passage, mention: Mention, colon: int) -> Claim | None:
    """Names behind a colon up to the end of the sentence."""
    every = passage.tokens
    end = next((n for n in range(colon + 1, len(every)) if every[n].kind is Kind.END), None)
    if end is None or every[end - 1].kind is Kind.COLON:
        return None
    inside = [token for token in every[colon + 1 : end] if token.depth == mention.depth]
    kinds = {token.kind for token in inside}
    text = passage.text[every[colon].end : every[end].start]
    if Kind.SEMICOLON in kinds and not kinds & {Kind.ITEM, Kind.PARTS, Kind.COLON}:
        told = (1 + sum(token.kind is Kind.SEMICOLON for token in inside),) * 2
    elif kinds & {Kind.COMMA, Kind.COLON, Kind.ITEM, Kind.PARTS} or Kind.LISTING not in kinds or "等" in text:
        return None
    else:
        told = _names(text)
    if told[1] < mention.quantity.value and _CHOICE.search(passage.text, mention.token.end, every[colon].start):
        return None
    return _claim(passage, mention, told, end - 1, Confidence.LIKELY)


def _names(text: str) -> tuple[int, int]:
    """The fewest and the most names a list between 、 can have."""
    outside = _ENCLOSED.sub("", text)
    fewest = outside.count("、") + 1
    return fewest, fewest + len(_JOIN.findall(outside))


def _behind_parts(passage: Passage, mention: Mention, cue: int) -> Claim | None:
    """More organisations told one by one than the number says; fewer may be a choice."""
    every = passage.tokens
    end = next((n for n in range(cue + 1, len(every)) if every[n].kind is Kind.END), len(every))
    marks = [
        cue,
        *(n for n in range(cue + 1, end) if every[n].kind is Kind.SEMICOLON and every[n].depth == mention.depth),
        end,
    ]
    if any(each.unit.kind == mention.unit.kind for each in passage.between(cue, end)):
        return None
    told = 0
    for low, high in pairwise(marks):
        stop = passage.text[every[low].end : _text_end(every, low + 1, high, len(passage.text))].strip(":,")
        told += bool(_PLACE.search(stop[:_LONGEST_NOUN]))
    if told != len(marks) - 1 or told <= 1:
        return None
    if told < mention.quantity.value:
        return None
    return _claim(passage, mention, (told, told), end - 1, Confidence.LIKELY)


def _text_end(every: Sequence[Token], low: int, high: int, otherwise: int) -> int:
    """Where the words of a segment end before its first quantity."""
    for token in every[low : high + 1]:
        if token.kind in {Kind.QUANTITY, Kind.SEMICOLON, Kind.END}:
            return token.start
    return otherwise


def _named_before(passage: Passage, mention: Mention) -> Claim | None:
    """Names before the number: A、B、C 等 3 项."""
    every = passage.tokens
    first = mention.at
    while first and every[first - 1].kind not in {
        Kind.COMMA,
        Kind.SEMICOLON,
        Kind.END,
        Kind.COLON,
        Kind.OPEN,
        Kind.QUANTITY,
    }:
        first -= 1
    names = [token for token in every[first : mention.at] if token.kind is Kind.LISTING]
    if not names or mention.token.start - names[-1].end > _LONGEST_NOUN:
        return None
    text = passage.text[0 if first == 0 else every[first - 1].end : mention.token.start]
    fewest, most = _names(text)
    fewest = min(fewest, _names(_JOIN.split(text)[-1])[0]) if "、" in _JOIN.split(text)[-1] else fewest
    number = mention.quantity.value
    if text.endswith("等"):
        all_but_one = fewest > _FEWEST_NAMES and most + 1 == number
        fits = fewest >= number or all_but_one
        confidence = Confidence.POSSIBLE if all_but_one else Confidence.LIKELY
    else:
        sure = _of_aspects(text, mention) or (fewest >= _FEWEST_NAMES and _alike(text, mention.after))
        fits = sure or _FEWEST_NAMES <= fewest <= number <= most
        confidence = Confidence.LIKELY
    return _claim(passage, mention, (fewest, most), mention.at, confidence, first) if fits else None


def _of_aspects(text: str, mention: Mention) -> bool:
    """Whether aspects are named, and nothing but them: 从投入、过程和产出三个方面."""
    aspect = _ASPECT.match(mention.after) or _ASPECT.fullmatch(mention.unit.kind)
    return bool(aspect and _ONLY_NAMES.search(text))


def _alike(text: str, noun: str) -> bool:
    """Whether names end alike (甲村、乙村、丙村), or as what is counted (甲镇、乙乡 2 个乡镇), so that nothing but names can stand there."""
    ends = {name[-1:] for name in text.split("、")}
    return len(ends) == 1 or ends <= set(noun[:_SHORTEST_NOUN])


def _claim(
    passage: Passage,
    mention: Mention,
    told: tuple[int, int],
    last: int,
    confidence: Confidence,
    first: int | None = None,
) -> Claim:
    begin = mention.at if first is None else first
    span = whole_span(passage, min(begin, mention.at), max(last, mention.at))
    return as_told(mention, span, told, confidence)


def as_told(mention: Mention, span: Span, told: tuple[int, int], confidence: Confidence) -> Claim:
    """That a number is that of the things told, which are at least and at most so many."""
    fewest, most = told
    held = fewest <= mention.quantity.value <= most
    unit = mention.quantity.unit
    listed = f"{fewest}{unit}" if fewest == most else f"{fewest}至{most}{unit}"
    sum_ = f"写明{shown(mention.quantity)}，列出{listed}"
    verdict = Verdict.HELD if held else Verdict.CONTRADICTED
    about = (mention.after or mention.before)[:_LONGEST_NOUN]
    return Claim(Relation.COUNTED, span, (mention.quantity,), verdict, sum_, "" if held else listed, about, confidence)
