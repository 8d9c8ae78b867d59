"""Changes with their parts, and points beside those they are set against: 核减1,386人,其中死亡核减1,042人、迁出核减344人; 评价得分87分,较自评低10分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import differing, made_up, total

_VERB = pattern("新增|增加|减少|核减|核增|审减|压减|净增|节约|降低")
_AGAINST = pattern(rf"(?:较|比)(?P<base>{HAN}{{2,6}}?)(?:得分|评分)?(?:低|高|少|多)(?:了|出)?$")
_MEASURED = frozenset({Measure.MONEY, Measure.COUNT})
_ENDS = 2
"""A difference is that of two."""
_FEWEST, _REACH, _MOST = 2, 5, 30
_BEHIND = 2
"""So near behind the last part stands the word that leaves a list open: 迁出核减344人等。"""


def moves(passage: Passage) -> Iterator[Claim]:
    """What moved with the parts behind 其中 that moved so too, and differences of points."""
    for number, mention in enumerate(passage.mentions):
        if mention.unit.measure is Measure.POINTS:
            yield from _against(mention, passage.mentions[max(0, number - _REACH) : number], passage)
        elif mention.words & CHANGES and Kind.UP_TO not in mention.words and mention.unit.measure in _MEASURED:
            yield from _with_parts(passage, mention, passage.mentions[number + 1 : number + 1 + _MOST])


def _with_parts(passage: Passage, whole: Mention, following: Sequence[Mention]) -> Iterator[Claim]:
    """A change and its parts, each told with the same verb; of a list that says it is open nothing."""
    verb = _VERB.search(whole.before)
    if verb is None or not following or Kind.PARTS not in following[0].words:
        return
    parts = list(takewhile(lambda each: each.like(whole) and verb[0] in each.before, following))
    if len(parts) < _FEWEST or parts[-1].sentence != whole.sentence or parts[0].clause - whole.clause != 1:
        return
    some = any(token.kind is Kind.SOME for token in passage.tokens[whole.at : parts[-1].at + _BEHIND])
    if not some and total(part.quantity for part in parts).value * 2 >= whole.quantity.value:
        yield made_up(whole, parts).claim(passage)


def _against(difference: Mention, before: Sequence[Mention], passage: Passage) -> Iterator[Claim]:
    """How far two scores of a sentence are apart, where the words name the one that is compared with."""
    against = _AGAINST.search(difference.before)
    scores = [each for each in before if each.unit.measure is Measure.POINTS and each.sentence == difference.sentence]
    if against is None or len(scores) != _ENDS:
        return
    one, other = scores
    if (against["base"] in one.before) is not (against["base"] in other.before):
        yield differing(Relation.CHANGE, difference, one, other).claim(passage)
