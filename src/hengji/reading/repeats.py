"""The same thing said twice: clauses that are alike but for a number or a date.

Two clauses are the same statement when their words are the same and enough of them; a wording that comes with many different numbers
is a form that is filled in again and again, and says nothing. What is meant to be equal and is has been checked too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengji.model.claim import Claim, Measure, Verdict
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.model.reading import Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import Kind
from hengji.reading.statements.verdicts import agree, repeated

_STOPS = frozenset({Kind.COMMA, Kind.SEMICOLON, Kind.COLON, Kind.END})
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT, Measure.RATE, Measure.DAYS})
_HAN = pattern(HAN)
_ENOUGH = 16
"""Chinese characters that make a clause a statement of its own; a shorter one needs the clause before it."""
_LONG = 24
"""Those that make it one even where nothing else in it agrees."""
_FEWEST = 9
_OF_BEFORE = "其中"
_MOST = 12
_TIMES = 2


@record
class _Clause:
    """分句: its place, its words with # for each number, and the numbers."""

    span: Span
    key: str
    mentions: tuple[Mention, ...]
    words: int


def repeats(passages: Sequence[Passage]) -> Iterator[Claim]:
    """Claims about what is said more than once. Time is linear in the text."""
    groups: dict[str, list[_Clause]] = defaultdict(list)
    for passage in passages:
        for clause in (*_sentences(passage), *_clauses(passage)):
            groups[clause.key].append(clause)
    met: set[tuple[Span, Span]] = set()
    for group in groups.values():
        if _TIMES <= len(group) <= _MOST:
            for claim in _compared(group):
                pair = claim.quantities[0].span, claim.quantities[1].span
                if pair not in met and pair[::-1] not in met:
                    met.add(pair)
                    yield claim


def _sentences(passage: Passage) -> Iterator[_Clause]:
    """The sentences of enough words that have numbers."""
    for first, last in passage.sentences:
        found = _clause(passage, first, last, "。")
        if found is not None and found.words >= _ENOUGH:
            yield found


def _clauses(passage: Passage) -> Iterator[_Clause]:
    """The clauses that have numbers; a short one, or one that begins with 其中, is told from others by the one before it."""
    before: tuple[int, int] | None = None
    first = 0
    for number, token in enumerate([*passage.tokens, None]):
        if token is not None and token.kind not in _STOPS:
            continue
        found = _clause(passage, first, number, "")
        if found is not None and found.words >= _ENOUGH and not found.key.startswith(_OF_BEFORE):
            yield found
        elif found is not None and found.words >= _FEWEST and before and (told := _key(passage, *before)):
            yield replace(found, key=f"{told}|{found.key}")
        before = (first, number) if token is not None and token.kind is not Kind.END else None
        first = number + 1


def _clause(passage: Passage, first: int, last: int, mark: str) -> _Clause | None:
    """The words of tokens ``first`` up to ``last`` with what stands before them; None where no number is among them."""
    mentions = _measured(passage, first, last)
    if not mentions:
        return None
    begin, end = _ends(passage, first, last, mark)
    masked = _masked(passage, begin, end, mentions)
    return _Clause(passage.span(begin, end), masked + mark, mentions, len(_HAN.findall(masked)))


def _measured(passage: Passage, first: int, last: int) -> tuple[Mention, ...]:
    return tuple(each for each in passage.between(first, last) if each.quantity.measure in _MEASURED)


def _key(passage: Passage, first: int, last: int) -> str:
    """The words of a clause with # for each number; empty where it has none."""
    return _masked(passage, *_ends(passage, first, last, ""), _measured(passage, first, last))


def _ends(passage: Passage, first: int, last: int, mark: str) -> tuple[int, int]:
    """Where the words of tokens ``first`` up to ``last`` begin, with what stands before them, and end, without the ``mark``."""
    tokens = passage.tokens
    begin = tokens[first - 1].end if first else 0
    end = tokens[last].start if last < len(tokens) else len(passage.text)
    if mark and last:
        end = tokens[last - 1].start if tokens[last - 1].kind is Kind.END else end
    return begin, end


def _masked(passage: Passage, begin: int, end: int, mentions: Sequence[Mention]) -> str:
    parts = []
    at = begin
    for mention in mentions:
        parts += [passage.text[at : mention.token.start], f"#{mention.quantity.unit}"]
        at = mention.token.end
    return "".join([*parts, passage.text[at:end]])


def _compared(group: Sequence[_Clause]) -> Iterator[Claim]:
    """Number by number: all agree, or one value is the rule and another the exception. Where none agrees it is a form."""
    slots = list(zip(*(clause.mentions for clause in group), strict=True))
    agreed = [agree([mention.quantity for mention in slot]) for slot in slots]
    for slot, same in zip(slots, agreed, strict=True):
        if same:
            held = repeated(slot[-1].quantity, slot[0].quantity, Verdict.HELD, Confidence.CERTAIN)
            yield replace(held, span=group[-1].span)
    if all(agreed) or (not any(agreed) and len(slots) > 1):
        return
    sure = any(agreed) or min(clause.words for clause in group) >= _LONG
    for number, (slot, same) in enumerate(zip(slots, agreed, strict=True)):
        values = Counter(mention.quantity.value for mention in slot)
        usual, times = values.most_common(1)[0]
        odd = [clause for clause in group if clause.mentions[number].quantity.value != usual]
        alone = len(values) == _TIMES and len(odd) == 1
        if same or not alone or (times == 1 and not sure):
            continue
        wrong = odd[0].mentions[number].quantity
        right = next(clause.mentions[number].quantity for clause in group if clause not in odd)
        confidence = Confidence.CERTAIN if times >= _TIMES and sure else Confidence.LIKELY
        yield replace(repeated(wrong, right, Verdict.CONTRADICTED, confidence), span=odd[0].span)
