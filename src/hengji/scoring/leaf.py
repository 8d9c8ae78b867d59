"""One leaf of the tree: what its standard gives, what was judged, and what was decided against the standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hengji.model.figure import Figures
from hengji.model.indicator import Indicator, Judgement, Override, WorkingPaper
from hengji.model.money import Rounding, round_to
from hengji.model.record import record
from hengji.model.rubric import Discretionary, Rubric, Stated
from hengji.model.score import Attainable, Result, Score
from hengji.scoring.faults import OVERRIDDEN, OVERRIDE_NEEDLESS, OVERRIDE_REFUSED, SCORE_REFUSED
from hengji.scoring.framework import paper_place, standard_place
from hengji.scoring.operands import points
from hengji.scoring.rubrics import PLACES, attainable, score
from hengji.scoring.shape import Findings

NOTHING = round_to(0, PLACES)


@record
class Materials:
    """What scores are made from: working papers by indicator id, figures, and how leaves are rounded."""

    papers: Mapping[str, WorkingPaper]
    figures: Figures
    rounding: Rounding


def score_leaf(indicator: Indicator, level: int, materials: Materials) -> tuple[Score, Findings]:
    """The score of a leaf. What cannot be scored counts 0 and has no literal score, and the findings say why."""
    unscored = Score(indicator, level, indicator.weight, NOTHING, None, "没有评分标准，未计分")
    rubric = indicator.rubric
    if rubric is None:
        return unscored, ()
    paper = materials.papers.get(indicator.id)
    judgement = paper.judgement if paper else None
    places = (standard_place(indicator.id), paper_place(indicator.id))
    given = score(rubric, indicator.weight, judgement, materials.figures, *places, materials.rounding)
    possible = attainable(rubric, indicator.weight, materials.rounding)
    findings: Findings = ()
    if isinstance(given, Result):
        plain = _by_standard(unscored, rubric, given)
    else:
        plain, findings = replace(unscored, reason=f"未能得分：{given[0].found}"), given
    plain = replace(plain, attainable=possible, judgement=judgement)
    if paper is not None and paper.override is not None:
        decided, against = _overridden(plain, paper.override)
        return decided, findings + against
    if isinstance(given, Result) and judgement is not None:
        findings += _claimed(rubric, judgement, given, possible, indicator)
    return plain, findings


def _by_standard(unscored: Score, rubric: Rubric, given: Result) -> Score:
    known = not isinstance(rubric, Stated)
    return replace(
        unscored,
        awarded=given.score,
        exact=given.exact,
        literal=given.score if known else None,
        literal_exact=given.exact if known else None,
        reason=given.reason,
        inputs=given.inputs,
    )


def _claimed(
    rubric: Rubric, judgement: Judgement, given: Result, possible: Attainable, indicator: Indicator
) -> Findings:
    """A score that the judge wrote down must be what the standard gives; only 酌情 lets the judge choose."""
    claim = judgement.score
    if claim is None or isinstance(rubric, Discretionary) or claim == given.score:
        return ()
    able = "不在可得分集之内" if claim not in possible else "与所作评判不符"
    found = f"评{points(claim)}分，{able}（可得{possible}）；已按标准计{points(given.score)}分"
    return (SCORE_REFUSED.at(paper_place(indicator.id), found, given.reason),)


def _overridden(plain: Score, override: Override) -> tuple[Score, Findings]:
    """The score that a named person decided, unless the decision is out of range or unfounded."""
    place = paper_place(plain.indicator.id)
    refused = tuple(_refusals(plain, override))
    if refused:
        return plain, tuple(OVERRIDE_REFUSED.at(place, found, expected) for found, expected in refused)
    standard = "无法重算" if plain.literal is None else f"{points(plain.literal)}分"
    told = f"人工改分，评定{points(override.score)}分；理由：{override.reason.rstrip('。')}；决定人：{override.by}"
    decided = replace(
        plain,
        awarded=round_to(override.score, PLACES),
        exact=Fraction(override.score),
        override=override,
    )
    if override.score == plain.literal:
        return decided, (OVERRIDE_NEEDLESS.at(place, f"改分与标准得分同为{standard}"),)
    found = f"“{plain.indicator.name}”标准得分{standard}（可得{plain.attainable}），{told}"
    return decided, (OVERRIDDEN.at(place, found, "" if plain.literal is None else f"标准得分{standard}"),)


def _refusals(plain: Score, override: Override) -> list[tuple[str, str]]:
    refused = []
    if not 0 <= override.score <= plain.weight:
        refused.append((f"改分为{points(override.score)}分", f"0～{points(plain.weight)}分"))
    elif override.score != round_to(override.score, PLACES):
        refused.append((f"改分为{override.score}分，多于两位小数", "至多两位小数"))
    if not override.reason.strip():
        refused.append(("改分没有理由", "改分的理由"))
    if not override.by.strip():
        refused.append(("改分没有决定人", "决定人的职务"))
    return refused
