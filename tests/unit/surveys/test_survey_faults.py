"""Answers that cannot be, questionnaires that cannot be scored, samples that are small."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.figure import Figure
from hengji.model.finding import Severity
from hengji.model.profile import Threshold
from hengji.model.survey import Count, Option, Question, Questionnaire
from hengji.surveys.figures import survey_figures
from hengji.surveys.reading import read_counts
from hengji.surveys.sample import Confidence, required_sample

SMALL = Threshold("小样本", Decimal(30), "评价方案")
OPTIONS = (Option("满意", Decimal(100)), Option("一般", Decimal(50)), Option("不满意", Decimal(0)))
SHEET = Questionnaire(
    "甲",
    "甲问卷",
    "老人",
    "书面",
    (Question("题1", "伙食", OPTIONS), Question("题2", "照料", OPTIONS), Question("题3", "意见")),
)


def value(figure: Figure) -> Fraction:
    assert isinstance(figure.value, Fraction)
    return figure.value


def codes(text: str, questionnaire: Questionnaire = SHEET) -> list[tuple[str, int | None]]:
    _, found = read_counts(questionnaire, "a.csv", text.encode())
    return [(finding.code, finding.place.line) for finding in found]


def counts(*rows: tuple[str, str, int]) -> tuple[Count, ...]:
    return tuple(Count(*row) for row in rows)


def test_a_tally_with_every_fault() -> None:
    text = """题号,选项,份数
题1,满意,30
题1,满意,3
题1,很满意,3
题9,满意,3
题3,满意,3
题2,满意,三十
题2,,3
"""
    assert codes(text) == [("Q104", 3), ("Q102", 4), ("Q101", 5), ("Q103", 6), ("C102", 7), ("C101", 8)]


def test_raw_sheets_with_every_fault() -> None:
    text = "序号,题1,题2,题3,题7\n1,满意,2,很好,x\n2,9,Ｂ,,\n3,,不错,,\n"
    questionnaire = replace(SHEET, valid=4)
    read, found = read_counts(questionnaire, "a.csv", text.encode())
    assert [finding.code for finding in found] == ["C005", "Q102", "Q102", "Q105"]
    assert [(finding.place.line, finding.place.column) for finding in found[1:3]] == [(3, 2), (4, 3)]
    assert {(count.question, count.option): count.sheets for count in read if count.sheets} == {
        ("题1", "满意"): 1,
        ("题2", "一般"): 2,
    }


def test_raw_sheets_without_a_column_for_a_question() -> None:
    assert codes("题1\n满意\n") == [("C004", 1)]


def test_later_steps_of_the_fieldwork_cannot_have_more_sheets() -> None:
    questionnaire = replace(SHEET, population=40, sent=50, returned=45, valid=46)
    answers = counts(("题1", "满意", 46), ("题2", "一般", 46))
    _, found = survey_figures(questionnaire, answers, SMALL)
    assert [(finding.code, finding.found) for finding in found] == [
        ("Q107", "发放份数50，多于总体40"),
        ("Q107", "有效份数46，多于回收份数45"),
    ]


def test_sums_are_held_against_the_valid_sheets() -> None:
    answers = counts(("题1", "满意", 51), ("题2", "满意", 48))
    figures, found = survey_figures(replace(SHEET, valid=50), answers, SMALL)
    assert [(finding.code, finding.severity, finding.place.item) for finding in found] == [
        ("Q106", Severity.ERROR, "题1"),
        ("Q106", Severity.WARNING, "题2"),
    ]
    assert figures["问卷.甲.题2.满意.占比"].value == 1


def test_a_question_without_answers_leaves_the_composite_open() -> None:
    figures, found = survey_figures(SHEET, counts(("题1", "满意", 30)), SMALL)
    assert figures["问卷.甲.综合满意率"].value is None
    assert [finding.code for finding in found] == ["Q108"]


def test_weights_count_and_a_weight_of_zero_leaves_a_question_out() -> None:
    answers = counts(("题1", "满意", 30), ("题2", "不满意", 30))
    one, two, _ = SHEET.questions
    weighted = replace(SHEET, questions=(replace(one, weight=Decimal(3)), two))
    assert survey_figures(weighted, answers, SMALL)[0]["问卷.甲.综合满意率"].value == Fraction(3, 4)
    only = replace(SHEET, questions=(one, replace(two, weight=Decimal(0))))
    assert survey_figures(only, answers, SMALL)[0]["问卷.甲.综合满意率"].value == 1
    none = replace(SHEET, questions=(replace(one, weight=Decimal(0)),))
    figures, found = survey_figures(none, answers, SMALL)
    assert figures["问卷.甲.综合满意率"].value is None
    assert [finding.code for finding in found] == ["Q110"]


def test_asking_everybody_is_no_small_sample() -> None:
    answers = counts(("题1", "满意", 7), ("题2", "满意", 7))
    figures, found = survey_figures(replace(SHEET, population=7, valid=7), answers, SMALL)
    assert found == ()
    assert figures["问卷.甲.所需样本量"].value == 7


@pytest.mark.parametrize(
    ("population", "needed"), [(None, 385), (1_000_000, 385), (1000, 278), (100, 80), (29, 28), (8, 8), (1, 1)]
)
def test_the_sample_that_cochran_asks_for(population: int | None, needed: int) -> None:
    assert required_sample(population) == needed


def test_a_narrower_margin_or_more_confidence_needs_more() -> None:
    assert required_sample(None, Confidence.NINETY_NINE) == 664
    assert required_sample(None, Confidence.NINETY, Fraction(1, 10)) == 68
    with pytest.raises(ValueError, match="margin"):
        required_sample(10, margin=Fraction(0))


@given(st.integers(1, 10**9))
def test_no_survey_needs_more_than_everybody(population: int) -> None:
    assert 1 <= required_sample(population) <= min(population, 385)


@given(st.lists(st.tuples(*[st.integers(0, 500)] * 3), min_size=2, max_size=2))
def test_the_composite_lies_between_the_worst_and_the_best_question(rows: list[tuple[int, int, int]]) -> None:
    answers = counts(
        *(
            (name, option.label, sheets)
            for name, row in zip(("题1", "题2"), rows, strict=True)
            for option, sheets in zip(OPTIONS, row, strict=True)
        )
    )
    figures, _ = survey_figures(SHEET, answers, SMALL)
    whole = figures["问卷.甲.综合满意率"].value
    if all(any(row) for row in rows):
        parts = [value(figures[f"问卷.甲.{name}.综合"]) for name in ("题1", "题2")]
        assert min(parts) <= value(figures["问卷.甲.综合满意率"]) <= max(parts)
        for name, row in zip(("题1", "题2"), rows, strict=True):
            shares = [value(figures[f"问卷.甲.{name}.{option.label}.占比"]) for option in OPTIONS]
            assert sum(shares) == 1, row
    else:
        assert whole is None
