"""Totals behind their parts: 甲村3万元、乙村2万元,合计5万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import add

from hengji.model.claim import Claim
from hengji.model.finding import Confidence
from hengji.reading.statements.mentions import Mention, Passage, heads_row
from hengji.reading.statements.parts import (
    addable,
    begins_before,
    comes_back,
    is_of_some,
    overlap,
    parallel,
    parts_of,
    same_thing,
)
from hengji.reading.statements.rivals import MADE, are_of_another, is_part_grown
from hengji.reading.statements.tokens import TOTALS, Kind, Token
from hengji.reading.statements.verdicts import made_up, range_of, total

_TOGETHER = frozenset({"共", "累计"})
_TIMES = ("×", "*", "÷")
_MOST = 12


def behind_parts(passage: Passage, cue: int, sentence: int) -> Iterator[Claim]:
    """Parts and then 合计 with the total, of each kind in its clause."""
    every = passage.tokens
    token = every[cue]
    sentence = begins_before(passage, cue, sentence)
    back = range(cue - 1, sentence - 1, -1)
    begin = next((n + 1 for n in back if _begins_parts(every[n]) and every[n].depth <= token.depth), sentence)
    listed = [each for each in passage.between(begin, cue) if each.depth == token.depth and addable(each)]
    listed = [each for each in listed if not _counts_owners(passage, each)]
    totals = [bool(each.words & TOTALS) and not heads_row(every, each) for each in listed]
    before = [each for each, is_total in zip(listed, totals, strict=True) if not is_total and not _is_factor(each)]
    clause = next(
        (n for n in range(cue, len(every)) if every[n].kind in {Kind.COMMA, Kind.SEMICOLON, Kind.END, Kind.CLOSE}),
        len(every),
    )
    for whole in islice(passage.between(cue, clause), _MOST):
        if whole.depth != token.depth or not addable(whole):
            continue
        alike = [each for each in before if each.like(whole) and same_thing(each, whole)]
        row = bool(alike) and (heads_row(every, alike[0]) or _are_told_in_one(alike))
        parts, all_of_them = (alike, True) if row else parts_of(whole, [[each] for each in alike])
        suffix = last_parts(whole, parts) or last_parts(whole, alike)
        if suffix:
            yield made_up(whole, suffix, Confidence.CERTAIN).claim(passage)
        elif (
            any(each.like(whole) and is_part_grown(each) for each in passage.between(begin, cue))
            or is_of_some(passage, cue, parts)
            or overlap(parts)
            or comes_back(whole, parts)
            or are_of_another(passage, parts, sentence, cue)
            or (passage.begun and begin == 0)
        ):
            continue
        elif len(parts) > 1 and (token.kind is Kind.TOTAL or _likely_total(passage, cue, whole, parts)):
            sure = token.kind is Kind.TOTAL and all_of_them and not any(totals) and parallel(passage, parts)
            sure = sure and every[cue - 1].kind is not Kind.END
            if all_of_them or token.kind is Kind.TOTAL:
                yield made_up(whole, parts, Confidence.CERTAIN if sure else Confidence.LIKELY).claim(passage)


def _are_told_in_one(parts: Sequence[Mention]) -> bool:
    """Whether one verb before the first of some quantities of a clause is of them all: 列支粉刷费3万元和维修费1万元,合计4万元."""
    return parts[0].clause == parts[-1].clause and not any(part.role for part in parts[1:])


def _begins_parts(token: Token) -> bool:
    """Whether parts stand behind a word, and not before it (由…组成)."""
    return token.kind is Kind.PARTS and token.text not in MADE


def _counts_owners(passage: Passage, mention: Mention) -> bool:
    """Whether a number in words counts those whose total follows: 四个街道共30个,四个镇共16个."""
    words = not mention.quantity.printed.isascii()
    behind = passage.tokens[mention.at + 1 : mention.at + 2]
    return words and bool(mention.after) and any(each.kind in TOTALS for each in behind)


def _is_factor(mention: Mention) -> bool:
    """Whether a quantity is multiplied (480人×1,680元×12个月), and so no part."""
    return mention.before.endswith(_TIMES) or mention.after.startswith(_TIMES)


def _likely_total(passage: Passage, cue: int, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether 共 makes a total of what stands before: it begins its clause, or the total is about as much as the parts."""
    every = passage.tokens
    if every[cue].text not in _TOGETHER:
        return False
    if cue and every[cue - 1].kind is Kind.COMMA and every[cue - 1].end == every[cue].start:
        return True
    together = total(part.quantity for part in parts).value
    return together <= whole.quantity.value * 2 and whole.quantity.value <= together * 2


def last_parts(whole: Mention, parts: Sequence[Mention]) -> Sequence[Mention]:
    """The longest run of at least two last parts that make up the total; none where no run does."""
    return first_parts(whole, parts[::-1])[::-1]


def first_parts(whole: Mention, parts: Sequence[Mention]) -> Sequence[Mention]:
    """The longest run of at least two first parts that make up the total; none where no run does. Time is linear in the parts."""
    sums = list(accumulate((range_of(part.quantity) for part in parts), add))
    return parts[: next((count for count in range(len(parts), 1, -1) if sums[count - 1].holds(whole.quantity)), 0)]
