"""The score sheet: leaves rolled up through any number of levels, graded, and beside it what the standards would give.

逐项舍入: leaves are rounded half-up and summed. 合计舍入: leaves are summed exactly and each sum is rounded half-up.
逐项截尾: leaves are cut off and summed. Where a profile says nothing, 逐项舍入. An indicator that does not apply is
left out, and the total is re-based to 100 before adjustments; the total stays within 0 and 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from hengji.model.figure import Figures
from hengji.model.finding import Finding, Place
from hengji.model.indicator import Adjustment, AdjustmentKind, Applicability, Framework, Indicator, WorkingPaper
from hengji.model.money import Rounding, round_to
from hengji.model.profile import GradeBand, Profile, RollUp
from hengji.model.rubric import Stated
from hengji.model.score import Score, ScoreSheet
from hengji.scoring.faults import (
    ADJUSTMENT_REFUSED,
    GRADE_FLIP,
    LITERAL_UNKNOWN,
    NO_GRADE,
    PAPER_ASTRAY,
    REBASED,
    TREE_BROKEN,
)
from hengji.scoring.framework import FILE, WHOLE, framework_faults, paper_place, walk
from hengji.scoring.leaf import NOTHING, Materials, score_leaf
from hengji.scoring.operands import points
from hengji.scoring.rubrics import PLACES
from hengji.scoring.shape import Findings

_ROUNDING = {
    RollUp.ROUND_EACH: Rounding.HALF_UP,
    RollUp.ROUND_TOTAL: Rounding.HALF_UP,
    RollUp.TRUNCATE: Rounding.DOWN,
}
TOTAL = Place(item="总分")


def leaf_rounding(profile: Profile) -> Rounding:
    """How the scores of leaves are rounded under a profile."""
    return _ROUNDING[profile.roll_up or RollUp.ROUND_EACH]


def score_sheet(
    framework: Framework, papers: Mapping[str, WorkingPaper], figures: Figures, profile: Profile
) -> tuple[ScoreSheet, Findings]:
    """The scored tree with totals and grades, awarded and literal, and everything that is wrong with it.

    ``papers`` are by indicator id; ``profile`` has its bands and roll-up resolved. A leaf that cannot be scored counts
    0; a leaf without a literal score leaves the literal total None.
    """
    policy = profile.roll_up or RollUp.ROUND_EACH
    materials = Materials(papers, figures, leaf_rounding(profile))
    scored = [_scored(indicator, 1, materials, policy) for indicator in framework.indicators]
    scores = tuple(score for score, _ in scored)
    findings = framework_faults(framework) + tuple(_astray(framework, papers))
    findings += tuple(finding for _, found in scored for finding in found)
    adjustments, refused = _adjustments(framework.adjustments)
    sheet = _summed(scores, adjustments, profile, policy)
    return sheet, findings + refused + tuple(_sheet_findings(sheet))


def _scored(indicator: Indicator, level: int, materials: Materials, policy: RollUp) -> tuple[Score, Findings]:
    if indicator.applicability is Applicability.NOT_APPLICABLE:
        return _inapplicable(indicator, level, indicator.note), ()
    if not indicator.children:
        return score_leaf(indicator, level, materials)
    scored = [_scored(child, level + 1, materials, policy) for child in indicator.children]
    children = tuple(score for score, _ in scored)
    node = Score(
        indicator,
        level,
        weight=sum((child.weight for child in children), Decimal(0)),
        awarded=_sum([(child.awarded, child.exact) for child in children], policy),
        literal=_literal_sum(children, policy),
        reason=f"{sum(1 for child in children if child.weight)}项下级指标得分之和",
        children=children,
        exact=sum((child.exact for child in children), Fraction(0)),
        literal_exact=_literal_exact(children),
    )
    return node, tuple(finding for _, found in scored for finding in found)


def _inapplicable(indicator: Indicator, level: int, note: str) -> Score:
    """Nothing to get and nothing got, for it and all below it."""
    children = tuple(_inapplicable(child, level + 1, note) for child in indicator.children)
    reason = f"不适用：{note}" if note else "不适用"
    return Score(indicator, level, Decimal(0), NOTHING, NOTHING, reason, children=children, literal_exact=Fraction(0))


def _sum(parts: Sequence[tuple[Decimal, Fraction]], policy: RollUp) -> Decimal:
    """The sum of rounded and exact scores as the policy has it."""
    if policy is RollUp.ROUND_TOTAL:
        return round_to(sum((exact for _, exact in parts), Fraction(0)), PLACES)
    return sum((rounded for rounded, _ in parts), Decimal(0))


def _literals(scores: Sequence[Score]) -> list[tuple[Decimal, Fraction]] | None:
    """The literal scores, rounded and exact; None when one of them is unknown."""
    known = [
        (score.literal, score.literal_exact)
        for score in scores
        if score.literal is not None and score.literal_exact is not None
    ]
    return known if len(known) == len(scores) else None


def _literal_sum(scores: Sequence[Score], policy: RollUp) -> Decimal | None:
    parts = _literals(scores)
    return None if parts is None else _sum(parts, policy)


def _literal_exact(scores: Sequence[Score]) -> Fraction | None:
    parts = _literals(scores)
    return None if parts is None else sum((exact for _, exact in parts), Fraction(0))


def _summed(
    scores: tuple[Score, ...], adjustments: tuple[Adjustment, ...], profile: Profile, policy: RollUp
) -> ScoreSheet:
    base = sum((score.weight for score in scores), Decimal(0))
    rebased = base if any(_left_out(score) for score in scores) else None

    def whole(parts: list[tuple[Decimal, Fraction]]) -> Decimal:
        rounded = policy is not RollUp.ROUND_TOTAL
        exact = sum((Fraction(part[0]) if rounded else part[1] for part in parts), Fraction(0))
        if rebased is not None:
            exact = exact * 100 / Fraction(rebased) if rebased else Fraction(0)
        exact += sum((_signed(adjustment) for adjustment in adjustments), Fraction(0))
        return round_to(max(Fraction(0), min(Fraction(WHOLE), exact)), PLACES, _ROUNDING[policy])

    awarded = [(score.awarded, score.exact) for score in scores]
    literal = _literals(scores)
    total, literal_total = whole(awarded), None if literal is None else whole(literal)
    return ScoreSheet(
        scores=scores,
        total=total,
        grade=_final_grade(total, adjustments, profile.bands),
        literal_total=literal_total,
        literal_grade="" if literal_total is None else _final_grade(literal_total, adjustments, profile.bands),
        flips=tuple(leaf for leaf in leaves(scores) if leaf.literal is not None and leaf.awarded != leaf.literal),
        base=base,
        subtotal=_sum(awarded, policy),
        adjustments=adjustments,
        bands=profile.bands,
    )


def leaves(scores: Sequence[Score]) -> Iterator[Score]:
    """The scores of the leaves, in the order of the tree."""
    for score in scores:
        if score.children:
            yield from leaves(score.children)
        else:
            yield score


def grade_of(total: Decimal, bands: Sequence[GradeBand]) -> str:
    """The grade of a total (or of a percentage score): the highest band that it reaches, "" when it reaches none."""
    reached = [band for band in bands if total >= band.low]
    return max(reached, key=lambda band: band.low).name if reached else ""


def percentage(score: Score) -> Decimal | None:
    """得分率, the score as a percentage of its weight, half-up: 34.97 of 40 is 87.43; None when it does not apply."""
    return round_to(Fraction(score.awarded) * 100 / Fraction(score.weight), PLACES) if score.weight else None


def _final_grade(total: Decimal, adjustments: Sequence[Adjustment], bands: Sequence[GradeBand]) -> str:
    if bands and any(adjustment.kind is AdjustmentKind.VETO for adjustment in adjustments):
        return min(bands, key=lambda band: band.low).name
    return grade_of(total, bands)


def _left_out(score: Score) -> bool:
    """Whether the indicator or one below it does not apply."""
    return score.indicator.applicability is Applicability.NOT_APPLICABLE or any(map(_left_out, score.children))


def _signed(adjustment: Adjustment) -> Fraction:
    match adjustment.kind:
        case AdjustmentKind.BONUS:
            return Fraction(adjustment.points)
        case AdjustmentKind.PENALTY:
            return -Fraction(adjustment.points)
        case AdjustmentKind.VETO:
            return Fraction(0)


def _adjustments(adjustments: Sequence[Adjustment]) -> tuple[tuple[Adjustment, ...], Findings]:
    """Those that count, and a finding for each that does not."""
    counted, refused = [], []
    for adjustment in adjustments:
        pointless = adjustment.kind is not AdjustmentKind.VETO and adjustment.points <= 0
        if pointless or not adjustment.reason.strip() or not adjustment.by.strip():
            found = f"{adjustment.kind.value}{points(adjustment.points)}分，理由“{adjustment.reason}”，决定人“{adjustment.by}”"
            refused.append(ADJUSTMENT_REFUSED.at(Place(FILE, item="加减分项"), found, "正的分数、理由和决定人"))
        else:
            counted.append(adjustment)
    return tuple(counted), tuple(refused)


def _astray(framework: Framework, papers: Mapping[str, WorkingPaper]) -> Iterator[Finding]:
    names = [indicator.id for indicator in walk(framework.indicators) if not indicator.children]
    for name in papers:
        if name not in names:
            near = " 或 ".join(get_close_matches(name, names, n=3, cutoff=0.5))
            yield PAPER_ASTRAY.at(paper_place(name), f"没有末级指标“{name}”", near)


def _sheet_findings(sheet: ScoreSheet) -> Iterator[Finding]:
    unknown = [leaf.indicator.name for leaf in leaves(sheet.scores) if isinstance(leaf.indicator.rubric, Stated)]
    if unknown:
        yield LITERAL_UNKNOWN.at(TOTAL, f"{len(unknown)}项指标只有已公布得分，不能复算：{'、'.join(unknown)}")
    if any(map(_left_out, sheet.scores)):
        if sheet.base:
            found = f"适用指标分值{points(sheet.base)}分，得{points(sheet.subtotal)}分，按百分制折算"
            yield REBASED.at(TOTAL, found)
        else:
            yield TREE_BROKEN.at(TOTAL, "全部指标都不适用，没有总分", "至少一项适用的指标")
    if not sheet.grade:
        yield NO_GRADE.at(TOTAL, f"总分{points(sheet.total)}分没有对应的等级")
    elif sheet.literal_total is not None and sheet.literal_grade != sheet.grade:
        flips = "、".join(
            f"{flip.indicator.name}（评定{points(flip.awarded)}分，标准{points(flip.literal or Decimal(0))}分）"
            for flip in sheet.flips
        )
        found = (
            f"评定{sheet.total}分为“{sheet.grade}”，按评分标准{sheet.literal_total}分为“{sheet.literal_grade}”：{flips}"
        )
        yield GRADE_FLIP.at(TOTAL, found)
