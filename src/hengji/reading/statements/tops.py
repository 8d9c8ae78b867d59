"""The total score with the scores of its parts listed behind it: 得87.38分。其中：决策14.40分、过程19.74分、产出31.00分、效益22.24分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hengji.model.claim import Claim, Measure
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.tokens import CHANGES, Kind
from hengji.reading.statements.verdicts import made_up, total

_TOTAL = pattern("(?:总分|总得分|综合得分|评价得分|(?<!满)(?<!应)得)(?:为|是|达|合计|[:])*$")
_PART = pattern(rf"(?:[:,、]|其中|^)*(?!扣|得|满分|自评){HAN}{{2,6}}?(?:类|方面|部分|指标)?(?:得分?|为)?$")
_NOT_GIVEN = pattern("满分|分值|权重|赋分|扣")
_COMPARED = CHANGES | {Kind.VERSUS, Kind.EACH}
"""Words of points that are no score: 与自评相比分别低2分、1分."""
_FULL = 100
_FEWEST, _MOST, _BEHIND = 3, 80, 4
_NEAR = Fraction(1, 20)


def tops(passage: Passage) -> Iterator[Claim]:
    """Every total with its parts; what does not nearly make it up is no list of them."""
    scores = [each for each in passage.mentions if each.unit.measure is Measure.POINTS]
    for number, whole in enumerate(scores):
        if not _TOTAL.search(whole.before):
            continue
        parts = _listed(passage, scores[number + 1 : number + 1 + _MOST], whole)
        computed = total(part.quantity for part in parts)
        off = abs(computed.value - whole.quantity.value)
        if len(parts) < _FEWEST or computed.value == _FULL or off > whole.quantity.value * _NEAR:
            continue
        yield made_up(whole, parts).claim(passage)


def _listed(passage: Passage, scores: Sequence[Mention], whole: Mention) -> list[Mention]:
    """The scores of one row, each behind its name, that begins in the sentence of the total or the next."""
    parts: list[Mention] = []
    for score in scores:
        last = parts[-1] if parts else whole
        beside = score.sentence - last.sentence <= (0 if parts else 1)
        apart = score.clause - last.clause > (1 if parts else _BEHIND)
        said = passage.text[last.token.end : score.token.start]
        if (
            not beside
            or apart
            or score.depth != last.depth
            or not _PART.search(score.before)
            or score.words & _COMPARED
            or _NOT_GIVEN.search(said)
        ):
            break
        parts.append(score)
    return parts
