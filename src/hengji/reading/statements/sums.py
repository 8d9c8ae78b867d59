"""Totals with their parts behind them, after 其中, 包括, 分别为 or a colon, or in brackets; and 合计 behind the parts.

A list is closed when it names all parts; then total and parts must agree. Of an open list only the parts can be too much. Where the
words do not say which it is, a gap is likely a fault, not certainly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hengji.model.claim import Claim, Measure
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.statements.mentions import ROLES, Mention, Passage
from hengji.reading.statements.parts import (
    NO_PART,
    Closing,
    addable,
    called_like,
    closing_of,
    doubt_of,
    inner_parts,
    is_out_of,
    of_aspects,
    parallel,
    parts_of,
)
from hengji.reading.statements.rivals import by_years, goes_on_otherwise, is_made
from hengji.reading.statements.tokens import TOTALS, Kind, Token
from hengji.reading.statements.totals import behind_parts, first_parts
from hengji.reading.statements.verdicts import Range, at_most, made_up, total

_OTHER_TIME = pattern(r"原|调整|上年|去年|上一?年度|往年")
_OWED = pattern("^(?:年末|期末)?(?:负债|净资产)")
_EACH = ("各", "各有", "均为", "各为", "都是", "均有")
_TAKEN_OFF = pattern("(?:调减|核减|追减|扣减|冲减|抵减|调出|收回|退回|扣除)(?:了|资金|预算|指标)?$")
"""Words of a part that lessens the total."""
_LEFT_BLANK = pattern(r"[^\d.零〇一二三四五六七八九十百千万亿余多几数两半若干每美/(]\s*(?:万元|亿元)(?![以至))内])")
"""A unit without its number: what was to be filled in, or was lost."""
_NEAR, _BESIDE, _LONGEST, _AGAIN = 12, 2, 80, 3


@record
class _List:
    """列举: total and parts; ``row`` are quantities in one row that may be the total together (6个…、1个…，其中).

    ``confidence`` is how sure it is that the parts are all those of the list.
    """

    whole: Mention
    row: Sequence[Mention]
    parts: Sequence[Mention]
    closing: Closing
    confidence: Confidence = Confidence.CERTAIN


def sums(passage: Passage) -> Iterator[Claim]:
    """Every total whose parts stand with it."""
    every = passage.tokens
    for first, last in passage.sentences:
        for number in range(first, last):
            token = every[number]
            if _is_cue(every, number):
                yield from _judged_all(passage, _after_cue(passage, number, first))
            elif token.kind is Kind.COLON and number and every[number - 1].kind is Kind.QUANTITY:
                yield from _judged_all(passage, _after_colon(passage, number, first))
            elif token.kind is Kind.OPEN:
                yield from _judged_all(passage, _bracketed(passage, number))
            elif token.kind in TOTALS:
                yield from behind_parts(passage, number, first)


def _is_cue(every: Sequence[Token], number: int) -> bool:
    """Whether parts begin behind a word, and not behind the next one (由7人组成,其中…), nor before it (组成7人工作组)."""
    if every[number].kind is Kind.PARTS:
        again = any(token.kind is Kind.PARTS for token in every[number + 1 : number + _AGAIN])
        return not again and not is_made(every, number)
    return every[number].kind is Kind.EACH or (every[number].kind is Kind.ITEM and not _follows_cue(every, number))


def _follows_cue(every: Sequence[Token], number: int) -> bool:
    """Whether a mark of an item is not the first of its list, or its list has a cue already."""
    if every[number].text not in {"①", "一是"}:
        return True
    return any(token.kind is Kind.PARTS for token in every[max(0, number - 2) : number])


def _after_cue(passage: Passage, cue: int, sentence: int) -> Iterator[_List]:
    """Totals before a cue with their parts after it; of totals of one kind only those that hold, if any does."""
    every = passage.tokens
    found: list[_List] = []
    for whole, row in _wholes(passage, cue, sentence):
        if every[cue].kind is not Kind.PARTS and not whole.words & TOTALS:
            continue
        lists = [
            _List(whole, row, parts, closing_of(every[cue:end], parts, complete=complete), sure)
            for end, sure in _ends(passage, cue, sentence)
            for parts, complete in [parts_of(whole, _segments(passage, cue, end))]
            if parts
        ]
        if lists:
            found.append(_chosen(passage, lists))
    for each in found:
        rivals = [other for other in found if other is not each and other.whole.like(each.whole)]
        if _adds_up(each) or not any(_adds_up(other) for other in rivals):
            yield replace(each, confidence=Confidence.LIKELY) if rivals and each.whole.role is Kind.LEFT else each


def _after_colon(passage: Passage, cue: int, sentence: int) -> Iterator[_List]:
    """A total with its parts behind a colon and no other word: 评价组7人:组长1人、专家2人、财务人员4人."""
    whole = next(passage.between(cue - 1, cue), None)
    if whole is None or not addable(whole) or passage.tokens[cue].start - whole.token.end > _BESIDE:
        return
    segments = _segments(passage, cue, _ends(passage, cue, sentence)[0][0])
    parts, complete = parts_of(whole, segments)
    named = all(part.before and part.clause - whole.clause <= len(parts) for part in parts)
    if len(parts) > _BESIDE and complete and named:
        closing = closing_of(passage.tokens[cue : parts[-1].at + 1], parts, complete=complete)
        yield _List(whole, [whole], parts, closing, Confidence.LIKELY)


def _adds_up(listed: _List) -> bool:
    return bool(first_parts(listed.whole, listed.parts))


def _chosen(passage: Passage, lists: Sequence[_List]) -> _List:
    """Of the ways to read where a list ends, the one that holds, else the one that is a list at all, else the one whose parts are too
    much before any semicolon, else the likelier."""
    several = [each for each in lists if len(each.parts) > 1]
    if held := next((each for each in several if _adds_up(each)), None):
        return held
    if len(several) == 1:
        return replace(several[0], confidence=Confidence.CERTAIN)
    if apart := next((each for each in several if by_years(each.parts)), None):
        return apart
    return next((each for each in several if _is_too_much(passage, each)), lists[0])


def _is_too_much(passage: Passage, listed: _List) -> bool:
    first, last = listed.parts[0], listed.parts[-1]
    over = total(part.quantity for part in listed.parts).over(listed.whole.quantity)
    return over and ";" not in passage.text[first.token.end : last.token.start]


def _ends(passage: Passage, cue: int, sentence: int) -> list[tuple[int, Confidence]]:
    """Where the list that begins at a cue may end, the likelier first.

    That is at the closing bracket around it or the full stop; but at the next semicolon where the list is within an item itself. Where
    nothing tells which, nothing is certain.
    """
    every, depth = passage.tokens, passage.tokens[cue].depth
    last = len(every)
    for number in range(cue + 1, len(every)):
        token = every[number]
        if token.kind is Kind.END or (token.kind is Kind.CLOSE and token.depth < depth):
            last = number
            break
    inner = next((n for n in range(cue + 1, last) if every[n].kind is Kind.SEMICOLON and every[n].depth == depth), last)
    if inner == last or every[cue + 1].kind is Kind.ITEM or every[cue].kind is Kind.ITEM:
        return [(last, Confidence.CERTAIN)]
    if every[cue + 1].kind is Kind.COLON:
        return [(last, Confidence.CERTAIN), (inner, Confidence.LIKELY)]
    anew = passage.text.startswith("按", every[inner].end)
    if anew or any(token.kind is Kind.SEMICOLON and token.depth == depth for token in every[sentence:cue]):
        return [(inner, Confidence.CERTAIN)]
    return [(last, Confidence.LIKELY), (inner, Confidence.LIKELY)]


def _segments(passage: Passage, cue: int, end: int) -> list[list[Mention]]:
    """The addable quantities of a list, item by item: between marks, else between semicolons, else each its own item."""
    every, depth = passage.tokens, passage.tokens[cue].depth
    listed = [mention for mention in passage.between(cue, end) if mention.depth == depth and addable(mention)]
    for kind in (Kind.ITEM, Kind.SEMICOLON):
        marks = [n for n in range(cue + 1, end) if every[n].kind is kind and every[n].depth == depth]
        if marks:
            bounds = ((a, inner_parts(every, a, b, depth)) for a, b in pairwise([cue, *marks, end]))
            return [[each for each in listed if a <= each.at < b] for a, b in bounds]
    inner = inner_parts(every, cue, end, depth)
    return [[each] for each in listed if each.at < inner]


def _wholes(passage: Passage, cue: int, sentence: int) -> Iterator[tuple[Mention, list[Mention]]]:
    """The nearest quantity of each kind and role before a cue, with those in one row with it."""
    every, depth = passage.tokens, passage.tokens[cue].depth
    begin = max(
        (n for n in range(sentence, cue) if every[n].kind is Kind.SEMICOLON and every[n].depth <= depth),
        default=sentence,
    )
    after_stop = begin == cue - 1
    if after_stop:
        begin = sentence
    opened = max((n for n in range(begin, cue) if every[n].kind is Kind.OPEN and every[n].depth < depth), default=begin)
    before = [m for m in passage.between(begin, cue) if m.depth == depth - 1 or (m.depth == depth and m.at >= opened)]
    if not before and begin == sentence and cue - sentence <= 1:
        earlier = [mention for mention in passage.between(0, sentence) if mention.depth == depth]
        before = [each for each in earlier if each.sentence == earlier[-1].sentence and addable(each)][-2:]
    found: list[Mention] = []
    for number in range(len(before) - 1, -1, -1):
        mention = before[number]
        known = [other for other in found if mention.like(other) and (after_stop or mention.role is other.role)]
        if addable(mention) and not known:
            row = _row(every, before[: number + 1])
            yield mention, row
            found += row
            if len(row) > 1:
                return


def _row(every: Sequence[Token], before: Sequence[Mention]) -> list[Mention]:
    """The last of some quantities with those that stand before it, 、 or 和 between them; in 450份中27份 it stands alone."""
    row = [before[-1]]
    for mention in reversed(before[:-1]):
        between = {token.kind for token in every[mention.at + 1 : row[0].at]}
        joined = Kind.LISTING in between or not _AND.isdisjoint(mention.after)
        if not mention.like(row[0]) or between - _WITHIN_ROW or not joined:
            break
        row.insert(0, mention)
    return row


_AND = frozenset("和及与")
_WITHIN_ROW = ROLES | {Kind.LISTING}


def _bracketed(passage: Passage, opening: int) -> Iterator[_List]:
    """A quantity with its parts in the bracket right after it, no word needed."""
    every = passage.tokens
    before = [
        mention for mention in passage.between(max(0, opening - 3), opening) if mention.depth == every[opening].depth
    ]
    last = min(len(every), opening + _LONGEST)
    end = next((n for n in range(opening + 1, last) if every[n].kind in {Kind.CLOSE, Kind.END}), last)
    inside = every[opening + 1 : end]
    if not before or any(token.kind in {Kind.PARTS, Kind.OPEN, Kind.VERSUS, Kind.SOME} for token in inside):
        return
    whole = before[-1]
    split = addable(whole) or (whole.unit.measure is Measure.MONEY and whole.words & NO_PART == {Kind.PER})
    if every[opening].start - whole.token.end > _NEAR or not split:
        return
    found = list(passage.between(opening, end))
    parts = [each for each in found if each.like(whole) and addable(each) and each.role in {None, whole.role}]
    if len(parts) > 1 and len(parts) == len(found) and not any(_OTHER_TIME.search(each.before) for each in found):
        yield _List(whole, [whole], parts, Closing.CLOSED)


def _judged_all(passage: Passage, lists: Iterator[_List]) -> Iterator[Claim]:
    for each in lists:
        claim = _judged(passage, each)
        if claim is not None:
            yield claim


def _judged(passage: Passage, listed: _List) -> Claim | None:
    whole, parts, closing = listed.whole, listed.parts, listed.closing
    if len(parts) == 1:
        return _single(passage, listed)
    if any(_TAKEN_OFF.search(part.before) for part in parts) or _LEFT_BLANK.search(
        passage.text, whole.token.end, parts[-1].token.end
    ):
        return None
    if held := first_parts(whole, parts) or first_parts(whole, [each for each in parts if called_like(each, whole)]):
        return made_up(whole, held, Confidence.CERTAIN).claim(passage)
    if len(listed.row) > 1 or _of_accounts(passage, listed) or of_aspects(parts) or _for_each(passage, listed):
        return None
    together = total(part.quantity for part in parts)
    if (
        closing is Closing.UNSAID
        and passage.text.find(";", parts[0].token.end, parts[1].token.start) >= 0
        and any(part.before[:_BESIDE] == whole.before[:_BESIDE] != "" for part in parts)
    ):
        return None
    likely = listed.confidence is Confidence.LIKELY
    if _is_of_another(passage, listed, together) or goes_on_otherwise(passage, whole, parts):
        return None
    if together.over(whole.quantity):
        if not parallel(passage, parts):
            return None
        return made_up(whole, parts, Confidence.LIKELY if likely else doubt_of(whole, closing)).claim(passage)
    return None if passage.goes_on and parts[-1].sentence == passage.mentions[-1].sentence else _short(passage, listed)


def _short(passage: Passage, listed: _List) -> Claim | None:
    """That parts which come to less are too few, where the list names them all, or most of the total."""
    if listed.closing is Closing.CLOSED:
        return made_up(listed.whole, listed.parts, listed.confidence).claim(passage)
    together = total(part.quantity for part in listed.parts)
    whole = listed.whole.quantity
    if whole.high - whole.low > min(part.quantity.value for part in listed.parts):
        return None  # 4.6万个 is known to a thousand: what is left may be rounding, or one part more of such a size
    if listed.closing is Closing.UNSAID and together.value * 2 >= listed.whole.quantity.value:
        return made_up(listed.whole, listed.parts, Confidence.LIKELY).claim(passage)
    return None


def _for_each(passage: Passage, listed: _List) -> bool:
    """Whether one number of the list is of each of several: 共8份,其中甲镇3份,乙乡、丙乡各2份,丁乡1份."""
    every, last = passage.tokens, listed.parts[-1].at
    end = next((n for n in range(last, len(every)) if every[n].kind in {Kind.END, Kind.SEMICOLON}), len(every))
    behind = passage.between(min(listed.whole.at, listed.parts[0].at), end)
    return any(each.before.endswith(_EACH) and each.like(listed.whole) for each in behind)


def _of_accounts(passage: Passage, listed: _List) -> bool:
    """Whether behind a semicolon totals of their own follow, or what is owed: 资产合计…,其中流动资产…;负债合计…;净资产…."""
    first, *others = listed.parts
    beyond = [each for each in others if ";" in passage.text[first.token.end : each.token.start]]
    totals = any(each.words & TOTALS for each in beyond) and not first.words & TOTALS
    return totals or any(_OWED.search(each.before) for each in beyond)


def _is_of_another(passage: Passage, listed: _List, together: Range) -> bool:
    """Whether a list makes up another amount that stands nearer to it, or, at the beginning of a sentence, any that was told before; or
    what it begins with heads the others (其中市局完成的400批次中,…)."""
    whole, first = listed.whole, listed.parts[0]
    begin = whole.at + 1 if whole.sentence == first.sentence else 0
    nearer = any(together.holds(each.quantity) for each in passage.between(begin, first.at) if each.like(whole))
    return nearer or is_out_of(passage, first)


def _single(passage: Passage, listed: _List) -> Claim | None:
    """One part of a total: all that can be wrong is that it is more."""
    (part,), whole = listed.parts, listed.whole
    if len(listed.row) > 1 or part.role is not whole.role or is_out_of(passage, part):
        return None
    if _OTHER_TIME.search(part.before) and not _OTHER_TIME.search(whole.before):
        return None
    return at_most(passage, part, whole)
