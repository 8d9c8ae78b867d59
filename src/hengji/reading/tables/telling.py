"""From numbers of a table that belong together to a claim about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property

from hengji.model.claim import Claim, Hedge, Quantity, Relation, Verdict
from hengji.model.finding import Confidence
from hengji.model.record import Remembering, record
from hengji.reading.statements.verdicts import Range, as_printed, cut_off, shown

MOST_WRITTEN = 8
_ENOUGH = 2


@record
class Assertion(Remembering):
    """表内断言: the stated number, those it is computed from, what they come to, how the sum is written, and what it is of.

    ``open`` where something is left out of the numbers, so that more than they come to may be right.
    """

    relation: Relation
    stated: Quantity
    others: Sequence[Quantity]
    computed: Range
    sum: str
    about: str
    open: bool = False

    @cached_property
    def held(self) -> bool:
        """Whether it could be true; a sum of exact numbers is rounded half-up, so that its upper half unit is the next number's."""
        if not self.computed.holds(self.stated):
            return False
        exact = self.computed.low == self.computed.high
        return not (
            exact and self.stated.hedge is Hedge.NONE and self.computed.value == self.stated.high != self.stated.low
        )

    @property
    def rounded_down(self) -> bool:
        """Whether it only fails because a half, or the rest of a rate, was cut off instead of rounded."""
        return not self.held and (self.computed.holds(self.stated) or cut_off(self.computed, self.stated))

    def claim(self, confidence: Confidence) -> Claim:
        """The claim, with its verdict."""
        expected = as_printed(self.computed.value, self.stated)
        more = self.open and self.stated.value > self.computed.value
        sure = Confidence.LIKELY if self.rounded_down or more else confidence
        return Claim(
            self.relation,
            self.stated.span,
            (self.stated, *self.others),
            Verdict.HELD if self.held else Verdict.CONTRADICTED,
            f"{self.sum} = {expected}",
            "" if self.held else expected,
            self.about,
            sure,
        )


class Evidence(Enum):
    """依据: why columns are held to belong together."""

    NUMBERS = "多数数字成立"
    WORDS = "名称和单位相符"


def likeliest(ways: Iterable[tuple[Evidence, list[Assertion]]]) -> tuple[Evidence, list[Assertion]] | None:
    """The way of which most numbers hold, of those of which most do; one that the words bear out needs only one that does."""
    best: tuple[int, Evidence, list[Assertion]] | None = None
    for evidence, found in ways:
        held = sum(each.held for each in found)
        enough = 1 if evidence is Evidence.WORDS else max(_ENOUGH, -(-len(found) * 3 // 5))
        if found and held >= enough and (best is None or held > best[0]):
            best = held, evidence, found
    return None if best is None else best[1:]


def judged(found: Sequence[Assertion]) -> Iterator[tuple[Assertion, Claim]]:
    """Each with its claim: certain where two others hold."""
    held = sum(each.held for each in found)
    for each in found:
        yield each, each.claim(Confidence.CERTAIN if held - each.held >= _ENOUGH else Confidence.LIKELY)


def written(quantities: Sequence[Quantity], sign: str) -> str:
    """Numbers with a sign between them; of many only the first and the last."""
    words = [shown(each) for each in quantities]
    if len(words) > MOST_WRITTEN:
        words = [*words[: MOST_WRITTEN - 2], "…", words[-1]]
    return f" {sign} ".join(words)
