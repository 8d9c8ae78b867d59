"""Scores that a written formula gives, beside the score that is told: 执行率（10 分,得 9.50 分）。…得分＝10×95.00%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.model.claim import Claim, Measure, Relation
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.statements.mentions import Mention, Passage
from hengji.reading.statements.verdicts import Statement, exactly, range_of, shown

_FORMULA = pattern(r"(?:^|[,;。:()]|[故则此以]|[该本此]项|指标|实际)得分[=为:]$")
_TIMES = frozenset("×*xX✕")
_WEIGHT = pattern(r"(?:满分|分值|权重|标准分|赋分)?(?:为|是)?$")
_SCORE = pattern(r"^(?:[一-龥]{0,6})?(?:评价|实际|自评)?得分?(?:为|是)?$")
_TAKEN = pattern("扣|加分|封顶|上限|不超过")
_POINTS = (Measure.BARE, Measure.POINTS)
_REACH, _BEFORE = 3, 8


def scored(passages: Sequence[Passage]) -> Iterator[Claim]:
    """Formulas of a weight and a rate, beside the score of the last indicator that was told to weigh as much, a few paragraphs back at most."""
    told: tuple[Mention, Mention] | None = None
    at = 0
    for number, passage in enumerate(passages):
        mentions = passage.mentions
        for index, first in enumerate(mentions):
            following = mentions[index + 1] if index + 1 < len(mentions) else None
            if following is None:
                continue
            if _is_score(first, following):
                told, at = (first, following), number
            elif told is not None and number - at <= _REACH and _is_formula(passage, first, following):
                same = told[0].quantity.number == first.quantity.number
                if same and not _TAKEN.search(passage.text):
                    yield _statement(told[1], first, following).claim(passage)


def _is_score(weight: Mention, score: Mention) -> bool:
    """Whether two numbers of points are a weight and the score out of it, side by side."""
    points = weight.unit.measure is score.unit.measure is Measure.POINTS
    near = weight.sentence == score.sentence and score.clause - weight.clause <= 1
    return points and near and bool(_WEIGHT.search(weight.before)) and bool(_SCORE.search(score.before))


def _is_formula(passage: Passage, weight: Mention, rate: Mention) -> bool:
    """Whether two numbers are 得分=10×95%."""
    between = passage.text[weight.token.end : rate.token.start]
    begins = _FORMULA.search(passage.text[max(0, weight.token.start - _BEFORE) : weight.token.start])
    whole = passage.text[rate.token.end : rate.token.end + 1] in {"", "=", "。", ",", ";", ")", "≈"}
    measured = weight.unit.measure in _POINTS and rate.unit.measure is Measure.RATE
    return measured and between in _TIMES and bool(begins) and whole


def _statement(score: Mention, weight: Mention, rate: Mention) -> Statement:
    computed = exactly(weight.quantity.value) * range_of(rate.quantity)
    written = f"{shown(weight.quantity)}×{shown(rate.quantity)}"
    return Statement(Relation.FORMULA, score, (weight, rate), computed, written, confidence=Confidence.LIKELY)
