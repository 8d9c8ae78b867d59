"""Scoring holds for all standards, judgements, figures and trees that can be generated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.band import Band, Edge, GradePoints, QualitativeTier
from hengji.model.figure import Figure, FigureKind
from hengji.model.indicator import (
    Applicability,
    Defect,
    ElementVerdict,
    ExpertScore,
    Framework,
    Indicator,
    Judgement,
    Override,
    Verdict,
    WorkingPaper,
)
from hengji.model.money import Rounding, round_to
from hengji.model.profile import GradeBand, Profile, RollUp
from hengji.model.rubric import (
    Accuracy,
    AllOrNothing,
    BandDeductions,
    Bands,
    ChangeRate,
    Checklist,
    CostSaving,
    Coverage,
    DefectDeductions,
    Discretionary,
    Element,
    Equality,
    ExpertMethod,
    ExpertPanel,
    Forward,
    GradedJudgement,
    Interpolation,
    Inverse,
    LateDays,
    MissDeductions,
    OnTime,
    OnTimeShare,
    OverFulfilment,
    PartialCredit,
    QualitativeTiers,
    Ratio,
    Recipient,
    RecipientMethod,
    RecipientTotals,
    Rubric,
    Satisfaction,
    Stated,
    StepDeductions,
    SurveyComposite,
    ThresholdRatio,
)
from hengji.model.score import Result, Score
from hengji.scoring.rubrics import attainable, faults, printed_points, score
from hengji.scoring.score import leaves, score_sheet
from hengji.scoring.weights import published

D = Decimal
COUNTS = ("甲", "乙", "丙")
RATES = ("率甲", "率乙", "问卷.老人.综合满意率")

points = st.decimals(min_value=0, max_value=30, places=2)
above = st.decimals(min_value="0.5", max_value=30, places=2)
weights = st.decimals(min_value="0.5", max_value=100, places=1)
counts = st.sampled_from(COUNTS) | st.integers(min_value=-5, max_value=40).map(str)
rates = st.sampled_from(RATES[:2]) | st.integers(min_value=-10, max_value=150).map(lambda whole: f"{whole}%")
edges = st.sampled_from(Edge)
names = st.sampled_from(("优", "良", "中"))


def bands(ends: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Band, ...]]:
    return st.lists(st.builds(Band, points, st.none() | ends, st.none() | ends, edges, edges), max_size=4).map(tuple)


def several(parts: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(parts, min_size=1, max_size=4).map(tuple)


texts = several(st.just("要素"))
coefficients = st.decimals(min_value=0, max_value=1, places=2)
rubrics: st.SearchStrategy[Rubric] = st.one_of(
    st.builds(Checklist, several(st.builds(Element, st.just("要素"), points))),
    st.builds(MissDeductions, texts, points),
    st.builds(AllOrNothing, texts),
    st.builds(PartialCredit, texts, points),
    st.builds(Ratio, counts, counts),
    st.builds(ThresholdRatio, rates, rates, st.none() | edges),
    st.builds(Bands, rates, bands(rates)),
    st.builds(BandDeductions, rates, bands(rates)),
    st.builds(GradedJudgement, several(st.builds(GradePoints, names, points))),
    st.builds(DefectDeductions, above),
    st.builds(Discretionary),
    st.builds(Satisfaction, rates),
    st.builds(SurveyComposite, st.just("老人")),
    st.builds(Forward, counts, counts),
    st.builds(Inverse, counts, counts, st.none() | counts),
    st.builds(OverFulfilment, counts, counts, st.just("30%"), st.just("0.5"), st.just("20%")),
    st.builds(Equality, rates, rates, st.just("2")),
    st.builds(QualitativeTiers, several(st.builds(QualitativeTier, names, coefficients, coefficients, edges))),
    st.builds(Interpolation, rates, rates, rates),
    st.builds(StepDeductions, rates, rates, rates, above),
    st.builds(OnTimeShare, counts, counts),
    st.builds(LateDays, counts, counts, above),
    st.builds(OnTime, counts),
    st.builds(CostSaving, counts, counts, bands(rates)),
    st.builds(Accuracy, counts, counts),
    st.builds(Coverage, counts, counts),
    st.builds(ExpertPanel, st.sampled_from(ExpertMethod)),
    st.builds(
        RecipientTotals,
        st.sampled_from(RecipientMethod),
        several(st.builds(Recipient, st.just("单位"), counts, counts, counts)),
    ),
    st.builds(ChangeRate, counts, counts, bands(rates)),
    st.builds(Stated, points, st.just("表2")),
)
judgements = st.builds(
    Judgement,
    st.just("评价组"),
    st.just("现场查阅"),
    elements=st.lists(st.builds(ElementVerdict, st.sampled_from(Verdict), st.just("")), max_size=4).map(tuple),
    grade=names,
    coefficient=st.none() | coefficients,
    defects=st.lists(st.just(Defect("不符合")), max_size=5).map(tuple),
    score=points,
    experts=st.lists(st.builds(ExpertScore, st.just("专家"), points, points), max_size=6).map(tuple),
)


def figure(name: str, kind: FigureKind, value: Fraction) -> Figure:
    return Figure(name, name, kind, value)


@st.composite
def figure_books(draw: st.DrawFn) -> dict[str, Figure]:
    numbers = st.fractions(min_value=-3, max_value=50, max_denominator=97)
    parts = st.fractions(min_value=0, max_value=2, max_denominator=9973)
    made = [figure(name, FigureKind.COUNT, draw(numbers)) for name in COUNTS]
    made += [figure(name, FigureKind.RATE, draw(parts)) for name in RATES]
    return {each.id: each for each in made}


@given(rubrics, weights, st.none() | judgements, figure_books(), st.sampled_from(Rounding))
def test_a_score_is_always_attainable_or_there_is_a_reason_why_not(
    rubric: Rubric, weight: Decimal, judgement: Judgement | None, figures: dict[str, Figure], rounding: Rounding
) -> None:
    given_ = score(rubric, weight, judgement, figures, rounding=rounding)
    if not isinstance(given_, Result):
        assert given_
        assert all(finding.message for finding in given_)
        return
    assert 0 <= given_.exact <= weight
    assert 0 <= given_.score <= weight
    assert given_.score == round_to(given_.exact, 2, rounding)
    assert given_.score in attainable(rubric, weight, rounding)
    assert set(given_.inputs) <= set(figures)


@given(rubrics, weights)
def test_every_standard_can_be_examined(rubric: Rubric, weight: Decimal) -> None:
    possible = attainable(rubric, weight)
    assert all(0 <= point <= weight for point in possible.points)
    assert all(low >= 0 and high <= weight for low, high in possible.spans)
    printed = printed_points(rubric)
    told = {finding.code for finding in faults(rubric, weight)}
    assert printed in (None, weight) or "R101" in told


RISING: tuple[Rubric, ...] = (
    Ratio("甲", "30"),
    Forward("甲", "30"),
    ThresholdRatio("率甲", "95%", Edge.INCLUDED),
    Satisfaction("率甲"),
    Interpolation("率甲", "60%", "95%"),
    StepDeductions("率甲", "100%", "1%", D("0.5")),
    Coverage("甲", "30"),
    Bands("率甲", (Band(D(9), "90%"), Band(D(5), "60%", "90%"), Band(D(0), None, "60%"))),
)
FALLING: tuple[Rubric, ...] = (
    Inverse("甲", "5"),
    Inverse("甲", "5", "20"),
    LateDays("甲", "5", D(1)),
    OnTime("甲"),
    BandDeductions("率甲", (Band(D(9), "90%"), Band(D(5), "60%", "90%"), Band(D(0), None, "60%"))),
)
values = st.fractions(min_value=0, max_value=100, max_denominator=997)


@given(st.sampled_from((*RISING, *FALLING)), weights, values, values)
def test_a_better_value_never_scores_less(rubric: Rubric, weight: Decimal, one: Fraction, other: Fraction) -> None:
    def at(value: Fraction) -> Decimal:
        book = {"甲": figure("甲", FigureKind.COUNT, value), "率甲": figure("率甲", FigureKind.RATE, value / 100)}
        given_ = score(rubric, weight, None, book)
        assert isinstance(given_, Result)
        return given_.score

    low, high = sorted((one, other))
    assert at(low) <= at(high) if rubric in RISING else at(low) >= at(high)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Framework, dict[str, WorkingPaper]]:
    """Trees of any depth whose weights add up, some of whose leaves do not apply or are overridden."""
    papers: dict[str, WorkingPaper] = {}

    def grow(weight: Decimal, depth: int) -> Indicator:
        name = f"指标{len(papers)}"
        papers[name] = WorkingPaper(name, "")
        if depth and draw(st.booleans()):
            shares = draw(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=3))
            parts = published(shares, weight, places=2)
            return Indicator(name, name, weight, children=tuple(grow(part, depth - 1) for part in parts))
        share = draw(st.fractions(min_value=0, max_value=1, max_denominator=997))
        rubric = Ratio(f"率.{name}") if draw(st.booleans()) else Discretionary()
        chosen = round_to(share * Fraction(weight), 2, Rounding.DOWN)
        override = draw(st.none() | st.just(Override(chosen, "理由", "组长")))
        judgement = Judgement("评价组", "理由", score=chosen) if isinstance(rubric, Discretionary) else None
        papers[name] = WorkingPaper(name, "", judgement=judgement, override=override)
        applies = draw(st.sampled_from([Applicability.APPLICABLE] * 4 + [Applicability.NOT_APPLICABLE]))
        return Indicator(name, name, weight, rubric=rubric, applicability=applies, note="说明")

    tops = published(draw(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=4)))
    framework = Framework(tuple(grow(weight, 3) for weight in tops))
    return framework, papers


def every(scores: tuple[Score, ...]) -> list[Score]:
    return [each for score_ in scores for each in (score_, *every(score_.children))]


BANDS = (GradeBand("优", D(90)), GradeBand("良", D(80)), GradeBand("中", D(60)), GradeBand("差", D(0)))


@given(trees(), st.sampled_from(RollUp), st.fractions(min_value=0, max_value=2, max_denominator=997))
def test_a_roll_up_never_exceeds_its_weight(
    made: tuple[Framework, dict[str, WorkingPaper]], policy: RollUp, rate: Fraction
) -> None:
    framework, papers = made
    figures = {f"率.{name}": figure(f"率.{name}", FigureKind.RATE, rate) for name in papers}
    profile = replace(Profile("测试", "测试", "来源"), bands=BANDS, roll_up=policy)
    inner = {name for name, paper in papers.items() if paper.judgement is None and paper.override is None}
    kept = {name: paper for name, paper in papers.items() if name not in inner}
    sheet, findings = score_sheet(framework, kept, figures, profile)
    assert 0 <= sheet.total <= 100
    for each in every(sheet.scores):
        assert 0 <= each.awarded <= each.weight <= each.indicator.weight
        assert each.literal is not None
        assert 0 <= each.literal <= each.weight
        if each.children and policy is not RollUp.ROUND_TOTAL:
            assert each.awarded == sum(child.awarded for child in each.children)
        if each.children:
            assert each.exact == sum(child.exact for child in each.children)
    assert all(leaf.override is not None for leaf in sheet.flips)
    assert not sheet.flips or sheet.literal_total is not None
    left_out = [leaf for leaf in leaves(sheet.scores) if leaf.indicator.applicability is Applicability.NOT_APPLICABLE]
    if not left_out and policy is not RollUp.ROUND_TOTAL:
        assert sheet.total == sum(score_.awarded for score_ in sheet.scores)
    assert not [finding for finding in findings if finding.code in ("R301", "R304", "R305")]


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=30).filter(any), st.integers(0, 4))
def test_published_weights_add_up_to_the_whole(shares: list[int], places: int) -> None:
    weights_ = published(shares, places=places)
    assert sum(weights_) == 100
    unit = D(1).scaleb(-places)
    for weight, share in zip(weights_, shares, strict=True):
        assert abs(Fraction(weight) - Fraction(share * 100, sum(shares))) < Fraction(unit)
