"""Quantities as a sentence mentions them: with the words around each, what they say it is, and where it stands in the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from hengji.model.claim import Measure, Quantity
from hengji.model.reading import Span
from hengji.model.record import Remembering, record
from hengji.reading.folding import Folded, fold
from hengji.reading.statements.tokens import Kind, Token, tokens
from hengji.reading.units import Unit, unit_named
from hengji.reading.unmarking import unmarked

STOPS = frozenset({Kind.COMMA, Kind.LISTING, Kind.SEMICOLON, Kind.COLON, Kind.END, Kind.OPEN, Kind.CLOSE})
CLAUSE_STOPS = STOPS - {Kind.LISTING}
ROLES = frozenset({Kind.BUDGET, Kind.ARRIVED, Kind.SPENT, Kind.DONE, Kind.LEFT})
_NO_UNIT = Unit(Measure.BARE, "")
_AROUND = frozenset({"", "\n", "\t", " ", "\u3000", "|", "<", ">"})
"""What stands around whole paragraphs and cells."""


@record
class Mention:
    """提及的数量: ``before`` are the words since the last stop or quantity, ``after`` those up to the next.

    ``role`` is what the words say that an amount is (预算, 到位, 支出, 完成, 结余), None when they do not; ``words`` the kinds of token
    in ``before``. ``at`` is its number among the tokens, ``sentence`` and ``clause`` count from the beginning of the paragraph.
    """

    quantity: Quantity
    unit: Unit
    token: Token
    at: int
    before: str
    after: str
    words: frozenset[Kind]
    role: Kind | None
    sentence: int
    clause: int

    @property
    def depth(self) -> int:
        return self.token.depth

    def like(self, other: Mention) -> bool:
        """Whether the two may be added and compared: the same measure of the same kind, per the same."""
        ours, theirs = self.unit, other.unit
        return (ours.measure, ours.kind, ours.per) == (theirs.measure, theirs.kind, theirs.per)


@record
class Passage(Remembering):
    """一段的数量陈述: the folded text of a paragraph, its tokens, and its mentions in order.

    A paragraph that was cut, for it is too long, ``goes_on`` behind it, and one that was begun before it is ``begun``.
    """

    folded: Folded
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    begun: bool = False
    goes_on: bool = False

    @property
    def text(self) -> str:
        return self.folded.text

    def span(self, start: int, end: int) -> Span:
        """The original of a part of the folded text."""
        return self.folded.span(start, end)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The numbers of the first token of each sentence and of the first after it."""
        ends = [number + 1 for number, token in enumerate(self.tokens) if token.kind is Kind.END]
        if not ends or ends[-1] < len(self.tokens):
            ends.append(len(self.tokens))
        return tuple(zip([0, *ends[:-1]], ends, strict=True))

    def tells(self, mention: Mention) -> bool:
        """Whether a mention stands in this paragraph, not in another."""
        return mention.at < len(self.tokens) and self.tokens[mention.at] is mention.token

    def between(self, first: int, last: int) -> Iterator[Mention]:
        """The mentions whose tokens are numbered from ``first`` up to ``last``."""
        return iter(self.mentions[bisect_left(self._places, first) : bisect_left(self._places, last)])

    @cached_property
    def _places(self) -> list[int]:
        return [mention.at for mention in self.mentions]


def passage_of(text: str, span: Span) -> Passage:
    """The passage that a part of a text is."""
    folded = unmarked(fold(text, span))
    found = tokens(folded)
    begun = text[span.start - 1 : span.start] not in _AROUND
    goes_on = text[span.end : span.end + 1] not in _AROUND
    return Passage(folded, found, tuple(_mentions(folded.text, found)), begun, goes_on)


def heads_row(every: Sequence[Token], mention: Mention) -> bool:
    """Whether 共 before a quantity is of all that stand in a row with it: 共发放学生问卷420份、家长问卷410份,合计830份."""
    after = every[mention.at + 1 : mention.at + 2]
    return Kind.TOTAL not in mention.words and any(token.kind is Kind.LISTING for token in after)


def _mentions(text: str, every: tuple[Token, ...]) -> Iterator[Mention]:
    sentence = clause = begin = 0
    words: list[Token] = []
    for number, token in enumerate(every):
        if token.kind is Kind.QUANTITY and token.quantity is not None:
            end = _end(every, number, len(text))
            unit = unit_named(token.quantity.unit) or _NO_UNIT
            before, after = text[begin : token.start], text[token.end : end]
            yield Mention(
                token.quantity,
                unit,
                token,
                number,
                before,
                after,
                frozenset(each.kind for each in words),
                _role(words, every, number),
                sentence,
                clause,
            )
        if token.kind is Kind.QUANTITY or token.kind in STOPS:
            words, begin = [], token.end
        else:
            words.append(token)
        sentence += token.kind is Kind.END
        clause += token.kind in CLAUSE_STOPS


def _end(every: tuple[Token, ...], number: int, otherwise: int) -> int:
    """Where the words after a quantity end: at the next stop or quantity."""
    for token in every[number + 1 :]:
        if token.kind is Kind.QUANTITY or token.kind in STOPS:
            return token.start
    return otherwise


def _role(words: list[Token], every: tuple[Token, ...], number: int) -> Kind | None:
    """The last role that the words before give, or the first of those right after (36.67万元尚未拨付)."""
    given = [token.kind for token in words if token.kind in ROLES]
    if Kind.LEFT in given:
        return Kind.LEFT
    following = every[number + 1 : number + 2]
    if following and following[0].kind is Kind.LEFT:
        return Kind.LEFT
    if given and given[0] is Kind.BUDGET and given[-1] in {Kind.SPENT, Kind.ARRIVED, Kind.DONE}:
        return Kind.BUDGET
    return given[-1] if given else None
