"""Forms of judgements and standards by shape: whatever is typed, what is taken is what the standard can give."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.scoring.test_shapes import FIGURES, GIVEN

from hengji.model.indicator import Indicator, Judgement, WorkingPaper
from hengji.model.money import Rounding
from hengji.model.rubric import Rubric
from hengji.model.score import Result
from hengji.scoring.rubrics import attainable, score
from hengji.web import judging, rubric_forms
from hengji.web.judging import Asked, as_given, asked, form_of, read
from hengji.work.workbook.framework import SHAPES

CASES = [(rubric, Decimal(weight), judgement) for rubric, weight, judgement, *_ in GIVEN]
KNOWN = frozenset({"E01", "E02"})
WORDS = st.sampled_from(
    ["", " ", "符合", "不符合", "优秀", "良好", "一般", "差", "有效", "E01", "E01、E99", "0", "1", "2.5", "0.85", "100"]
) | st.sampled_from(
    ["-1", "1e5", "NaN", "Infinity", "１２", "1_0", "2026-03-05", "2026-02-30", "²", "\u2028", "x" * 500],
)
NAMES = st.sampled_from(
    ["by", "on", "reason", "grade", "coefficient", "score", "override_score", "override_reason", "override_by"]
    + [f"element-{at}{part}" for at in range(4) for part in ("", "-reason", "-evidence")]
    + [f"defect-{at}{part}" for at in (0, 1, 99, 12345) for part in ("", "-evidence")]
    + [f"expert-{at}{part}" for at in range(6) for part in ("", "-score", "-weight")]
    + ["element-", "element-²", "expert--1", "defect-0-1-2"]
)


def named(rubric: Rubric, weight: Decimal) -> Indicator:
    return Indicator("某项", "某项", weight, rubric=rubric)


@pytest.mark.parametrize(("rubric", "weight", "judgement"), CASES, ids=lambda each: type(each).__name__)
def test_a_judgement_comes_back_as_it_was_shown(rubric: Rubric, weight: Decimal, judgement: Judgement | None) -> None:
    if judgement is None or asked(rubric) is Asked.NOTHING:
        return
    leaf = named(rubric, weight)
    # only 酌情 asks for a score: elsewhere the standard gives it
    plain = replace(
        judgement, by=judgement.by or "评价组", score=judgement.score if asked(rubric) is Asked.SCORE else None
    )
    paper = WorkingPaper("某项", "1", judgement=plain)
    cited = frozenset(name for part in (*plain.elements, *plain.defects) for name in part.evidence)
    done = read(leaf, paper, as_given(leaf, paper), cited, Rounding.HALF_UP)
    reasons = {name: fault for name, fault in done.faults.items() if not name.endswith("reason")}
    assert not reasons
    assert done.paper.judgement == plain


@given(st.sampled_from(CASES), st.dictionaries(NAMES, WORDS, max_size=14))
def test_whatever_is_typed_what_is_taken_can_be_given(
    case: tuple[Rubric, Decimal, Judgement | None], typed: dict[str, str]
) -> None:
    rubric, weight, _ = case
    leaf = named(rubric, weight)
    done = read(leaf, WorkingPaper("某项", "1"), typed, KNOWN, Rounding.HALF_UP)
    form_of(leaf, typed, done.faults)
    if done.faults:
        return
    override = done.paper.override
    assert override is None or 0 <= override.score <= weight
    if asked(rubric) is not Asked.NOTHING:
        got = score(rubric, weight, done.paper.judgement, FIGURES)
        assert isinstance(got, Result)
        assert got.score in attainable(rubric, weight)


@given(
    st.sampled_from(sorted(SHAPES)),
    st.dictionaries(
        st.sampled_from(
            [
                f"rubric-{name}"
                for name in ("actual", "target", "edge", "deduction", "partial", "method", "score", "source")
            ]
            + [f"rubric-elements-{at}{part}" for at in (0, 1, 39, 40, 999) for part in ("", "-text", "-points")]
            + [f"rubric-bands-{at}-{part}" for at in (0, 1) for part in ("points", "low", "high", "low_edge")]
            + [
                f"rubric-{stem}-{at}-{part}"
                for stem in ("grades", "tiers")
                for at in (0, 1)
                for part in ("name", "points", "low")
            ]
        ),
        WORDS,
        max_size=14,
    ),
)
def test_whatever_is_typed_a_standard_is_made_or_its_faults_are_told(shape: str, typed: dict[str, str]) -> None:
    made, faults = rubric_forms.read(shape, typed)
    rubric_forms.fields_of(shape, typed, faults)
    assert (made is None) == bool(faults)
    if made is not None:
        assert rubric_forms.read(shape, rubric_forms.as_given(made)) == (made, {})


@pytest.mark.parametrize("typed", ["NaN", "-Infinity", "1e400", "1e-400", "10001", "0.0000001", "", "一"])
def test_what_is_no_number_of_points(typed: str) -> None:
    assert judging.number_in(typed) is None


def test_a_number_of_points_is_exact() -> None:
    assert judging.number_in(" 0.10 ") == Decimal("0.1")
